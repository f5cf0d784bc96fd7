/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does it cost to share one counter, and how many updates are lost if nothing guards it? */
#include "workloads/workload.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>

enum { GUARD, ADDS };
enum { GUARD_NONE, GUARD_MUTEX, GUARD_ATOMIC, GUARD_PRIVATE };

static const struct param counter_params[] = {
    {"guard", PARAM_CHOICE, "none", 0, 0, "none mutex atomic private", "what protects the counter"},
    {"adds", PARAM_COUNT, "200k", 1, 1000000000000, NULL, "additions of one task"},
    {.name = NULL},
};

/* Each in a cache line of its own: the counter is what is fought over, not its neighbour. */
struct shared {
    _Alignas(64) _Atomic uint64_t counter;
    _Alignas(64) pthread_mutex_t mutex;
};

static int counter_reset(const struct env *env)
{
    struct shared *shared = env->shared;
    pthread_mutexattr_t attributes;

    atomic_store(&shared->counter, 0);
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    return -pthread_mutex_init(&shared->mutex, &attributes);
}

/* Reads, adds, writes, as `counter += 1` does in Python: what another worker adds in between is
 * lost. Relaxed atomics make that a race of values without undefined behaviour, and the empty
 * statement keeps clang from making it one instruction, which one core cannot interrupt. */
static void add_in_steps(struct shared *shared)
{
    uint64_t seen = atomic_load_explicit(&shared->counter, memory_order_relaxed);

    __asm__ volatile("" : "+r"(seen));
    atomic_store_explicit(&shared->counter, seen + 1, memory_order_relaxed);
}

static int counter_run(const struct env *env, struct task *task)
{
    struct shared *shared = env->shared;
    const uint64_t guard = env->args[GUARD].number, adds = env->args[ADDS].number;
    uint64_t own = 0;

    for (uint64_t i = 0; i < adds; i++) {
        if (guard == GUARD_NONE) {
            add_in_steps(shared);
        } else if (guard == GUARD_MUTEX) {
            pthread_mutex_lock(&shared->mutex);
            add_in_steps(shared);
            pthread_mutex_unlock(&shared->mutex);
        } else if (guard == GUARD_ATOMIC) {
            atomic_fetch_add_explicit(&shared->counter, 1, memory_order_relaxed);
        } else {
            own++;
            __asm__ volatile("" : "+r"(own)); /* keeps the additions from becoming one */
        }
    }
    atomic_fetch_add_explicit(&shared->counter, own, memory_order_relaxed);
    task->value = adds;
    return 0;
}

/* Too many additions mean a task that ran twice, whatever the guard. */
static int counter_check(const struct env *env, struct finding *ret_finding, char *text)
{
    struct shared *shared = env->shared;
    const uint64_t expected = env->tasks * env->args[ADDS].number;
    const uint64_t counted = atomic_load(&shared->counter);

    if (counted > expected || (counted < expected && env->args[GUARD].number != GUARD_NONE)) {
        snprintf(text, TASK_TEXT_SIZE, "counted %" PRIu64 " of %" PRIu64 " additions", counted,
                 expected);
        return -EILSEQ;
    }
    *ret_finding = (struct finding){"lost_updates", expected - counted};
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "counter",
    .summary = "adds to one shared counter and counts lost updates",
    .params = counter_params,
    .tasks = 8,
    .shared_size = sizeof(struct shared),
    .reset = counter_reset,
    .run = counter_run,
    .check = counter_check,
};
