/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the picture "speedup". Private to plot_speedup*.c. */
#ifndef TVP_PLOT_SPEEDUP_H
#define TVP_PLOT_SPEEDUP_H

#include "analysis/scaling.h"
#include "output/charts.h"

#define CURVES_MAX 12u

struct curves {
    struct scaling *items; /* at most CURVES_MAX */
    size_t count, best;    /* the one with the largest speed-up */
};

/* Title, method and description. */
void curves_words(const struct chart_source *source, const struct curves *curves,
                  struct plot_words *words);
/* Name and note at the right end of one curve. */
void curve_end(const struct scaling *scaling, struct chart_end *end);

#endif
