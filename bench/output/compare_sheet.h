/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of a comparison: what every column is called and how wide it is. */
#ifndef TVP_COMPARE_SHEET_H
#define TVP_COMPARE_SHEET_H

#include "output/compare_parts.h"

#define GAP 2u
#define NAME_WIDTH 24u /* longer names stand on a line of their own */

struct sheet {
    const struct comparison *comparison;
    const struct style *style;
    enum detail detail;
    size_t columns;
    char **headers; /* clean */
    unsigned name;  /* columns of the first column */
    unsigned *widths;
};

/* comparison and style are set, the rest is zero; released by the caller, whatever comes back. 0 or
 * -ENOMEM. */
int sheet_make(struct sheet *sheet);
void sheet_release(struct sheet *sheet);
/* The column after the last that fits into a block that begins with `first`. */
size_t block_end(const struct sheet *sheet, size_t first);

#endif
