/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a run share: its life (run.c), its rounds (rounds.c), its end (stopping.c). */
#ifndef TVP_RUN_PARTS_H
#define TVP_RUN_PARTS_H

#include "harness/run.h"
#include "harness/runner.h"
#include "harness/watch.h"

#include <gsl/gsl_rng.h>

struct run {
    const struct run_settings *settings; /* epochs and budget_ns filled in */
    struct catalogue catalogue;
    struct plan plan;
    struct record *record;
    struct runner_settings runners;
    struct watch watch;
    char *cpus;
    gsl_rng *random;
    size_t *order; /* of sets; shuffled every round */
    uint64_t origin_ns;
    uint64_t round;       /* from 1; 0: calibrating */
    const char *workload; /* being measured; while calibrating as well */
};

#endif
