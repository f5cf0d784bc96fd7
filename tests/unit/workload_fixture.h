/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A built workload as a test sees it: loaded, its arguments filled in, its tasks run one by one.
 * Stands in for the trial, so that a workload is tested without any strategy. */
#ifndef TVP_WORKLOAD_FIXTURE_H
#define TVP_WORKLOAD_FIXTURE_H

#include "trial/args.h"
#include "workloads/workload.h"

/* What to set, as in SETS("guard=none", "adds=1k"). */
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct fixture {
    void *handle;
    const struct workload *workload;
    struct args args;
    struct env env;
    char scratch[64];
    char *payloads;
    struct task *tasks;
    int *outcomes;             /* what run() returned, by task */
    char text[TASK_TEXT_SIZE]; /* of prepare() and check() */
};

/* Load name from the folder $TVP_MODULES and prepare it; arguments not in sets, which may be NULL,
 * are at their defaults. tasks 0: as many as the workload says. Returns what prepare() does;
 * whatever else fails ends the test. */
int fixture_try(struct fixture *fixture, const char *name, unsigned tasks, const char *const *sets);

/* The same, but prepare() must not fail. */
void fixture_open(struct fixture *fixture, const char *name, unsigned tasks,
                  const char *const *sets);

/* One sample: reset(), then the tasks below `most`, each on a thread with the smallest stack that a
 * strategy may give it. */
void fixture_sample(struct fixture *fixture, unsigned most);

/* What check() returns. */
int fixture_check(struct fixture *fixture, struct finding *ret_finding);

/* How the tasks of the last sample must have ended. */
void fixture_expect(const struct fixture *fixture, const uint64_t *values);
void fixture_expect_value(const struct fixture *fixture, unsigned number, uint64_t value);
void fixture_expect_failure(const struct fixture *fixture, unsigned number, int error,
                            const char *text);

/* Takes a fixture of which prepare() failed. */
void fixture_close(struct fixture *fixture);

/* How many descriptors are open here, give or take a constant: to see that none is left. */
unsigned count_descriptors(void);

#endif
