/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each worker costs in memory: a table of all cells that were asked. */
#ifndef TVP_MEMORY_TABLE_H
#define TVP_MEMORY_TABLE_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* Nothing if no cell has a footprint. 0 or a negative errno. */
int memory_table_write(FILE *out, const struct groups *groups, const struct style *style);

#endif
