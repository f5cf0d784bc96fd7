/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many tasks a sample needs so that its time can be trusted. */
#ifndef TVP_CALIBRATE_H
#define TVP_CALIBRATE_H

#include "harness/runner.h"

#define SAMPLE_SHORTEST_NS 10000000u /* below this, a sample is mostly clock and noise */
#define SAMPLE_LONGEST_NS 20000000u  /* so that eight workloads fit into 90 s */

/* From times of a probe with `tasks` tasks: a number of tasks with which the fastest cell takes
 * about SAMPLE_SHORTEST_NS or more, unless the slowest would then take more than SAMPLE_LONGEST_NS.
 * One of 2, 3, 4, 6, 8, 12, 16, 24, ..., from least (2 or 4) on, the nearest: two runs of one
 * machine must do the same work, or they cannot be compared, and their probes are never quite
 * alike. */
uint64_t calibrate_tasks(uint64_t least, uint64_t tasks, uint64_t fastest_ns, uint64_t slowest_ns);

/* Start a trial of every cell of a workload but the placebo, so that a wrong argument is found
 * before anything is measured, and set the same number of tasks for all of them unless the user or
 * the workload has fixed it. Trials that fail are left to the epochs, which record why. -EINVAL
 * with a sentence in why (HARNESS_WHY_SIZE bytes): a trial calls its arguments wrong; -EINTR when
 * *stopped is set. */
int calibrate_set(const struct runner_settings *runners, struct cell_set *set,
                  const volatile sig_atomic_t *stopped, char *why);

#endif
