/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of a chart as cells with one letter each. Private to chart_grid.c and chart_text.c. */
#ifndef TVP_CHART_GRID_H
#define TVP_CHART_GRID_H

#include "output/chart.h"

#define LETTER_SIZE 5u

struct grid {
    char (*cells)[LETTER_SIZE]; /* one character of UTF-8 each; "" is a blank */
    unsigned char *taken;       /* by words */
    unsigned columns, rows;
    double scale;           /* columns of a pixel */
    double top, row_pixels; /* of the page, where the grid begins */
};

/* Column and row of a pixel; false outside. */
bool grid_place(const struct grid *grid, double x, double y, unsigned *ret_column,
                unsigned *ret_row);
/* What stands for a strategy: "T" is a thread pool. */
const char *chart_letter(const char *look);
/* Draw one item; what has no place is left out. with_samples: single samples too. */
void grid_area(struct grid *grid, const struct chart *chart, const struct chart_item *item);
void grid_line(struct grid *grid, const struct chart *chart, const struct chart_item *item);
void grid_mark(struct grid *grid, const struct chart *chart, const struct chart_item *item,
               bool with_samples);

#endif
