/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be run: the cells, in sets that live side by side in an epoch. */
#ifndef TVP_PLAN_H
#define TVP_PLAN_H

#include "harness/catalogue.h"
#include "harness/profile.h"
#include "harness/sweep.h"
#include "record/record.h"

#include <stddef.h>
#include <stdint.h>

/* One of several builds or settings that are measured against each other in the same blocks. */
struct plan_variant {
    const char *name;
    const char *trial;  /* its trial program; NULL: that of the run */
    const char *module; /* its workload module, in place of the one asked for; NULL: that one */
    const char *set;    /* one more "name=value", NULL: none */
};

/* What a user asks for. NULL or 0: as the profile says. Strings belong to the caller. */
struct plan_request {
    const struct profile *profile;
    const char *const *workloads; /* names or paths of modules; ends with NULL; none: all */
    const char *strategies;       /* "serial,fork:channel=pipe" */
    const char *workers;          /* "auto", or numbers: "1,2,4" */
    const char *const *sets;      /* "name=value" or "workload.name=value"; ends with NULL */
    uint64_t tasks;
    bool no_placebo;
    const struct record *like;           /* an earlier run to be repeated; NULL: none */
    bool resumes;                        /* like is this very run, which was cut short */
    const struct plan_variant *variants; /* ends with an entry without a name; NULL: just one */
    const struct sweep *sweep;           /* NULL: nothing is varied */
    uint64_t memory; /* bytes that a sweep's parents may take; 0: what is available */
};

/* Arguments of workloads that a sweep varies. */
#define LENGTH_ARGUMENT "iterations" /* of a task's work: axis task */
#define PAYLOAD_ARGUMENT "bytes"     /* axis payload */

/* One trial in each epoch of its workload. Strings are owned. */
struct cell {
    char *workload, *strategy, *workers;
    char *variant, *trial; /* NULL: there is but one; the run's program */
    char **sets;           /* "name=value"; ends with NULL */
    uint64_t tasks;        /* 0: the workload's own number */
    struct parent parent;
    char *skip;    /* why it is not to be run at all, or NULL */
    size_t series; /* index in the record, that of plan_request.like or one set by the run */
    bool placebo;  /* serial once more; see series.placebo */
    unsigned failures;
    bool given_up; /* skipped, or failed too often */
};

/* Cells that live side by side. All of one workload, which may have several sets. The rest is the
 * run's. */
struct cell_set {
    struct cell *cells;
    size_t count;
    uint64_t task_ns;     /* how long a task is to be, by calibration; 0: as its arguments say */
    uint64_t epochs;      /* begun so far */
    uint64_t repeats;     /* of them: in place of epochs that others disturbed */
    uint64_t quiet;       /* of all: not disturbed, as far as is known */
    uint64_t next;        /* number of its next epoch, if no set of its workload is further */
    uint64_t expected_ns; /* of its next epoch: set_took(); 0: there was none yet */
    const char *ended_by; /* why it is measured no longer; NULL: it is. See stopping.h */
};

struct plan {
    struct cell_set *sets;
    size_t count;
};

/* -EINVAL with one sentence in why (HARNESS_WHY_SIZE bytes); -ENOMEM. */
int plan_make(const struct plan_request *request, const struct catalogue *catalogue,
              struct plan *ret_plan, char *why);
void plan_release(struct plan *plan);
/* Of one cell, in the making of a plan. */
void cell_release(struct cell *cell);

#endif
