/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer in words, generated from the data with its doubt: threads or processes, how many
 * workers, and what the file cannot tell. */
#ifndef TVP_VERDICT_H
#define TVP_VERDICT_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* One sentence for the machine, then one line a group. cold and warm are groups of the same
 * record; warm may be NULL: then nothing is said about pools that are kept open. 0, -ENOMEM or
 * -EIO. */
int verdict_write(FILE *out, const struct record *record, const struct groups *cold,
                  const struct groups *warm, const struct style *style);

#endif
