/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each worker costs in memory: a table of all cells that were asked. */
#ifndef TVP_MEMORY_TABLE_H
#define TVP_MEMORY_TABLE_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* "8.4 KiB": of one worker, all - base. "-": base is more, as a fork makes the pages that were the
 * parent's own common ones. Returns text (UNITS_SIZE bytes). */
char *memory_share_text(uint64_t all, uint64_t base, uint64_t workers, char *text);
/* Nothing if no cell has a footprint. 0 or a negative errno. */
int memory_table_write(FILE *out, const struct groups *groups, const struct style *style);

#endif
