/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/precision.h"

#include <math.h>

static struct precision ratio_precision(const struct estimate *ratio, double margin)
{
    struct precision precision = {.half = INFINITY, .wanted = margin / 2};

    if (estimate_has_interval(ratio)) {
        precision.half = log(ratio->high / ratio->low) / 2;
        precision.wanted = fmax(margin / 2, PRECISION_FAR * fabs(log(ratio->value)));
    }
    return precision;
}

struct precision pair_precision(const struct series *upper, const struct series *lower,
                                enum metric metric, double margin, size_t tests)
{
    double confidence = 1 - (1 - CONFIDENCE) / (double)(tests > 0 ? tests : 1);
    struct estimate ratio = series_ratio(upper, lower, metric, confidence);

    return ratio_precision(&ratio, margin);
}

static bool is_farther(const struct precision *precision, const struct precision *other)
{
    return precision->half / precision->wanted > other->half / other->wanted;
}

bool group_precision(const struct groups *groups, const struct group *group, enum metric metric,
                     double margin, struct precision *ret_precision)
{
    struct precision farthest = {.half = -1, .wanted = 1};
    const struct contest *contest = &group->contest;

    for (size_t i = 0; i <= group->row_count; i++) {
        const struct row *upper = NULL, *lower = NULL;

        if (i == group->row_count) {
            upper = contest->processes;
            lower = contest->threads;
        } else if (row_has_time(&group->rows[i]) && i != group->best) {
            upper = &group->rows[i];
            lower = &group->rows[group->best];
        }
        if (upper && lower) {
            struct precision precision =
                pair_precision(upper->series, lower->series, metric, margin, groups->comparisons);

            farthest = is_farther(&precision, &farthest) ? precision : farthest;
        }
    }
    if (farthest.half < 0) {
        return false;
    }
    *ret_precision = farthest;
    return true;
}

bool precision_reached(const struct precision *precision)
{
    return precision->half <= precision->wanted;
}
