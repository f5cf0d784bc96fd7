/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report on its way to a disk, with pictures that are drawn for it or are there already. */
#ifndef TVP_REPORT_FILE_H
#define TVP_REPORT_FILE_H

#include "output/report.h"

/* Draws the pictures of every record into folders below `scratch`, writes the page to path by way
 * of a temporary file beside it ("-": stdout), and says in *ret_drawn whether there are pictures.
 * why (PLOT_WHY_SIZE bytes): why there are none, or why one is missing; else "". 0 or a negative
 * errno. */
int report_file_make(const struct record *const *records, size_t count, const char *scratch,
                     const char *path, bool *ret_drawn, char *why);

/* The same for one record whose pictures lie in folder already; drawn: whether they do, else why
 * says why not. */
int report_file_write(const struct record *record, const char *folder, bool drawn, const char *path,
                      const char *why);

#endif
