/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained when tasks only wait? Each sleeps its share of a list of durations. */
#include "workloads/workload.h"

#include <errno.h>
#include <time.h>

#define SECOND_NS 1000000000u

static const struct param sleep_params[] = {
    {"durations", PARAM_DURATIONS, "3s,2s,1s", 0, 3600ull * SECOND_NS, NULL,
     "how long each sleeps"},
    {.name = NULL},
};

static int sleep_run(const struct env *env, struct task *task)
{
    const struct arg *durations = &env->args[0];
    uint64_t ns = durations->numbers[task->number % durations->count];
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    ns += (uint64_t)until.tv_nsec;
    until.tv_sec += (time_t)(ns / SECOND_NS);
    until.tv_nsec = (long)(ns % SECOND_NS);
    /* Until a moment, not for a while: an interruption then costs no time. */
    do {
        errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    } while (errno == EINTR);
    if (errno != 0) {
        return task_fail(task, -errno, "cannot sleep: %m");
    }
    task->value = durations->numbers[task->number % durations->count];
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "sleep",
    .summary = "sleeps its share of a list of durations",
    .params = sleep_params,
    .waits = true,
    .run = sleep_run,
};
