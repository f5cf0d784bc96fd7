/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What trials say, taken into the record. */
#ifndef TVP_INTAKE_H
#define TVP_INTAKE_H

#include "harness/plan.h"
#include "record/record.h"

/* Where a sample stands in the run. */
struct place {
    uint64_t epoch, block, position;
    bool warmup, examined;
    uint64_t origin_ns; /* clock_ns() when the run began, or was resumed */
    uint64_t before_ns; /* how long it had been measured until then */
};

/* A trial is ready: what it is goes into its series, once. -EPROTO: it is not what it was. */
int intake_ready(struct series *series, const json_t *ready, char *why);

/* A sample of a series whose trial was ready. -EPROTO: it cannot be one, and nothing of it was
 * taken; -ENOMEM. */
int intake_sample(struct series *series, const json_t *object, const struct place *place,
                  char *why);

/* A cell that has never been ready does the same work as a sibling that has: it is described by
 * that. workers: as asked for ("2", "auto"). */
int intake_adopt(struct series *series, const struct series *known, const char *workers);

/* A trial's complaint without the folders in it, which tell who the user is: "/home/me/x.so: no
 * such file" becomes "x.so: no such file". text: HARNESS_WHY_SIZE bytes. */
void intake_text(const char *why, char *text);

/* Time from before open to after close, 0 if that is not there. */
uint64_t intake_cold_ns(const json_t *sample);

#endif
