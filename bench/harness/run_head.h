/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result says about the run beside its samples. */
#ifndef TVP_RUN_HEAD_H
#define TVP_RUN_HEAD_H

#include "harness/run.h"

/* tool, machine, environment, config, created: once, before the first sample. */
int run_head_begin(struct record *record, const struct run_settings *settings);

/* The same for a run that goes on: all that stays, and "resumed" has one more entry. epochs: how
 * many of the workload with the most of them are there. 0 or -ENOMEM. */
int run_head_resume(struct record *record, uint64_t epochs);

/* Before every save: how long it has taken, and whether all is there. reason: why the run ended
 * before its time ("budget", "interrupt"), or NULL. */
int run_head_update(struct record *record, uint64_t duration_ns, bool complete, const char *reason);

#endif
