/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns and spans out of an untrusted file. Memory is taken only in proportion to arrays that
 * are there, never by a number in the file. */
#include "record/document.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int number_from_json(const json_t *value, const struct place *place, uint64_t max,
                     uint64_t *ret_value, char *why)
{
    if (!value) {
        return complain_at(why, place, "is missing");
    }
    if (!json_is_integer(value)) {
        return complain_at(why, place, "is not an integer");
    }
    uint64_t number = (uint64_t)json_integer_value(value);
    if (number > max) {
        return complain_at(why, place, "is too large");
    }
    *ret_value = number;
    return 0;
}

/* All columns, known or not, tell the same number of samples. */
static int columns_measure(const json_t *columns, const struct place *place, size_t *ret_count,
                           char *why)
{
    const char *first_name = NULL, *name;
    size_t count = 0;
    json_t *value;

    json_object_foreach((json_t *)columns, name, value)
    {
        struct place inner = {place, name, 0};

        if (!json_is_array(value)) {
            return complain_at(why, &inner, "is not an array");
        }
        if (!first_name) {
            first_name = name;
            count = json_array_size(value);
        } else if (json_array_size(value) != count) {
            return complain_at(why, &inner, "has %zu entries where %.40s has %zu",
                               json_array_size(value), first_name, count);
        }
    }
    *ret_count = count;
    return 0;
}

int samples_from_json(const json_t *columns, const struct place *place, struct sample_list *list,
                      char *why)
{
    const struct sample_column *column;
    size_t count = 0, i;
    int r;

    if (!json_is_object(columns)) {
        return complain_at(why, place, columns ? "is not an object" : "is missing");
    }
    r = columns_measure(columns, place, &count, why);
    if (r) {
        return r;
    }
    list->items = count ? calloc(count, sizeof(*list->items)) : NULL;
    if (count && !list->items) {
        return complain(why, -ENOMEM, "out of memory");
    }
    list->count = list->capacity = count;
    for (column = sample_columns; column->name; column++) {
        const json_t *values = json_object_get(columns, column->name);
        struct place inner = {place, column->name, 0};

        if (!values) {
            return complain_at(why, &inner, "is missing");
        }
        for (i = 0; i < count; i++) {
            struct place entry = {&inner, NULL, i};
            uint64_t value;

            r = number_from_json(json_array_get(values, i), &entry, UINT64_MAX, &value, why);
            if (r) {
                return r;
            }
            memcpy((char *)&list->items[i] + column->offset, &value, sizeof(value));
        }
    }
    return 0;
}

/* Where each span column stands in a row; columns that are not known are passed over. */
static int span_columns_find(const json_t *names, const struct place *place,
                             size_t positions[SPAN_COLUMNS], char *why)
{
    size_t column, i;

    for (column = 0; column < SPAN_COLUMNS; column++) {
        for (i = 0; i < json_array_size(names); i++) {
            const char *name = json_string_value(json_array_get(names, i));

            if (name && !strcmp(name, span_columns[column])) {
                break;
            }
        }
        if (i == json_array_size(names)) {
            return complain_at(why, place, "has no column %s", span_columns[column]);
        }
        positions[column] = i;
    }
    return 0;
}

static int span_from_json(const json_t *row, const struct place *place,
                          const size_t positions[SPAN_COLUMNS], uint64_t tasks, struct span *span,
                          char *why)
{
    static const uint64_t limits[SPAN_COLUMNS] = {UINT32_MAX, UINT32_MAX, UINT64_MAX, UINT64_MAX,
                                                  1};
    uint64_t values[SPAN_COLUMNS];
    size_t column;
    int r;

    for (column = 0; column < SPAN_COLUMNS; column++) {
        struct place entry = {place, NULL, positions[column]};

        /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): all were found */
        r = number_from_json(json_array_get(row, positions[column]), &entry, limits[column],
                             &values[column], why);
        if (r) {
            return r;
        }
    }
    if (values[SPAN_TASK] >= tasks) {
        return complain_at(why, place, "is about a task that does not exist");
    }
    if (values[SPAN_END] < values[SPAN_START]) {
        return complain_at(why, place, "ends before it starts");
    }
    span->task = (uint32_t)values[SPAN_TASK];
    span->worker = (uint32_t)values[SPAN_WORKER];
    span->start_ns = values[SPAN_START];
    span->end_ns = values[SPAN_END];
    span->failed = values[SPAN_FAILED] != 0;
    return 0;
}

static int spans_from_json(const json_t *object, const struct place *place, uint64_t tasks,
                           struct timeline *timeline, char *why)
{
    const json_t *names = json_object_get(object, "columns");
    const json_t *rows = json_object_get(object, "rows");
    struct place inner = {place, "rows", 0};
    size_t positions[SPAN_COLUMNS], count, i;
    int r;

    r = span_columns_find(names, place, positions, why);
    if (r) {
        return r;
    }
    count = json_array_size(rows);
    if (!count) {
        return complain_at(why, &inner, "is not an array with entries");
    }
    timeline->items = calloc(count, sizeof(*timeline->items));
    if (!timeline->items) {
        return complain(why, -ENOMEM, "out of memory");
    }
    timeline->count = count;
    for (i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        struct place entry = {&inner, NULL, i};

        if (json_array_size(row) != json_array_size(names)) {
            return complain_at(why, &entry, "has not one entry for each column");
        }
        r = span_from_json(row, &entry, positions, tasks, &timeline->items[i], why);
        if (r) {
            return r;
        }
    }
    return 0;
}

int timeline_from_json(const json_t *object, const struct place *place, uint64_t tasks,
                       struct timeline *timeline, char *why)
{
    struct place epoch = {place, "epoch", 0}, block = {place, "block", 0};
    int r;

    if (!object || json_is_null(object)) {
        return 0;
    }
    if (!json_is_object(object)) {
        return complain_at(why, place, "is not an object");
    }
    r = number_from_json(json_object_get(object, "epoch"), &epoch, UINT64_MAX, &timeline->epoch,
                         why);
    if (!r) {
        r = number_from_json(json_object_get(object, "block"), &block, UINT64_MAX, &timeline->block,
                             why);
    }
    return r ? r : spans_from_json(object, place, tasks, timeline, why);
}
