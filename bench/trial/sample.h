/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One timed execution of all tasks of a trial: open, submit, wait, close, with stamps between. */
#ifndef TVP_TRIAL_SAMPLE_H
#define TVP_TRIAL_SAMPLE_H

#include "base/event.h"
#include "trial/trial.h"
#include "trial/usage.h"

struct measurement {
    uint64_t start_ns;                  /* clock_ns() before open */
    uint64_t open_ns, run_ns, close_ns; /* before open, after open, last task known to have ended,
                                           after close: the three spans between these stamps */
    uint64_t submit_ns;                 /* clock_ns() at the first submit, for the timeline */
    struct usage usage;
    int cpu_before, cpu_after; /* of the caller */
    uint64_t answer;           /* digest of all outcomes, in the order of tasks */
    unsigned failed;           /* tasks */
    struct finding finding;
    bool examined; /* see examination.h: events tells something */
    uint64_t events[EVENT_COUNT];
};

/* 0, or a negative errno with a sentence in why (TRIAL_WHY_SIZE): no sample was taken, or the
 * workload's check failed. The batch holds the outcomes until the next call. */
int sample_take(struct trial *trial, struct measurement *ret_measurement, char *why);

/* As one JSON object on one line; timeline: with the spans of all tasks. */
void sample_print(const struct trial *trial, const struct measurement *measurement, bool timeline,
                  FILE *out);

#endif
