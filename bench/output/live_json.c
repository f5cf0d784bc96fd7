/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/compare_live.h"
#include "output/compare_parts.h"
#include "output/json_parts.h"
#include "output/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct style plain = {.color = false, .ascii = false, .width = 80};

static json_t *reason_json(const struct live *live, const struct live_pair *pair)
{
    struct paragraph paragraph;

    if (paragraph_begin(&paragraph) < 0) {
        return NULL;
    }
    write_pair_reason(paragraph.file, live, pair);
    char *text = paragraph_take(&paragraph, &plain);
    json_t *reason = !text ? NULL : text[0] ? json_string(text) : json_null();

    free(text);
    return reason;
}

static json_t *pair_json(const struct live *live, const struct live_pair *pair)
{
    bool good = pair->state == PAIR_GOOD;
    char parent[PARENT_TEXT_SIZE];

    return json_pack("{s:o, s:o, s:I, s:s, s:o, s:I, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o}",
                     "workload", json_clean(pair->group->workload), "arguments",
                     json_clean(pair->group->arguments), "tasks", (json_int_t)pair->group->tasks,
                     "parent", parent_text(&pair->group->parent, parent) + strlen("parent="),
                     "strategy", json_clean(pair->a->series->strategy), "workers",
                     (json_int_t)pair->a->series->workers, "a_ns", json_finite(pair->a->time.value),
                     "b_ns", pair->b ? json_finite(pair->b->time.value) : json_null(), "ratio",
                     good ? json_finite(pair->ratio.value) : json_null(), "low",
                     good ? json_finite(pair->ratio.low) : json_null(), "high",
                     good ? json_finite(pair->ratio.high) : json_null(), "epochs",
                     (json_int_t)(good ? pair->ratio.count : 0), "verdict",
                     good ? json_string(change_word(pair->change)) : json_null(), "reason",
                     reason_json(live, pair));
}

json_t *compare_live_to_json(const struct live *live, enum metric metric)
{
    json_t *pairs = json_array();

    for (size_t i = 0; i < live->count; i++) {
        json_add(&pairs, pair_json(live, &live->pairs[i]));
    }
    return json_pack("{s:o, s:o, s:s, s:f, s:o}", "a", json_clean(live->a), "b",
                     json_clean(live->b), "metric", metric_names[metric], "threshold",
                     live->threshold, "pairs", pairs);
}
