/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained when tasks only compute, all equally long and within registers? This is the
 * purest case: nothing is shared, nothing is waited for, memory is not touched. */
#include "workloads/workload.h"

static const struct param loop_params[] = {
    {"iterations", PARAM_COUNT, "2M", 1, 0, NULL, "steps of one task"},
    {.name = NULL},
};

static int loop_run(const struct env *env, struct task *task)
{
    const uint64_t iterations = env->args[0].number;
    uint64_t x = task->number;

    for (uint64_t i = 0; i < iterations; i++) {
        x = x * 6364136223846793005u + i;
        /* Tells the compiler that x may have changed, so that it must do every step. */
        __asm__ volatile("" : "+r"(x));
    }
    task->value = x;
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "loop",
    .summary = "a for-loop of calculations in registers",
    .params = loop_params,
    .tasks = 8,
    .run = loop_run,
};
