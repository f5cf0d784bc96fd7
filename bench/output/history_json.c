/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/edivisive.h"
#include "output/history_text.h"
#include "output/text.h"

#include <stdlib.h>
#include <string.h>

static const struct style plain = {.color = false, .ascii = false, .width = 80};

/* Text of a file may be no UTF-8; a clean copy is. */
static json_t *text_json(const char *text)
{
    char *copy = strdup(text);
    json_t *string = copy ? json_string(text_clean(copy, &plain)) : NULL;

    free(copy);
    return string;
}

static json_t *row_json(const struct history *history, const struct history_row *row)
{
    json_t *values = json_array(), *changes = json_array();
    size_t next = 0;

    for (size_t i = 0; i < history->comparison->column_count; i++) {
        bool has = next < row->count && row->runs[next] == i;

        json_array_append_new(values, has ? json_real(row->values[next]) : json_null());
        next += has;
    }
    for (size_t i = 0; i < row->change_count; i++) {
        json_array_append_new(changes,
                              json_pack("{s:I, s:f}", "run", (json_int_t)row->changes[i].run,
                                        "factor", row->changes[i].factor));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:b}", "title", text_json(row->row->title), "name",
                     text_json(row->row->name), "values", values, "changes", changes, "enough",
                     row->count >= EDIVISIVE_LEAST);
}

json_t *history_to_json(const struct history *history)
{
    json_t *runs = json_array(), *rows = json_array();

    for (size_t i = 0; i < history->comparison->column_count; i++) {
        json_array_append_new(runs, text_json(history->comparison->columns[i].name));
    }
    for (size_t i = 0; i < history->row_count; i++) {
        json_array_append_new(rows, row_json(history, &history->rows[i]));
    }
    return json_pack("{s:o, s:o, s:f}", "runs", runs, "rows", rows, "threshold",
                     history->comparison->settings.threshold);
}
