/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/trust.h"

#include "analysis/evidence.h"
#include "analysis/ruling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sets of a sweep share a workload, and each has epochs of its own. */
static bool group_has_epoch(const struct group *group, uint64_t epoch)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct sample_list *samples = &group->rows[i].series->samples;

        for (size_t k = 0; k < samples->count; k++) {
            if (samples->items[k].epoch == epoch) {
                return true;
            }
        }
    }
    return false;
}

/* The median over the epochs of a group of the CPU time that others used, in CPUs. */
static double foreign_load(const struct record *record, const struct group *group)
{
    const json_t *epochs = json_object_get(record->head, "epochs"), *entry;
    double *shares = calloc(json_array_size(epochs) + 1, sizeof(*shares));
    size_t count = 0, i;

    json_array_foreach(epochs, i, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "workload"));
        const json_t *share = json_object_get(entry, "foreign_permille");
        const json_t *epoch = json_object_get(entry, "epoch");

        if (shares && name && group->workload && strcmp(name, group->workload) == 0 &&
            json_is_integer(share) && group_has_epoch(group, (uint64_t)json_integer_value(epoch))) {
            shares[count++] = (double)json_integer_value(share) / 1000;
        }
    }
    double median = quantile(shares, count, 0.5);
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
