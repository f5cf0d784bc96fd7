/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/compare_parts.h"
#include "output/compare_table.h"
#include "output/json_parts.h"
#include "output/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct style plain = {.color = false, .ascii = false, .width = 80};

/* {"value", "low", "high", "epochs"}; low and high are null without an interval. */
static json_t *estimate_json(const struct estimate *estimate, const char *count_name)
{
    json_t *object = json_object();
    bool interval = estimate_has_interval(estimate);
    int failed = json_object_set_new(
        object, "value", isnan(estimate->value) ? json_null() : json_real(estimate->value));

    failed |= json_object_set_new(object, "low", interval ? json_real(estimate->low) : json_null());
    failed |=
        json_object_set_new(object, "high", interval ? json_real(estimate->high) : json_null());
    failed |= json_object_set_new(object, count_name, json_integer((json_int_t)estimate->count));
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *reason_json(const struct comparison *comparison, const struct compare_row *row,
                           size_t column)
{
    struct paragraph paragraph;

    if (paragraph_begin(&paragraph) < 0) {
        return NULL;
    }
    write_cell_reason(paragraph.file, comparison, row, column);
    char *text = paragraph_take(&paragraph, &plain);
    json_t *reason = !text ? NULL : text[0] ? json_string(text) : json_null();

    free(text);
    return reason;
}

static json_t *cell_json(const struct comparison *comparison, const struct compare_row *row,
                         size_t column)
{
    const struct compare_cell *cell = &row->cells[column];
    json_t *value = cell->good ? estimate_json(&cell->value, "epochs") : json_null();
    bool changed = cell->change != CHANGE_NONE;

    return json_pack("{s:o, s:o, s:o, s:o}", "value", value, "verdict",
                     changed ? json_string(change_word(cell->change)) : json_null(), "change",
                     changed ? estimate_json(&cell->difference, "epochs") : json_null(), "reason",
                     reason_json(comparison, row, column));
}

static json_t *row_json(const struct comparison *comparison, const struct compare_row *row)
{
    json_t *cells = json_array();

    for (size_t i = 0; i < comparison->column_count; i++) {
        json_add(&cells, cell_json(comparison, row, i));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "table", json_clean(row->table), "title",
                     json_clean(row->title), "name", json_clean(row->name), "cells", cells, "mean",
                     row->mean.count > 0 ? estimate_json(&row->mean, "machines") : json_null());
}

/* An array of what one of the functions below makes of each index. */
static json_t *array_json(const struct comparison *comparison, size_t count,
                          json_t *(*make)(const struct comparison *comparison, size_t index))
{
    json_t *array = json_array();

    for (size_t i = 0; i < count && array; i++) {
        json_add(&array, make(comparison, i));
    }
    return array;
}

static json_t *indexed_row(const struct comparison *comparison, size_t index)
{
    return row_json(comparison, &comparison->rows[index]);
}

static json_t *indexed_column(const struct comparison *comparison, size_t index)
{
    const struct compare_column *column = &comparison->columns[index];

    return json_pack("{s:o, s:b, s:b}", "name", json_clean(column->name), "across_machines",
                     column->across, "same_file_as_first", column->the_same);
}

static json_t *indexed_file(const struct comparison *comparison, size_t index)
{
    const struct compare_file *file = &comparison->files[index];
    const char *label = record_text(file->record, "machine.label");
    const char *created = record_text(file->record, "created");

    return json_pack("{s:o, s:s?, s:s?, s:s}", "name", json_clean(file->name), "label", label,
                     "created", created, "checksum", file->checksum);
}

static json_t *differences_json(const struct comparison *comparison)
{
    json_t *array = json_array();

    for (size_t i = 0; fingerprint_keys[i].name; i++) {
        if (!(comparison->differing >> i & 1)) {
            continue;
        }
        json_t *values = json_array();
        for (size_t j = 0; j < comparison->file_count; j++) {
            char text[FINGERPRINT_TEXT_SIZE];

            fingerprint_text(comparison->files[j].record, &fingerprint_keys[i], text);
            json_add(&values, json_clean(text));
        }
        json_add(&array,
                 json_pack("{s:s, s:o}", "key", fingerprint_keys[i].name, "values", values));
    }
    return array;
}

static json_t *warnings_json(const struct comparison *comparison)
{
    json_t *array = json_array();
    bool more = true;

    for (size_t i = 0; array && more; i++) {
        struct paragraph paragraph;

        if (paragraph_begin(&paragraph) < 0) {
            json_decref(array);
            return NULL;
        }
        more = write_warning(paragraph.file, comparison, i);
        char *text = paragraph_take(&paragraph, &plain);
        if (more || !text) {
            json_add(&array, text ? json_string(text) : NULL);
        }
        free(text);
    }
    return array;
}

json_t *compare_to_json(const struct comparison *comparison)
{
    const struct compare_settings *settings = &comparison->settings;

    return json_pack("{s:s, s:s, s:s, s:s?, s:f, s:s, s:o, s:I, s:o, s:o, s:o, s:o}", "schema",
                     "tvp.comparison/1", "metric", metric_names[settings->metric], "value",
                     settings->absolute ? "time_ns" : "ratio", "base", settings->base, "threshold",
                     settings->threshold, "heading",
                     comparison->differing ? "across machines" : "over time", "differing",
                     differences_json(comparison), "comparisons", (json_int_t)comparison->tested,
                     "files", array_json(comparison, comparison->file_count, indexed_file),
                     "columns", array_json(comparison, comparison->column_count, indexed_column),
                     "rows", array_json(comparison, comparison->row_count, indexed_row), "warnings",
                     warnings_json(comparison));
}
