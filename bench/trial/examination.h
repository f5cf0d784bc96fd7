/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample more that is looked at closely instead of being timed: what the kernel counts while
 * it runs. The trial's strategy and workload are put behind others that count, and put back
 * after, so that nothing of this is in the way of a sample that is timed. */
#ifndef TVP_EXAMINATION_H
#define TVP_EXAMINATION_H

#include "trial/sample.h"

/* As sample_take(); fills measurement->events as well, from before open to after close, of the
 * caller and all its workers:
 *
 * - events of perf_event_open() of all of them;
 * - EVENT_RUN_DELAY: of the caller, and of every worker from its birth to the end of its last
 *   task, to within 50 us each. Not in it: what workers wait until they have left.
 *
 * What is not to be had is EVENT_UNKNOWN. */
int examination_take(struct trial *trial, struct measurement *ret_measurement, char *why);

#endif
