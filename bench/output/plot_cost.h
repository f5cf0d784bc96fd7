/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the picture "cost". Private to plot_cost*.c. */
#ifndef TVP_PLOT_COST_H
#define TVP_PLOT_COST_H

#include "analysis/breakeven.h"
#include "output/charts.h"

#define COSTS_MAX 10u

struct cost_table {
    struct lengths lengths;
    struct costs *items; /* at most COSTS_MAX, in the order of the file */
    size_t count;
};
int cost_table_make(const struct record *record, const struct groups *groups, enum metric metric,
                    struct cost_table *ret_table);
void cost_table_release(struct cost_table *table);

/* "A thread pays off from tasks of 11 µs, a fork from 111 µs" */
void cost_finding(const struct cost_table *table, char *text, size_t size);
/* Title, method and description. */
void cost_words(const struct chart_source *source, const struct cost_table *table,
                struct plot_words *words);

#endif
