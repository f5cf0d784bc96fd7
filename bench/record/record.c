/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result file in memory: its life, and how others add to it and look into its head. */
#include "record/record.h"

#include "record/document.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 64u /* of the longest name in a path, with its NUL */

int record_init(struct record *record)
{
    json_t *head = json_pack("{s:s, s:b}", "schema", RECORD_SCHEMA, "complete", 0);

    if (!head) {
        return -ENOMEM;
    }
    *record = (struct record){.head = head};
    return 0;
}

void series_release(struct series *series)
{
    const struct series_text *text;
    size_t i;

    for (text = series_texts; text->name; text++) {
        free(*(char **)((char *)series + text->offset));
    }
    free(series->warmup.items);
    free(series->samples.items);
    free(series->examined.items);
    free(series->timeline.items);
    for (i = 0; i < series->error_count; i++) {
        free(series->errors[i].text);
    }
    free(series->errors);
    for (i = 0; i < series->failure_count; i++) {
        free(series->failures[i].text);
    }
    free(series->failures);
    json_decref(series->extra);
    *series = (struct series){0};
}

void record_release(struct record *record)
{
    size_t i;

    if (!record) {
        return;
    }
    for (i = 0; i < record->series_count; i++) {
        series_release(&record->series[i]);
    }
    free(record->series);
    json_decref(record->head);
    *record = (struct record){0};
}

struct series *record_add_series(struct record *record)
{
    struct series *grown;

    grown = reallocarray(record->series, record->series_count + 1, sizeof(*grown));
    if (!grown) {
        return NULL;
    }
    record->series = grown;
    grown += record->series_count++;
    *grown = (struct series){0};
    return grown;
}

int sample_list_append(struct sample_list *list, const struct sample *sample)
{
    /* The caller may pass an item of this very list, which is about to move. */
    const struct sample copy = *sample;

    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 32;
        struct sample *grown = reallocarray(list->items, capacity, sizeof(*grown));

        if (!grown) {
            return -ENOMEM;
        }
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->count++] = copy;
    return 0;
}

int series_add_error(struct series *series, uint32_t task, const char *text)
{
    struct task_error *grown;
    char *copy;
    size_t i;

    for (i = 0; i < series->error_count; i++) {
        struct task_error *error = &series->errors[i];

        if (error->task == task && !strcmp(error->text, text)) {
            error->count++;
            return 0;
        }
    }
    copy = strdup(text);
    if (!copy) {
        return -ENOMEM;
    }
    grown = reallocarray(series->errors, series->error_count + 1, sizeof(*grown));
    if (!grown) {
        free(copy);
        return -ENOMEM;
    }
    series->errors = grown;
    series->errors[series->error_count++] = (struct task_error){task, copy, 1};
    return 0;
}

int series_add_failure(struct series *series, uint64_t epoch, const char *text)
{
    struct failure *grown;
    char *copy = strdup(text);

    if (!copy) {
        return -ENOMEM;
    }
    grown = reallocarray(series->failures, series->failure_count + 1, sizeof(*grown));
    if (!grown) {
        free(copy);
        return -ENOMEM;
    }
    series->failures = grown;
    series->failures[series->failure_count++] = (struct failure){epoch, copy};
    return 0;
}

static const json_t *head_find(const struct record *record, const char *path)
{
    const json_t *node = record->head;
    char step[STEP_SIZE];

    for (;;) {
        size_t length = strcspn(path, ".");

        if (length >= sizeof(step)) {
            return NULL;
        }
        memcpy(step, path, length);
        step[length] = '\0';
        node = json_object_get(node, step);
        if (!node || !path[length]) {
            return node;
        }
        path += length + 1;
    }
}

const char *record_text(const struct record *record, const char *path)
{
    return json_string_value(head_find(record, path));
}

int64_t record_number(const struct record *record, const char *path, int64_t fallback)
{
    const json_t *node = head_find(record, path);

    return json_is_integer(node) ? json_integer_value(node) : fallback;
}

bool record_complete(const struct record *record)
{
    return json_is_true(head_find(record, "complete"));
}
