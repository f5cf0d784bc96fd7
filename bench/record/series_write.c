/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell as JSON. Samples are columns, one array per member: half the size of objects, and
 * what plotting tools read. */
#include "record/document.h"

#include <stdlib.h>
#include <string.h>

/* Texts of tasks and file names may hold any bytes, JSON only UTF-8. */
static json_t *text_to_json(const char *text)
{
    json_t *value = json_string(text);
    char *copy;
    size_t i;

    if (value) {
        return value;
    }
    copy = strdup(text);
    for (i = 0; copy && copy[i]; i++) {
        if ((unsigned char)copy[i] >= 0x80) {
            copy[i] = '?';
        }
    }
    value = copy ? json_string(copy) : NULL;
    free(copy);
    return value;
}

/* Numbers of more than 63 bits come out negative, which document_check() rejects. */
static json_t *number_to_json(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *column_to_json(const struct sample_list *list, size_t offset)
{
    json_t *column = json_array(), *last = NULL;
    uint64_t last_value = 0;
    size_t i;

    for (i = 0; column && i < list->count; i++) {
        uint64_t value;

        memcpy(&value, (const char *)&list->items[i] + offset, sizeof(value));
        /* Most columns hardly change, and equal neighbours can be one object. */
        last = last && value == last_value ? json_incref(last) : number_to_json(value);
        last_value = value;
        if (json_array_append_new(column, last)) {
            json_decref(column);
            return NULL;
        }
    }
    return column;
}

/* extra: columns of a newer version, of use only while there is one value for every sample. */
static json_t *samples_to_json(const struct sample_list *list, json_t *extra)
{
    const struct sample_column *column;
    json_t *columns = json_object(), *value;
    const char *name;

    for (column = sample_columns; column->name; column++) {
        if (json_object_set_new(columns, column->name, column_to_json(list, column->offset))) {
            json_decref(columns);
            return NULL;
        }
    }
    json_object_foreach(extra, name, value)
    {
        if (json_array_size(value) == list->count && json_object_set(columns, name, value)) {
            json_decref(columns);
            return NULL;
        }
    }
    return columns;
}

static json_t *span_to_json(const struct span *span)
{
    const uint64_t values[SPAN_COLUMNS] = {span->task, span->worker, span->start_ns, span->end_ns,
                                           span->failed};
    json_t *row = json_array();
    size_t i;
    int failed = 0;

    for (i = 0; i < SPAN_COLUMNS; i++) {
        failed |= json_array_append_new(row, number_to_json(values[i]));
    }
    if (failed) {
        json_decref(row);
        return NULL;
    }
    return row;
}

static json_t *timeline_to_json(const struct timeline *timeline)
{
    json_t *object, *names, *rows;
    size_t i;
    int failed = 0;

    if (!timeline->count) {
        return json_null();
    }
    object = json_object();
    names = json_array();
    rows = json_array();
    for (i = 0; i < SPAN_COLUMNS; i++) {
        failed |= json_array_append_new(names, json_string(span_columns[i]));
    }
    for (i = 0; i < timeline->count && !failed; i++) {
        failed |= json_array_append_new(rows, span_to_json(&timeline->items[i]));
    }
    failed |= json_object_set_new(object, "epoch", number_to_json(timeline->epoch));
    failed |= json_object_set_new(object, "block", number_to_json(timeline->block));
    failed |= json_object_set_new(object, "columns", names);
    failed |= json_object_set_new(object, "rows", rows);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* json_pack() leaks its later values if an earlier one is NULL; setting one by one does not. */
static json_t *error_to_json(const struct task_error *error)
{
    json_t *object = json_object();

    if (json_object_set_new(object, "task", number_to_json(error->task)) ||
        json_object_set_new(object, "text", text_to_json(error->text)) ||
        json_object_set_new(object, "count", number_to_json(error->count))) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *failure_to_json(const struct failure *failure)
{
    json_t *object = json_object();

    if (json_object_set_new(object, "epoch", number_to_json(failure->epoch)) ||
        json_object_set_new(object, "text", text_to_json(failure->text))) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *errors_to_json(const struct series *series)
{
    json_t *array = json_array();
    size_t i;

    for (i = 0; i < series->error_count; i++) {
        if (json_array_append_new(array, error_to_json(&series->errors[i]))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *failures_to_json(const struct series *series)
{
    json_t *array = json_array();
    size_t i;

    for (i = 0; i < series->failure_count; i++) {
        if (json_array_append_new(array, failure_to_json(&series->failures[i]))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *series_text_to_json(const struct series *series, const struct series_text *text)
{
    const char *value = *(char *const *)((const char *)series + text->offset);

    if (value) {
        return text_to_json(value);
    }
    return text->required ? json_string("") : json_null();
}

static json_t *examined_to_json(const struct series *series, json_t *extra)
{
    json_t *columns = samples_to_json(&series->examined, extra);

    if (!columns || events_to_json(&series->examined, columns)) {
        json_decref(columns);
        return NULL;
    }
    return columns;
}

json_t *series_to_json(const struct series *series)
{
    json_t *object = json_object(), *extra = series->extra;
    const struct series_text *text;
    int failed = 0;

    for (text = series_texts; text->name; text++) {
        if (!text->rare || *(char *const *)((const char *)series + text->offset)) {
            failed |= json_object_set_new(object, text->name, series_text_to_json(series, text));
        }
    }
    failed |= json_object_set_new(object, "workers", number_to_json(series->workers));
    failed |= json_object_set_new(object, "tasks", number_to_json(series->tasks));
    failed |= json_object_set_new(object, "consistent", json_boolean(series->consistent));
    if (series->placebo) {
        failed |= json_object_set_new(object, "placebo", json_true());
    }
    failed |= series_memory_to_json(series, object);
    failed |= json_object_set_new(
        object, "warmup", samples_to_json(&series->warmup, json_object_get(extra, "warmup")));
    failed |= json_object_set_new(
        object, "samples", samples_to_json(&series->samples, json_object_get(extra, "samples")));
    if (series->examined.count > 0) {
        failed |= json_object_set_new(object, "examined",
                                      examined_to_json(series, json_object_get(extra, "examined")));
    }
    failed |= json_object_set_new(object, "timeline", timeline_to_json(&series->timeline));
    failed |= json_object_set_new(object, "errors", errors_to_json(series));
    failed |= json_object_set_new(object, "failures", failures_to_json(series));
    if (extra) {
        failed |= json_object_update_missing(object, extra);
    }
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}
