/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of a run: one epoch of every set that is still measured, in random order. */
#ifndef TVP_ROUNDS_H
#define TVP_ROUNDS_H

#include "harness/run_parts.h"

/* The next round, taken into the record; what others did meanwhile as well. 0, -ENOMEM or -EINTR:
 * stopped, and what was measured until then is in the record. */
int round_run(struct run *run);

/* How long a round of the sets still measured takes at the most, as far as is known. */
uint64_t round_expected_ns(const struct run *run);

/* Tell the caller where we are. context: the struct run. */
void round_report(void *context);

#endif
