/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does one bad task cost the others? One task dies or hangs, and all others do a little work:
 * what is measured is not a time, but how many of their results are still there. */
#include "workloads/workload.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { HOW, TASK, STEPS };
enum { HOW_SEGV, HOW_KILL, HOW_ABORT, HOW_EXIT, HOW_HANG };

#define CRASH_TASKS 8u

static const struct param crash_params[] = {
    {"how", PARAM_CHOICE, "segv", 0, 0, "segv kill abort exit hang",
     "what becomes of the bad task"},
    {"task", PARAM_COUNT, "2", 1, 1u << 24, NULL, "which one that is, from 1"},
    {"steps", PARAM_COUNT, "100k", 1, 0, NULL, "work of each of the others"},
    {.name = NULL},
};

/* The number of tasks is not to be calibrated: that would be done by samples that crash. */
static int crash_prepare(struct env *env, char *text)
{
    env->tasks = env->tasks > 0 ? env->tasks : CRASH_TASKS;
    if (env->args[TASK].number > env->tasks) {
        snprintf(text, TASK_TEXT_SIZE, "there is no task %u, there are %u",
                 (unsigned)env->args[TASK].number, env->tasks);
        return -EINVAL;
    }
    return 0;
}

/* Returns only if the signal is blocked. */
static int crash_now(const struct env *env, struct task *task)
{
    static const int signals[] = {
        [HOW_SEGV] = SIGSEGV, [HOW_KILL] = SIGKILL, [HOW_ABORT] = SIGABRT};
    const uint64_t how = env->args[HOW].number;

    if (how == HOW_EXIT) {
        _exit(3);
    }
    /* NOLINTNEXTLINE(bugprone-infinite-loop): it is to hang */
    while (how == HOW_HANG) {
        pause();
    }
    (void)signal(signals[how], SIG_DFL);
    (void)raise(signals[how]);
    return task_fail(task, -EPERM, "survived SIG%s", sigabbrev_np(signals[how]));
}

static int crash_run(const struct env *env, struct task *task)
{
    uint64_t x = task->number;

    if (task->number + 1 == env->args[TASK].number) {
        return crash_now(env, task);
    }
    for (uint64_t i = 0; i < env->args[STEPS].number; i++) {
        x = x * 6364136223846793005u + i;
        __asm__ volatile("" : "+r"(x)); /* as in loop.c */
    }
    task->value = x;
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "crash",
    .summary = "one task dies or hangs: what is left of the others",
    .params = crash_params,
    .prepare = crash_prepare,
    .run = crash_run,
};
