/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers: one line a strategy with its median, interval and distance to the fastest. */
#ifndef TVP_TABLE_H
#define TVP_TABLE_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* groups are those of record for the same metric. 0, -ENOMEM or -EIO. */
int table_write(FILE *out, const struct record *record, const struct groups *groups,
                enum metric metric, const struct style *style);

#endif
