/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the picture "machines". Private to plot_machines*.c. */
#ifndef TVP_PLOT_MACHINES_H
#define TVP_PLOT_MACHINES_H

#include "output/charts.h"

#define PANELS_MAX 6u

/* The rows of a comparison that are shown: those of one strategy, whose every cell is one ratio. */
struct panels {
    const char *strategy, *base;
    const struct compare_row *rows[PANELS_MAX];
    size_t count, left_out;
    double low, high;
};
/* count is 0 if there is nothing to show. Points into the comparison. */
struct panels panels_make(const struct comparison *comparison);
/* A dot looks like the faster of the two, or "muted" where neither is or it cannot be told. */
const char *cell_look(const struct panels *panels, const struct compare_cell *cell, double margin);
/* Title, method and description. */
void panels_words(const struct chart_source *source, const struct panels *panels,
                  struct plot_words *words);

#endif
