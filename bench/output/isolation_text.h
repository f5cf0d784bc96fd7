/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of isolation: what one bad task costs the others. */
#ifndef TVP_ISOLATION_TEXT_H
#define TVP_ISOLATION_TEXT_H

#include "analysis/isolation.h"
#include "output/style.h"

#include <stdio.h>

/* The cells of a row: "6 of 7" others survived; noticed after; "yes" or "no": could be stopped. */
#define ISOLATION_CELLS 3u
#define ISOLATION_CELL_SIZE 64u
void isolation_cells(const struct isolation *isolation,
                     char cells[ISOLATION_CELLS][ISOLATION_CELL_SIZE]);
extern const char *const isolation_headers[ISOLATION_CELLS];
/* How many of them are shown: whether it could be stopped is asked where the bad task hangs. */
unsigned isolation_columns(const struct group *group);

/* One table for every group of the workload `crash`, each after an empty line; nothing if there is
 * none. 0, -ENOMEM or -EIO. */
int isolation_write(FILE *out, const struct groups *groups, const struct style *style);

#endif
