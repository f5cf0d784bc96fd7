/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/epochs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void mark_list(struct sample_list *list, uint64_t epoch)
{
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].loud = list->items[i].loud || list->items[i].epoch == epoch;
    }
}

static void mark_epoch(struct record *record, const json_t *entry)
{
    const char *workload = json_string_value(json_object_get(entry, "workload"));
    const json_t *epoch = json_object_get(entry, "epoch");

    if (!workload || !json_is_integer(epoch) ||
        !json_is_true(json_object_get(entry, "contaminated"))) {
        return;
    }
    for (size_t i = 0; i < record->series_count; i++) {
        struct series *series = &record->series[i];

        if (series->workload && strcmp(series->workload, workload) == 0) {
            mark_list(&series->samples, (uint64_t)json_integer_value(epoch));
            mark_list(&series->warmup, (uint64_t)json_integer_value(epoch));
            mark_list(&series->examined, (uint64_t)json_integer_value(epoch));
        }
    }
}

int record_add_epoch(struct record *record, const char *workload, uint64_t epoch,
                     const struct load_share *share, bool repeat)
{
    json_t *epochs = json_object_get(record->head, "epochs");
    json_t *entry = json_pack("{s:s, s:I}", "workload", workload, "epoch", (json_int_t)epoch);

    if (!epochs) {
        epochs = json_array();
        if (json_object_set_new(record->head, "epochs", epochs) < 0) {
            json_decref(entry);
            return -ENOMEM;
        }
    }
    if (!entry || load_describe(share, entry) < 0 ||
        (repeat && json_object_set_new(entry, "repeat", json_true()) < 0)) {
        json_decref(entry);
        return -ENOMEM;
    }
    mark_epoch(record, entry);
    return json_array_append_new(epochs, entry) < 0 ? -ENOMEM : 0;
}

struct loud_epoch {
    const char *workload;
    uint64_t epoch;
};

static int loud_compare(const void *left, const void *right)
{
    const struct loud_epoch *a = left, *b = right;
    int names = strcmp(a->workload, b->workload);

    return names != 0 ? names : (a->epoch > b->epoch) - (a->epoch < b->epoch);
}

/* Samples of an epoch stand together, so most are told by the one before. */
static void mark_all(struct sample_list *list, const char *workload, const struct loud_epoch *loud,
                     size_t count)
{
    for (size_t i = 0; i < list->count; i++) {
        struct sample *sample = &list->items[i];
        struct loud_epoch key = {workload, sample->epoch};
        bool same = i > 0 && list->items[i - 1].epoch == sample->epoch;

        sample->loud = same ? list->items[i - 1].loud
                            : bsearch(&key, loud, count, sizeof(*loud), loud_compare) != NULL;
    }
}

int record_mark_loud(struct record *record)
{
    const json_t *epochs = json_object_get(record->head, "epochs"), *entry;
    struct loud_epoch *loud = calloc(json_array_size(epochs) + 1, sizeof(*loud));
    size_t count = 0, i;

    if (!loud) {
        return -ENOMEM;
    }
    json_array_foreach(epochs, i, entry)
    {
        const char *workload = json_string_value(json_object_get(entry, "workload"));
        const json_t *epoch = json_object_get(entry, "epoch");

        if (workload && json_is_integer(epoch) &&
            json_is_true(json_object_get(entry, "contaminated"))) {
            loud[count++] = (struct loud_epoch){workload, (uint64_t)json_integer_value(epoch)};
        }
    }
    qsort(loud, count, sizeof(*loud), loud_compare);
    for (i = 0; i < record->series_count && count > 0; i++) {
        struct series *series = &record->series[i];

        if (series->workload) {
            mark_all(&series->samples, series->workload, loud, count);
            mark_all(&series->warmup, series->workload, loud, count);
            mark_all(&series->examined, series->workload, loud, count);
        }
    }
    free(loud);
    return 0;
}

void record_count_loud(const struct record *record, size_t *ret_epochs, size_t *ret_loud)
{
    const json_t *entry;
    size_t i;

    *ret_epochs = *ret_loud = 0;
    json_array_foreach(json_object_get(record->head, "epochs"), i, entry)
    {
        ++*ret_epochs;
        *ret_loud += json_is_true(json_object_get(entry, "contaminated"));
    }
}
