/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole run: calibration, then rounds of one epoch of every workload, saved after each. */
#ifndef TVP_RUN_H
#define TVP_RUN_H

#include "harness/plan.h"
#include "record/record.h"
#include "record/record_file.h"

#include <signal.h>
#include <stdbool.h>

/* Where a run is; given to the caller between blocks, never while something is measured. */
struct run_progress {
    const char *workload;   /* being measured; while calibrating as well */
    uint64_t epoch, epochs; /* epoch 0: calibrating */
    uint64_t elapsed_ns;
    uint64_t left_ns; /* estimate; 0: not known yet */
};

#define UNTIL_EPOCHS 60u /* at the most, where `until` is given and `epochs` is not */

struct run_settings {
    struct plan_request plan;
    const char *trial;                /* the trial program; NULL: our own */
    const char *load_root;            /* before /proc/stat and its like, for tests; NULL: "" */
    const char *label;                /* of the machine */
    const char *scratch;              /* an empty folder of this run's own */
    struct record_file *file;         /* result file, saved after every round; NULL: not saved */
    struct record *resumed;           /* of a run to be gone on with: taken over; NULL: a new one */
    const char *task_limit;           /* as --task-limit of tvp-trial, or NULL */
    json_t *argv;                     /* how we were called, for the record; borrowed */
    uint64_t epochs, budget_ns, seed; /* epochs, budget_ns 0: as the profile says */
    double until;     /* 0.02: until differences of 2 % can be told; 0: as the profile says */
    bool pin, memory; /* memory: read what the workers cost in it, after the timing */
    bool no_stamps;   /* of single tasks, which take two readings of the clock each */
    bool no_repeats;  /* of epochs that others disturbed */
    const volatile sig_atomic_t *stopped; /* set: end after the sample, or soon */
    void (*progress)(const struct run_progress *progress, void *context); /* may be NULL */
    void *context;
};

/* Measure. The record is valid, and the caller's to release, on 0 and on -EINTR (stopped). Else
 * why (HARNESS_WHY_SIZE bytes) says in one sentence what is wrong: -EINVAL without a record for the
 * request. Of a resumed run it is the whole record, with what was measured before. If saving fails,
 * the run ends with that error and the record so far is in *ret_record as well: *ret_measured
 * tells. */
int run_execute(const struct run_settings *settings, struct record *ret_record, bool *ret_measured,
                char *why);

#endif
