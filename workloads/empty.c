/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does a task cost that does nothing? All the time that this workload takes is the
 * harness and the strategy, and none of it is work. */
#include "workloads/workload.h"

static int empty_run(const struct env *env, struct task *task)
{
    (void)env;
    task->value = task->number;
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "empty",
    .summary = "does nothing: the cost of the strategy itself",
    .tasks = 200,
    .run = empty_run,
};
