/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tvp-trial at the other end of a pipe: it is started, told when to take a sample, and ended.
 * All that the harness knows of strategies and workloads goes through here. */
#ifndef TVP_RUNNER_H
#define TVP_RUNNER_H

#include "base/child.h"
#include "harness/plan.h"
#include "record/record.h"

#include <signal.h>
#include <stdbool.h>

/* What is the same for all trials of a run. */
struct runner_settings {
    const char *trial;                    /* the program, unless a cell has its own */
    const char *scratch;                  /* folder for scratch folders */
    const char *cpus;                     /* "0,1": pin; NULL: do not */
    const char *task_limit;               /* as --task-limit; NULL: none */
    bool no_stamps;                       /* of single tasks: no timelines */
    bool hold;                            /* not to be timed: see runner_hold() */
    uint64_t sample_limit_ns;             /* no answer for so long: the trial is killed */
    const volatile sig_atomic_t *stopped; /* set by a signal: wait no longer; may be NULL */
};

struct runner {
    struct child child;
    uint64_t number; /* its processes bear it in their environment, wherever they go */
    uint64_t sample_limit_ns;
    const volatile sig_atomic_t *stopped;
    bool ready; /* it has said so: how it ends from now on may be the doing of a task */
};

/* Start a trial; it gets ready while others start. padding: bytes by which its environment, and
 * so its stack, is moved. */
int runner_start(const struct runner_settings *settings, const struct cell *cell, size_t padding,
                 struct runner *ret_runner);

/* Wait until it is ready; *ret_ready is what it says of itself, a new reference.
 * -EOPNOTSUPP: cannot run on this machine; -EINVAL: the trial calls its arguments wrong. Errors
 * here and below: -EINTR: stopped while it had not answered yet; else no sample is to be had. why
 * (HARNESS_WHY_SIZE bytes) says it in one sentence, and only runner_end() may follow. */
int runner_ready(struct runner *runner, json_t **ret_ready, char *why);

/* Have it take a sample: what it prints, a new reference. */
enum look { LOOK_TIME, LOOK_TIMELINE, LOOK_EXAMINE }; /* the times; with all tasks; what it took */
int runner_sample(struct runner *runner, enum look look, json_t **ret_sample, char *why);

/* Have all workers of a trial that was started to hold be alive at once, until runner_end(): what
 * it says then, a new reference. */
int runner_hold(struct runner *runner, json_t **ret_held, char *why);

/* Let it end by itself, while others are told to as well: memory of many MiB takes its time to be
 * given back. runner_end() is to follow. */
void runner_let_go(struct runner *runner);

/* End it, by force if it does not end by itself, and with it all that came from it, daemons
 * included, provided that we are a subreaper. Copes with one that never started. */
void runner_end(struct runner *runner);

#endif
