/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trial of four tasks of 20 ms of CPU time each, and its examination. */
#ifndef TVP_TEST_EXAMINATION_FIXTURE_H
#define TVP_TEST_EXAMINATION_FIXTURE_H

#include "base/event.h"
#include "trial/examination.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define TASKS 4u
#define BURN_NS 20000000u

static inline uint64_t thread_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline int burn(const struct env *env, struct task *task)
{
    const uint64_t until_ns = thread_ns() + BURN_NS;

    (void)env;
    while (thread_ns() < until_ns) {
    }
    task->value = task->number;
    return 0;
}

static const struct workload burner = {
    .contract = WORKLOAD_CONTRACT, .name = "burner", .run = burn};

static inline void make(struct trial *trial, const struct strategy *strategy,
                        const struct workload *workload, const int *cpu)
{
    *trial = (struct trial){.strategy = strategy, .module = {.workload = workload}};
    trial->env.tasks = TASKS;
    assert_int_equal(args_init(strategy->options, &trial->options), 0);
    assert_int_equal(batch_open(workload, &trial->env, TASKS, 2, &trial->batch), 0);
    trial->crew = (struct crew){.batch = &trial->batch,
                                .options = trial->options.items,
                                .workers = strategy->traits & TRAIT_CALLER ? 1 : TASKS,
                                .cpus = cpu,
                                .cpu_count = cpu ? 1 : 0};
}

static inline void examine(struct trial *trial, struct measurement *ret_measurement)
{
    const struct strategy *strategy = trial->strategy;
    const struct workload *workload = trial->batch.workload;
    char why[TRIAL_WHY_SIZE];

    if (examination_take(trial, ret_measurement, why) != 0) {
        fail_msg("%s: %s", strategy->name, why);
    }
    assert_true(ret_measurement->examined);
    assert_ptr_equal(trial->strategy, strategy);
    assert_ptr_equal(trial->batch.workload, workload);
}

static inline void unmake(struct trial *trial)
{
    batch_close(&trial->batch);
    args_release(&trial->options);
}

#endif
