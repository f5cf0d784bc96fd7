/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a newer version wrote into a series: kept, and written again. */
#include "record/document.h"

#include <errno.h>
#include <string.h>

/* Takes what is known out of a copy of a series, and reduces its samples to unknown columns. */
static int extra_reduce(json_t *extra)
{
    static const char *const known[] = {"workers", "tasks",    "consistent", "timeline",
                                        "errors",  "failures", "placebo",    NULL};
    static const char *const lists[] = {"warmup", "samples", "examined", NULL};
    const struct sample_column *column;
    const struct series_text *text;
    enum event event;
    json_t *columns;
    size_t i;

    for (text = series_texts; text->name; text++) {
        (void)json_object_del(extra, text->name);
    }
    for (i = 0; known[i]; i++) {
        (void)json_object_del(extra, known[i]);
    }
    for (i = 0; series_memory_names[i]; i++) {
        (void)json_object_del(extra, series_memory_names[i]);
    }
    for (i = 0; lists[i]; i++) {
        if (!json_object_get(extra, lists[i])) {
            continue;
        }
        columns = json_copy(json_object_get(extra, lists[i]));
        if (!columns) {
            return -ENOMEM;
        }
        for (column = sample_columns; column->name; column++) {
            (void)json_object_del(columns, column->name);
        }
        for (event = 0; event < EVENT_COUNT && strcmp(lists[i], "examined") == 0; event++) {
            (void)json_object_del(columns, event_names[event]);
        }
        (void)json_object_del(extra, lists[i]);
        if (!json_object_size(columns)) {
            json_decref(columns);
        } else if (json_object_set_new(extra, lists[i], columns)) {
            return -ENOMEM;
        }
    }
    return 0;
}

int series_extra_from_json(const json_t *object, struct series *series, char *why)
{
    json_t *shallow = json_copy((json_t *)object);
    int r = shallow ? extra_reduce(shallow) : -ENOMEM;

    if (!r && json_object_size(shallow)) {
        series->extra = json_deep_copy(shallow);
        r = series->extra ? 0 : -ENOMEM;
    }
    json_decref(shallow);
    return r ? complain(why, r, "out of memory") : 0;
}
