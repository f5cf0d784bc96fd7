/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a cell is, and by how much two cells differ, as logarithms with intervals. */
#include "analysis/compare_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALPHA_RATIO 0.05
#define ALPHA_TIME 0.01 /* of Welch's test: what 95 % promise between runs is not kept */

static const struct estimate no_estimate = {.value = NAN, .low = NAN, .high = NAN, .count = 0};

double change_alpha(bool absolute)
{
    return absolute ? ALPHA_TIME : ALPHA_RATIO;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* All runs of the series of member `index`, if it is the first of them. */
static bool series_hull(const struct compare_cell *cell, size_t index, double alpha,
                        struct estimate *ret_hull)
{
    struct estimate hull = {.value = 0, .low = INFINITY, .high = -INFINITY, .count = SIZE_MAX};
    size_t runs = 0;

    for (size_t i = 0; i < cell->count; i++) {
        const struct unit *unit = cell->members[i];

        if (!unit_same_series(unit, cell->members[index])) {
            continue;
        }
        if (i < index) {
            return false;
        }
        struct estimate one = median_estimate(unit->evidence.logs, unit->evidence.count, 1 - alpha);
        hull.value += one.value;
        hull.count = smaller(hull.count, one.count);
        /* Written so that NaN wins: one run without an interval leaves the cell without. */
        hull.low = isnan(hull.low) || one.low >= hull.low ? hull.low : one.low;
        hull.high = isnan(hull.high) || one.high <= hull.high ? hull.high : one.high;
        runs++;
    }
    hull.value /= (double)runs;
    *ret_hull = hull;
    return true;
}

struct estimate cell_estimate(const struct compare_cell *cell, double alpha)
{
    struct estimate sum = {.value = 0, .low = 0, .high = 0, .count = SIZE_MAX}, hull;
    double series = 0;

    for (size_t i = 0; i < cell->count; i++) {
        if (series_hull(cell, i, alpha / (double)cell->count, &hull)) {
            sum.value += hull.value;
            sum.low += hull.low;
            sum.high += hull.high;
            sum.count = smaller(sum.count, hull.count);
            series++;
        }
    }
    if (series == 0) {
        return no_estimate;
    }
    sum.value /= series;
    sum.low /= series;
    sum.high /= series;
    return sum;
}

/* The logs of all members, one after another; logs NULL without memory. */
static struct evidence cell_evidence(const struct compare_cell *cell)
{
    struct evidence all = {0};
    size_t count = 0;

    for (size_t i = 0; i < cell->count; i++) {
        count += cell->members[i]->evidence.count;
    }
    all.logs = calloc(count + 1, sizeof(*all.logs));
    for (size_t i = 0; i < cell->count && all.logs; i++) {
        const struct evidence *one = &cell->members[i]->evidence;

        memcpy(all.logs + all.count, one->logs, one->count * sizeof(*one->logs));
        all.count += one->count;
    }
    return all;
}

static struct estimate time_change(const struct compare_cell *before,
                                   const struct compare_cell *after, double alpha)
{
    struct evidence left = cell_evidence(before), right = cell_evidence(after);
    struct estimate estimate =
        left.logs && right.logs ? evidence_welch(&left, &right, 1 - alpha) : no_estimate;

    evidence_release(&left);
    evidence_release(&right);
    return estimate;
}

struct estimate change_estimate(const struct compare_cell *before, const struct compare_cell *after,
                                bool absolute, double alpha)
{
    if (absolute) {
        return time_change(before, after, alpha);
    }
    /* Each side takes half of alpha, so that both hold with 1 - alpha, and with them every
     * difference of two values within. */
    struct estimate left = cell_estimate(before, alpha / 2),
                    right = cell_estimate(after, alpha / 2);

    return (struct estimate){.value = right.value - left.value,
                             .low = right.low - left.high,
                             .high = right.high - left.low,
                             .count = smaller(left.count, right.count)};
}
