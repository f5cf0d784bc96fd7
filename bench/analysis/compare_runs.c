/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much runs of one machine differ from each other: from all runs of a row that are there. */
#include "analysis/compare_parts.h"

#include <math.h>

#define FREEDOM_LEAST 2 /* with one, two runs that happen to agree would vouch for all */

/* Sums over several sets of runs, each around its own mean. */
struct pool {
    double squares, within;
    size_t freedom;
};

/* The runs of one series in the column, or in all others: what may have changed between the two is
 * no part of the spread. Of other machines, and of the first file once more, nothing is learned. */
static void pool_add(struct pool *pool, const struct comparison *comparison,
                     const struct compare_row *row, const struct unit *series, size_t column,
                     bool inside)
{
    double mean = 0, squares = 0, within = 0;
    size_t runs = 0;

    for (size_t i = 0; i < comparison->column_count; i++) {
        const struct compare_column *other = &comparison->columns[i];
        const struct compare_cell *cell = &row->cells[i];

        if ((i == column) != inside || other->across || other->the_same || !cell->good) {
            continue;
        }
        for (size_t j = 0; j < cell->count; j++) {
            const struct evidence *evidence = &cell->members[j]->evidence;

            if (evidence->count > 1 &&
                unit_same_but(cell->members[j], series, comparison->settings.columns)) {
                double one = evidence_center(evidence), distance = one - mean;

                mean += distance / (double)++runs;
                squares += distance * (one - mean);
                within += evidence_variance(evidence);
            }
        }
    }
    if (runs > 1) {
        pool->squares += squares;
        pool->within += within / (double)runs * (double)(runs - 1);
        pool->freedom += runs - 1;
    }
}

/* Series of a run share its moods: several of them tell no more than one. */
struct spread runs_spread(const struct comparison *comparison, const struct compare_row *row,
                          size_t column)
{
    const struct compare_cell *cell = &row->cells[column];
    struct spread spread = {.freedom = INFINITY};
    double series = 0;

    for (size_t i = 0; i < cell->count; i++) {
        struct pool pool = {0};

        if (!cell_begins_series(cell, i, comparison->settings.columns)) {
            continue;
        }
        pool_add(&pool, comparison, row, cell->members[i], column, false);
        pool_add(&pool, comparison, row, cell->members[i], column, true);
        double freedom = (double)pool.freedom;
        if (pool.freedom > 0) {
            spread.total += pool.squares / freedom;
            spread.between += fmax(0, (pool.squares - pool.within) / freedom);
        }
        spread.freedom = fmin(spread.freedom, freedom);
        series++;
    }
    if (!(spread.freedom >= FREEDOM_LEAST) || series == 0) {
        return (struct spread){0};
    }
    spread.total /= series;
    spread.between /= series;
    return spread;
}
