/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sweeps of a record amount to, one line each. */
#ifndef TVP_SWEEP_WORDS_H
#define TVP_SWEEP_WORDS_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* "speed-up of loop under thread-pool: 1.94 × at 2 workers, falls after 2", for the best strategy
 * of each group that was measured with several numbers of workers, and "a thread pays off from
 * tasks of 11 µs, a fork from 111 µs". Begins with an empty line; nothing if there is no sweep. 0
 * or a negative errno. */
int sweep_words_write(FILE *out, const struct record *record, const struct groups *groups,
                      enum metric metric, const struct style *style);

#endif
