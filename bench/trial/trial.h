/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell, made ready to be sampled: a loaded workload with its arguments, a strategy with its
 * options, and the memory that their workers share. */
#ifndef TVP_TRIAL_H
#define TVP_TRIAL_H

#include "base/scratch.h"
#include "base/strays.h"
#include "strategies/strategy.h"
#include "trial/args.h"
#include "trial/ballast.h"
#include "trial/batch.h"
#include "trial/module.h"

#include <stdbool.h>
#include <stdio.h>

#define TRIAL_WHY_SIZE 300u
#define TRIAL_CPUS_MAX 1024u
#define WORKERS_AUTO UINT64_MAX

/* What the command line says. Strings belong to it. */
struct trial_request {
    const char *workload;
    const char *strategy;   /* "fork:channel=pipe" */
    char **sets;            /* "name=value"; ends with NULL */
    uint64_t workers;       /* WORKERS_AUTO; 0: as many as tasks */
    uint64_t tasks;         /* 0: the workload's own number */
    uint64_t task_limit_ns; /* 0: none */
    const char *scratch;    /* folder to make the scratch folder in */
    uint64_t parent_bytes;  /* see ballast.h */
    bool parent_huge, no_stamps;
    bool submit_each; /* hand out tasks one at a time */
    bool hold;        /* see hold.h */
    int cpus[TRIAL_CPUS_MAX];
    size_t cpu_count;
};

struct trial {
    struct module module;
    const struct strategy *strategy;
    const char *strategy_words; /* as asked for */
    struct args args, options;
    struct env env;
    struct batch batch;
    struct ballast ballast;
    struct crew crew;
    struct scratch scratch;
    bool prepared, submit_each;
    pid_t helpers[STRAYS_KEPT_MAX]; /* processes that prepare() has started */
    size_t helper_count;
};

/* -EINVAL: wrong use; -EOPNOTSUPP: the workload cannot run here; else what failed. why says it
 * in one sentence. The request must outlive the trial. */
int trial_open(const struct trial_request *request, struct trial *trial, char *why);
void trial_close(struct trial *trial);

/* End the processes that tasks have left behind, after a sample. All other children of this process
 * but those that prepare() started count as such. */
void trial_end_strays(const struct trial *trial);

/* What was made ready, as a JSON object on one line: names, arguments, workers, tasks. */
void trial_print(const struct trial *trial, FILE *out);

#endif
