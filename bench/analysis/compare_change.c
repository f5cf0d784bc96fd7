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

bool cell_is_hull(const struct compare_cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (unit_same_series(cell->members[i], cell->members[j])) {
                return true;
            }
        }
    }
    return false;
}

static bool is_merged(const struct compare_cell *cell, unsigned columns)
{
    for (size_t i = 1; i < cell->count; i++) {
        if (!unit_same_but(cell->members[0], cell->members[i], columns)) {
            return true;
        }
    }
    return false;
}

/* One series on either side is the same in another number of workers too: a warning tells. Of
 * several, which is which must be known. */
static bool cell_holds(unsigned columns, const struct compare_cell *b, const struct compare_cell *a,
                       bool merged)
{
    for (size_t i = 0; i < a->count; i++) {
        bool found = false;

        for (size_t j = 0; j < b->count && !found; j++) {
            unsigned free_keys = merged ? columns : columns | KEY_BIT(KEY_WORKERS);

            found = unit_same_but(a->members[i], b->members[j], free_keys);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

bool cells_match(const struct compare_settings *settings, const struct compare_cell *a,
                 const struct compare_cell *b)
{
    unsigned columns = settings->columns;
    bool merged = settings->absolute && (is_merged(a, columns) || is_merged(b, columns));

    return cell_holds(columns, b, a, merged) && cell_holds(columns, a, b, merged);
}

/* The logs of all runs of one series, one after another; logs NULL without memory. */
static struct evidence series_evidence(const struct compare_cell *cell, const struct unit *series,
                                       unsigned columns)
{
    struct evidence all = {0};
    size_t count = 0;

    for (size_t i = 0; i < cell->count; i++) {
        count += cell->members[i]->evidence.count;
    }
    all.logs = calloc(count + 1, sizeof(*all.logs));
    for (size_t i = 0; i < cell->count && all.logs; i++) {
        const struct evidence *one = &cell->members[i]->evidence;

        if (unit_same_but(cell->members[i], series, columns)) {
            memcpy(all.logs + all.count, one->logs, one->count * sizeof(*one->logs));
            all.count += one->count;
            all.runs++;
        }
    }
    return all;
}

static struct estimate series_change(const struct compare_cell *before,
                                     const struct compare_cell *after, const struct unit *series,
                                     unsigned columns, double alpha)
{
    struct evidence left = series_evidence(before, series, columns),
                    right = series_evidence(after, series, columns);
    struct estimate estimate = left.logs && right.logs
                                   ? evidence_welch(&left, &right, &after->spread, 1 - alpha)
                                   : no_estimate;

    evidence_release(&left);
    evidence_release(&right);
    return estimate;
}

bool cell_begins_series(const struct compare_cell *cell, size_t index, unsigned columns)
{
    for (size_t i = 0; i < index; i++) {
        if (unit_same_but(cell->members[i], cell->members[index], columns)) {
            return false;
        }
    }
    return true;
}

/* The mean of the changes of all series. Series of a run share its moods, so their errors are not
 * independent and do not shrink with their number: all intervals hold together, each at its part
 * of alpha, and so does the mean of their ends. */
static struct estimate time_change(const struct compare_cell *before,
                                   const struct compare_cell *after,
                                   const struct compare_settings *settings, double alpha)
{
    bool merged = is_merged(before, settings->columns) || is_merged(after, settings->columns);
    unsigned columns = merged ? settings->columns : settings->columns | KEY_BIT(KEY_WORKERS);
    struct estimate sum = {.value = 0, .low = 0, .high = 0, .count = SIZE_MAX};
    double series = 0;

    if (!cells_match(settings, before, after)) {
        return no_estimate;
    }
    for (size_t i = 0; i < before->count; i++) {
        series += cell_begins_series(before, i, columns);
    }
    for (size_t i = 0; i < before->count; i++) {
        if (cell_begins_series(before, i, columns)) {
            struct estimate one =
                series_change(before, after, before->members[i], columns, alpha / series);

            sum.value += one.value / series;
            sum.low += one.low / series;
            sum.high += one.high / series;
            sum.count = smaller(sum.count, one.count);
            sum.confidence = 1 - alpha / series;
        }
    }
    return sum;
}

struct estimate change_estimate(const struct compare_cell *before, const struct compare_cell *after,
                                const struct compare_settings *settings, double alpha)
{
    if (settings->absolute) {
        return time_change(before, after, settings, alpha);
    }
    /* Each side takes half of alpha, so that both hold with 1 - alpha, and with them every
     * difference of two values within. */
    struct estimate left = cell_estimate(before, alpha / 2),
                    right = cell_estimate(after, alpha / 2);

    return (struct estimate){.value = right.value - left.value,
                             .low = right.low - left.high,
                             .high = right.high - left.low,
                             .count = smaller(left.count, right.count),
                             .confidence = 1 - alpha / 2};
}
