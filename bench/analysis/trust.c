/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/trust.h"

#include "analysis/evidence.h"
#include "analysis/ruling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int number_compare(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The epochs of a group, sorted, some more than once; NULL without memory. Sets of a sweep share a
 * workload, and each has epochs of its own. */
static uint64_t *group_epochs(const struct group *group, size_t *ret_count)
{
    size_t size = 1, count = 0;

    for (size_t i = 0; i < group->row_count; i++) {
        size += group->rows[i].series->samples.count;
    }
    uint64_t *numbers = calloc(size, sizeof(*numbers));
    if (!numbers) {
        return NULL;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct sample_list *samples = &group->rows[i].series->samples;

        for (size_t k = 0; k < samples->count; k++) {
            /* Samples of an epoch stand together. */
            if (count == 0 || numbers[count - 1] != samples->items[k].epoch) {
                numbers[count++] = samples->items[k].epoch;
            }
        }
    }
    qsort(numbers, count, sizeof(*numbers), number_compare);
    *ret_count = count;
    return numbers;
}

/* The median over the epochs of a group of the CPU time that others used, in CPUs. */
static double foreign_load(const struct record *record, const struct group *group)
{
    const json_t *epochs = json_object_get(record->head, "epochs"), *entry;
    double *shares = calloc(json_array_size(epochs) + 1, sizeof(*shares)), median = NAN;
    size_t count = 0, own_count = 0, i;
    uint64_t *own = group_epochs(group, &own_count);

    if (!shares || !own) {
        goto free_own;
    }
    json_array_foreach(epochs, i, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "workload"));

        if (!name || !group->workload || strcmp(name, group->workload) != 0) {
            continue;
        }
        const json_t *share = json_object_get(entry, "foreign_permille");
        uint64_t epoch = (uint64_t)json_integer_value(json_object_get(entry, "epoch"));
        if (json_is_integer(share) &&
            bsearch(&epoch, own, own_count, sizeof(*own), number_compare)) {
            shares[count++] = (double)json_integer_value(share) / 1000;
        }
    }
    median = quantile(shares, count, 0.5);
free_own:
    free(own);
    free(shares);
    return median;
}

static bool has_loud_row(const struct group *group)
{
    for (size_t i = 0; i < group->row_count; i++) {
        if (series_is_loud(group->rows[i].series)) {
            return true;
        }
    }
    return false;
}

void group_weigh(struct group *group, const struct record *record)
{
    enum standing placebo = ratio_standing(&group->placebo_ratio, MARGIN);

    /* Told apart, and no more: most runs are too short to show that serial equals itself. */
    group->unproven = placebo == STANDING_SLOWER || placebo == STANDING_FASTER;
    group->loud = group->best < group->row_count && series_is_loud(group->rows[group->best].series);
    group->foreign = has_loud_row(group) ? foreign_load(record, group) : NAN;
}

enum unsure group_trust(const struct group *group, const struct series *series)
{
    return group->unproven ? UNSURE_UNPROVEN : series_is_loud(series) ? UNSURE_LOUD : UNSURE_NOT;
}

enum unsure group_doubt(const struct group *group)
{
    return group->unproven ? UNSURE_UNPROVEN : group->loud ? UNSURE_LOUD : UNSURE_NOT;
}

enum standing group_standing(const struct group *group, const struct estimate *ratio,
                             enum unsure *ret_unsure, uint64_t *ret_more_epochs)
{
    enum standing standing = ratio_standing(ratio, MARGIN);

    *ret_unsure = group_doubt(group);
    *ret_more_epochs = 0;
    if (*ret_unsure != UNSURE_NOT) {
        return STANDING_UNSURE;
    }
    if (standing == STANDING_UNSURE) {
        *ret_unsure = ratio_unsure(ratio, MARGIN);
        /* It had one by itself. */
        if (*ret_unsure == UNSURE_FEW && ratio->count >= evidence_needed(CONFIDENCE)) {
            *ret_unsure = UNSURE_ROWS;
        }
        *ret_more_epochs = *ret_unsure == UNSURE_WIDE ? ratio_more_epochs(ratio, MARGIN) : 0;
    }
    return standing;
}
