/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going on with a run that was cut short, as if it had never been: the same cells with the same
 * work, epochs numbered on, the clock running on from where it stood, on the same machine and by
 * the same program. */
#ifndef TVP_RESUME_H
#define TVP_RESUME_H

#include "harness/run_parts.h"

/* May it go on, here and by this program? 0; -EINVAL: it has ended, or too early; -EXDEV: it was
 * begun elsewhere or by another program; -ENOMEM. why: HARNESS_WHY_SIZE bytes. */
int resume_check(const struct record *record, char *why);

/* What was asked for when it began; texts belong to the record. settings->budget_ns stays if it is
 * not 0. -EPROTO with why: the file does not tell. */
int resume_settings(const struct record *record, struct run_settings *settings, char *why);

/* How far the sets of the plan have come, from the samples and failures in the record, and a new
 * beginning for clock and random orders. An epoch that was cut short by ^C is kept, but does not
 * count. 0; -EINVAL with why; -ENOMEM. */
int resume_sets(struct run *run, char *why);

#endif
