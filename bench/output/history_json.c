/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/edivisive.h"
#include "output/history_text.h"
#include "output/json_parts.h"

static json_t *row_json(const struct history *history, const struct history_row *row)
{
    json_t *values = json_array(), *changes = json_array();
    size_t next = 0;

    for (size_t i = 0; i < history->comparison->column_count; i++) {
        bool has = next < row->count && row->runs[next] == i;

        json_add(&values, has ? json_real(row->values[next]) : json_null());
        next += has;
    }
    for (size_t i = 0; i < row->change_count; i++) {
        json_add(&changes, json_pack("{s:I, s:f}", "run", (json_int_t)row->changes[i].run, "factor",
                                     row->changes[i].factor));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:b}", "title", json_clean(row->row->title), "name",
                     json_clean(row->row->name), "values", values, "changes", changes, "enough",
                     row->count >= EDIVISIVE_LEAST);
}

json_t *history_to_json(const struct history *history)
{
    json_t *runs = json_array(), *rows = json_array();

    for (size_t i = 0; i < history->comparison->column_count; i++) {
        json_add(&runs, json_clean(history->comparison->columns[i].name));
    }
    for (size_t i = 0; i < history->row_count; i++) {
        json_add(&rows, row_json(history, &history->rows[i]));
    }
    return json_pack("{s:o, s:o, s:f}", "runs", runs, "rows", rows, "threshold",
                     history->comparison->settings.threshold);
}
