/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell out of an untrusted file. What this version does not know is kept for the way back. */
#include "record/document.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int text_from_json(const json_t *value, const struct place *place, bool required,
                          char **ret_text, char *why)
{
    char *copy;

    if (!required && (!value || json_is_null(value))) {
        return 0;
    }
    if (!json_is_string(value)) {
        return complain_at(why, place, value ? "is not a string" : "is missing");
    }
    copy = strdup(json_string_value(value));
    if (!copy) {
        return complain(why, -ENOMEM, "out of memory");
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): complain_at() never returns 0 */
    *ret_text = copy;
    return 0;
}

static int identity_from_json(const json_t *object, const struct place *place,
                              struct series *series, char *why)
{
    struct place workers = {place, "workers", 0}, tasks = {place, "tasks", 0};
    struct place consistent = {place, "consistent", 0};
    const struct series_text *text;
    const json_t *value;
    int r;

    for (text = series_texts; text->name; text++) {
        struct place inner = {place, text->name, 0};

        r = text_from_json(json_object_get(object, text->name), &inner, text->required,
                           (char **)((char *)series + text->offset), why);
        if (r) {
            return r;
        }
    }
    r = number_from_json(json_object_get(object, "workers"), &workers, UINT64_MAX, &series->workers,
                         why);
    if (r) {
        return r;
    }
    r = number_from_json(json_object_get(object, "tasks"), &tasks, UINT64_MAX, &series->tasks, why);
    if (r) {
        return r;
    }
    value = json_object_get(object, "consistent");
    if (!json_is_boolean(value)) {
        return complain_at(why, &consistent, value ? "is not true or false" : "is missing");
    }
    series->consistent = json_is_true(value);
    series->placebo = json_is_true(json_object_get(object, "placebo"));
    return series_memory_from_json(object, place, series, why);
}

/* The entries of an array of objects, zeroed; ret_items is NULL if there are none. */
static int entries_alloc(const json_t *array, const struct place *place, size_t size,
                         void **ret_items, char *why)
{
    size_t count = json_array_size(array);

    if (!json_is_array(array)) {
        return complain_at(why, place, array ? "is not an array" : "is missing");
    }
    if (!count) {
        return 0;
    }
    *ret_items = calloc(count, size);
    return *ret_items ? 0 : complain(why, -ENOMEM, "out of memory");
}

static int error_from_json(const json_t *entry, const struct place *place, struct series *series,
                           struct task_error *error, char *why)
{
    struct place task_place = {place, "task", 0}, text = {place, "text", 0};
    struct place count = {place, "count", 0};
    uint64_t task;
    int r;

    r = number_from_json(json_object_get(entry, "task"), &task_place, UINT32_MAX, &task, why);
    if (r) {
        return r;
    }
    if (task >= series->tasks) {
        return complain_at(why, place, "is about a task that does not exist");
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): complain_at() never returns 0 */
    error->task = (uint32_t)task;
    r = number_from_json(json_object_get(entry, "count"), &count, UINT64_MAX, &error->count, why);
    if (r) {
        return r;
    }
    return text_from_json(json_object_get(entry, "text"), &text, true, &error->text, why);
}

static int errors_from_json(const json_t *array, const struct place *place, struct series *series,
                            char *why)
{
    void *items = NULL;
    size_t i;
    int r;

    r = entries_alloc(array, place, sizeof(*series->errors), &items, why);
    if (r) {
        return r;
    }
    series->errors = items;
    series->error_count = json_array_size(array);
    for (i = 0; i < series->error_count; i++) {
        struct place inner = {place, NULL, i};

        r = error_from_json(json_array_get(array, i), &inner, series, &series->errors[i], why);
        if (r) {
            return r;
        }
    }
    return 0;
}

static int failures_from_json(const json_t *array, const struct place *place, struct series *series,
                              char *why)
{
    void *items = NULL;
    size_t i;
    int r;

    r = entries_alloc(array, place, sizeof(*series->failures), &items, why);
    if (r) {
        return r;
    }
    series->failures = items;
    series->failure_count = json_array_size(array);
    for (i = 0; i < series->failure_count; i++) {
        struct place inner = {place, NULL, i};
        struct place epoch = {&inner, "epoch", 0}, text = {&inner, "text", 0};
        const json_t *entry = json_array_get(array, i);

        r = number_from_json(json_object_get(entry, "epoch"), &epoch, UINT64_MAX,
                             &series->failures[i].epoch, why);
        if (!r) {
            r = text_from_json(json_object_get(entry, "text"), &text, true,
                               &series->failures[i].text, why);
        }
        if (r) {
            return r;
        }
    }
    return 0;
}

/* Left out by older versions. */
static int examined_from_json(const json_t *columns, const struct place *place,
                              struct series *series, char *why)
{
    struct place inner = {place, "examined", 0};
    int r = columns ? samples_from_json(columns, &inner, &series->examined, why) : 0;

    return r ? r : events_from_json(columns, &inner, &series->examined, why);
}

int series_from_json(const json_t *object, const struct place *place, struct series *series,
                     char *why)
{
    struct place warmup = {place, "warmup", 0}, samples = {place, "samples", 0};
    struct place timeline = {place, "timeline", 0};
    struct place errors = {place, "errors", 0}, failures = {place, "failures", 0};
    int r;

    if (!json_is_object(object)) {
        return complain_at(why, place, "is not an object");
    }
    r = identity_from_json(object, place, series, why);
    if (r) {
        return r;
    }
    r = samples_from_json(json_object_get(object, "warmup"), &warmup, &series->warmup, why);
    if (r) {
        return r;
    }
    r = samples_from_json(json_object_get(object, "samples"), &samples, &series->samples, why);
    if (r) {
        return r;
    }
    r = examined_from_json(json_object_get(object, "examined"), place, series, why);
    if (r) {
        return r;
    }
    r = timeline_from_json(json_object_get(object, "timeline"), &timeline, series->tasks,
                           &series->timeline, why);
    if (r) {
        return r;
    }
    r = errors_from_json(json_object_get(object, "errors"), &errors, series, why);
    if (r) {
        return r;
    }
    r = failures_from_json(json_object_get(object, "failures"), &failures, series, why);
    return r ? r : series_extra_from_json(object, series, why);
}
