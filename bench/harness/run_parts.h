/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a run share: its life (run.c), its rounds (rounds.c), its end (stopping.c). */
#ifndef TVP_RUN_PARTS_H
#define TVP_RUN_PARTS_H

#include "base/clock.h"
#include "harness/run.h"
#include "harness/runner.h"
#include "harness/watch.h"
#include "record/record_file.h"

#include <gsl/gsl_rng.h>

struct run {
    const struct run_settings *settings; /* epochs and budget_ns filled in */
    struct catalogue catalogue;
    struct plan plan;
    struct record *record;
    struct record_file *file; /* NULL: it is not saved */
    struct runner_settings runners;
    struct watch watch;
    char *cpus;
    gsl_rng *random;
    size_t *order;                 /* of sets; shuffled every round */
    uint64_t origin_ns, before_ns; /* when we began; how long it had been measured before */
    uint64_t round;                /* from 1; 0: calibrating */
    const char *workload;          /* being measured; while calibrating as well */
    const char *reason;            /* why it ended before all sets had; NULL: it did not */
};

/* How long it has been measured, the parts before it was resumed included. */
static inline uint64_t run_elapsed_ns(const struct run *run)
{
    return run->before_ns + (clock_ns() - run->origin_ns);
}

#endif
