/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/hold.h"

#include "base/futex.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct gate {
    _Atomic uint32_t arrived, open;
};

/* System calls, no stdio: this may be a forked child, whose buffers are its own. */
static void tell_and_wait(unsigned count)
{
    char line[64];
    int length = snprintf(line, sizeof(line), "{\"held\":%u}\n", count);

    if (write(STDOUT_FILENO, line, (size_t)length) == length) {
        (void)!read(STDIN_FILENO, line, sizeof(line));
    }
}

static void gate_open(struct gate *gate)
{
    atomic_store(&gate->open, 1);
    futex_wake(&gate->open, INT_MAX);
}

static int hold_run(const struct env *env, struct task *task)
{
    struct gate *gate = env->shared;

    task->value = task->number;
    if (atomic_fetch_add(&gate->arrived, 1) + 1 == env->tasks) {
        tell_and_wait(env->tasks);
        gate_open(gate);
    }
    while (atomic_load(&gate->open) == 0) {
        futex_wait(&gate->open, 0);
    }
    return 0;
}

const struct workload hold_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "hold",
    .summary = "waits until all workers are there",
    .shared_size = sizeof(struct gate),
    .run = hold_run,
};

int hold_check(const struct trial *trial, char *why)
{
    unsigned workers = trial->crew.workers, tasks = trial->env.tasks;

    /* 0 workers: one for every task. */
    if (workers > 0 && workers < tasks) {
        snprintf(why, TRIAL_WHY_SIZE,
                 "--hold: %u tasks cannot all be held by %u worker%s: they wait for each other",
                 tasks, workers, workers == 1 ? "" : "s");
        return -EINVAL;
    }
    return 0;
}

int hold_take(struct trial *trial, char *why)
{
    const struct strategy *strategy = trial->strategy;
    void *state;

    batch_reset(&trial->batch);
    trial->crew.one_by_one = true; /* a worker that took several tasks would wait for itself */
    int r = strategy->open(&trial->crew, &state);
    if (r == 0) {
        r = strategy->submit(state, trial->batch.tasks);
        r = r < 0 ? r : strategy->wait(state, trial->batch.tasks);
        if (r < 0) {
            gate_open(trial->env.shared); /* those who are there would wait for who never comes */
        }
        strategy->close(state);
        trial_end_strays(trial);
    }
    if (r < 0) {
        snprintf(why, TRIAL_WHY_SIZE, "holding %u workers: %s; reached %u", trial->crew.workers,
                 strerror(-r), trial->crew.reached);
    }
    return r;
}
