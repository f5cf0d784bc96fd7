/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of a run: one epoch of every set that is still measured, in random order, and at its
 * end one more of the sets that lack one because others disturbed it, if time is left for that
 * beside all that is planned; at the end of the last round, as many as there may be. */
#ifndef TVP_ROUNDS_H
#define TVP_ROUNDS_H

#include "harness/run_parts.h"

/* How many epochs of a set may be repeated, of those planned so far. */
#define REPEATS_MOST_PERMILLE 500u

/* The next round, taken into the record; what others did meanwhile as well. 0, -ENOMEM or -EINTR:
 * stopped, and what was measured until then is in the record. */
int round_run(struct run *run);

/* Epochs of a set that were no repeats. */
uint64_t set_planned(const struct cell_set *set);

/* An epoch of the set took so long. Half of what is expected of the next one is what the last one
 * took, for one that hung for a minute says little of those to come. */
void set_took(struct cell_set *set, uint64_t took_ns);

/* How long a round of the sets still measured takes without repeats, as far as is known. */
uint64_t round_expected_ns(const struct run *run);

/* Tell the caller where we are. context: the struct run. */
void round_report(void *context);

#endif
