/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All pictures that were asked for, of one record or of a comparison. */
#ifndef TVP_PICTURES_H
#define TVP_PICTURES_H

#include "output/plot.h"

#define FORMAT_BIT(format) (1u << (format))
#define KIND_BIT(kind) (1u << (kind))
#define KINDS_ALL (KIND_BIT(PLOT_KINDS) - 1)
#define PLOTS_FOLDER "plots" /* in the folder of a result: they and their data are many files */

struct pictures {
    unsigned kinds;   /* bits of enum plot_kind; those that the file has no data for are left out */
    unsigned formats; /* bits of enum plot_format */
    enum plot_theme theme;
    enum metric metric;
    const char *folder; /* it must exist */
    const char *file;   /* the one picture there is; NULL: names are made, in folder */
    const struct comparison *comparison; /* PLOT_MACHINES, or NULL */
    FILE *text;                          /* not NULL: with letters, into this */
    struct style style;                  /* of text */
};

/* Returns how many were drawn, or, if none was, a negative errno: -ENOENT without gnuplot, -E2BIG
 * if a file was named and there are several pictures. *ret_failed: how many were not; if there are
 * any, why (PLOT_WHY_SIZE) holds a sentence on the first of them. One that fails keeps none of the
 * others from being drawn, unless it must. */
int pictures_draw(const struct record *record, const struct pictures *pictures, int *ret_failed,
                  char *why);

#endif
