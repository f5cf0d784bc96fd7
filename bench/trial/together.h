/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workloads whose tasks wait for each other: whether a strategy can run them at all. */
#ifndef TVP_TOGETHER_H
#define TVP_TOGETHER_H

#include "trial/trial.h"

/* How many workers a workload needs at once: at least 1. */
unsigned together_workers(const struct workload *workload);

/* Called when the crew is known, before any worker exists. Tasks are claimed in order, so with as
 * many workers as tasks belong together, each with one task in hand, the oldest of them always
 * find each other. -EOPNOTSUPP: the strategy would wait for ever; -EINVAL: the number of tasks
 * leaves one without a partner. why (TRIAL_WHY_SIZE) says it in one sentence. */
int together_check(const struct trial *trial, char *why);

#endif
