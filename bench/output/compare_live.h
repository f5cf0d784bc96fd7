/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two variants of one run as people see them: a line a workload and strategy, and a verdict. */
#ifndef TVP_OUTPUT_COMPARE_LIVE_H
#define TVP_OUTPUT_COMPARE_LIVE_H

#include "analysis/compare_live.h"
#include "output/style.h"

#include <stdio.h>

/* 0, -ENOMEM or -EIO. */
int compare_live_write(FILE *out, const struct live *live, enum metric metric,
                       const struct style *style);
/* The same for programs; a new reference, or NULL without memory. */
json_t *compare_live_to_json(const struct live *live, enum metric metric);

/* Why a pair has no verdict, or cannot be told; unclean. Writes nothing if it is fine. */
void write_pair_reason(FILE *out, const struct live *live, const struct live_pair *pair);

#endif
