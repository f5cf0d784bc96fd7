/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/trust.h"

#include "analysis/ruling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The median over the epochs of a workload of the CPU time that others used, in CPUs. */
static double foreign_load(const struct record *record, const char *workload)
{
    const json_t *epochs = json_object_get(record->head, "epochs"), *entry;
    double *shares = calloc(json_array_size(epochs) + 1, sizeof(*shares));
    size_t count = 0, i;

    json_array_foreach(epochs, i, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "workload"));
        const json_t *share = json_object_get(entry, "foreign_permille");

        if (shares && name && workload && strcmp(name, workload) == 0 && json_is_integer(share)) {
            shares[count++] = (double)json_integer_value(share) / 1000;
        }
    }
    double median = quantile(shares, count, 0.5);
    free(shares);
    return median;
}

void group_weigh(struct group *group, const struct record *record)
{
    enum standing placebo = ratio_standing(&group->placebo_ratio, MARGIN);

    group->unproven = placebo == STANDING_SLOWER || placebo == STANDING_FASTER;
    group->loud = group->best < group->row_count && series_is_loud(group->rows[group->best].series);
    group->foreign = foreign_load(record, group->workload);
}

enum unsure group_trust(const struct group *group, const struct series *series)
{
    return group->unproven ? UNSURE_UNPROVEN : series_is_loud(series) ? UNSURE_LOUD : UNSURE_NOT;
}

enum standing group_standing(const struct group *group, const struct estimate *ratio,
                             enum unsure *ret_unsure, uint64_t *ret_more_epochs)
{
    enum standing standing = ratio_standing(ratio, MARGIN);

    *ret_unsure = UNSURE_NOT;
    *ret_more_epochs = 0;
    if (group->unproven || group->loud) {
        *ret_unsure = group->unproven ? UNSURE_UNPROVEN : UNSURE_LOUD;
        return STANDING_UNSURE;
    }
    if (standing == STANDING_UNSURE) {
        *ret_unsure = ratio_unsure(ratio, MARGIN);
        *ret_more_epochs = *ret_unsure == UNSURE_WIDE ? ratio_more_epochs(ratio, MARGIN) : 0;
    }
    return standing;
}
