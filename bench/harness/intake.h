/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What trials say, taken into the record. */
#ifndef TVP_INTAKE_H
#define TVP_INTAKE_H

#include "harness/plan.h"
#include "record/record.h"

/* Where a sample stands in the run. */
struct place {
    uint64_t epoch, block, position;
    bool warmup;
    uint64_t origin_ns; /* clock_ns() when the run began */
};

/* A trial is ready: what it is goes into its series, once. -EPROTO: it is not what it was. */
int intake_ready(struct series *series, const json_t *ready, char *why);

/* A sample: -EPROTO if members are missing. */
int intake_sample(struct series *series, const json_t *sample, const struct place *place,
                  char *why);

/* Time from before open to after close, 0 if that is not there. */
uint64_t intake_cold_ns(const json_t *sample);

#endif
