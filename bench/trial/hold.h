/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All workers alive at once and asleep, so that others can read what they cost in memory. Never
 * part of what is timed. */
#ifndef TVP_HOLD_H
#define TVP_HOLD_H

#include "trial/trial.h"

/* In place of the workload's own tasks: each waits for all others, and the last to come says
 * {"held":N} on stdout and waits for a line, or the end, of stdin before it lets them all go. */
extern const struct workload hold_workload;

/* Called when the crew is known. -EINVAL, with a sentence in why (TRIAL_WHY_SIZE): a task would
 * never begin, and all others wait for it. */
int hold_check(const struct trial *trial, char *why);

/* Run as many such tasks as there are workers. The trial was opened to hold. 0, or a negative errno
 * with a sentence in why (TRIAL_WHY_SIZE). */
int hold_take(struct trial *trial, char *why);

#endif
