/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which workloads were measured as precisely as was wanted, and which were not. */
#ifndef TVP_STOPPING_TEXT_H
#define TVP_STOPPING_TEXT_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* groups: as made of the record by METRIC_COLD, which is what runs look at. Nothing is written of
 * files that do not say what was wanted. 0 or a negative errno. */
int stopping_write(FILE *out, const struct record *record, const struct groups *groups,
                   const struct style *style);

#endif
