/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One epoch of one workload: freshly executed trials of all its cells, side by side, sampled in
 * turn every few milliseconds. Process identity (placement, address layout) is drawn anew, and
 * whatever disturbs the machine disturbs all strategies alike. After the last timed block every
 * trial is examined once: what is counted for that must not be in the way of anything that is
 * timed. */
#ifndef TVP_EPOCH_H
#define TVP_EPOCH_H

#include "harness/runner.h"

#include <gsl/gsl_rng.h>
#include <signal.h>

#define CELL_TRIES 3u /* failures after which a cell is not tried again */

struct epoch_settings {
    uint64_t number; /* of the epoch */
    uint64_t warmup_blocks, blocks;
    uint64_t origin_ns;                   /* clock_ns() when the run began, or was resumed */
    uint64_t before_ns;                   /* how long it had been measured until then */
    gsl_rng *random;                      /* spawn order, order of turns, paddings */
    const volatile sig_atomic_t *stopped; /* set: end after the sample, or soon */
    void (*between)(void *context);       /* called between blocks; may be NULL */
    void *context;
};

/* Run it and take everything into the record. Failures of trials are part of the record and no
 * errors; only -ENOMEM is one, and -EINTR: stopped before all blocks were taken. */
int epoch_run(const struct runner_settings *runners, const struct epoch_settings *settings,
              struct cell_set *set, struct record *record);

#endif
