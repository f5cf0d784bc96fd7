/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much work makes a task as long as a sweep wants it. */
#ifndef TVP_LENGTH_H
#define TVP_LENGTH_H

#include "harness/runner.h"

/* What was found by two probes of serial: a task of n iterations takes base_ns + n * step_ns. */
struct length_scale {
    double base_ns, step_ns;
};

/* Iterations with which a task takes about that long; of the preferred numbers 1, 1.2, 1.5, 1.8,
 * 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2 (IEC 60063, E12) and their multiples by ten the nearest:
 * two runs of one machine must do the same work, or they cannot be compared. At least 1. */
uint64_t length_iterations(const struct length_scale *scale, uint64_t task_ns);

/* Give the cells of all sets with a task_ns their iterations. 0, -EINTR when *stopped is set, or
 * what went wrong, with a sentence in why (HARNESS_WHY_SIZE bytes). */
int length_calibrate(const struct runner_settings *runners, struct plan *plan,
                     const volatile sig_atomic_t *stopped, char *why);

#endif
