/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does a lock cost? In a process that never had a second thread glibc leaves out the atomic
 * instructions, but only for mutexes that are private to a process. What they cost is not
 * themselves but that the core waits at each for its stores: therefore the lock guards a table that
 * is larger than most caches, as the locks of a program do. The one lock for all tasks lies in
 * shared memory, so that processes fight over it as well. */
#include "workloads/workload.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <sys/mman.h>

enum { LOCK, TURNS, TABLE };
enum { LOCK_OWN, LOCK_SHARED };

static const struct param mutex_params[] = {
    {"lock", PARAM_CHOICE, "own", 0, 0, "own shared", "a lock for each task, or one for all"},
    {"turns", PARAM_COUNT, "200k", 1, 1000000000000, NULL, "how often a task locks and unlocks"},
    {"table", PARAM_SIZE, "8MiB", 8, 1ull << 40, NULL, "memory that it guards, for each task"},
    {.name = NULL},
};

/* Whoever holds the lock counts, in two steps: if two could hold it, the sum would be off. */
struct shared {
    pthread_mutex_t mutex;
    uint64_t counted;
};

static int mutex_reset(const struct env *env)
{
    struct shared *shared = env->shared;
    pthread_mutexattr_t attributes;

    shared->counted = 0;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    return -pthread_mutex_init(&shared->mutex, &attributes);
}

/* Each turn counts in another entry. The sequence is Knuth's, the same for every task. */
static void take_turns(pthread_mutex_t *mutex, uint64_t *counted, uint64_t *table, uint64_t entries,
                       uint64_t turns)
{
    uint64_t x = 1;

    for (uint64_t i = 0; i < turns; i++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        const uint64_t entry = (uint64_t)((unsigned __int128)x * entries >> 64);

        pthread_mutex_lock(mutex);
        table[entry]++;
        (*counted)++;
        pthread_mutex_unlock(mutex);
    }
}

static int mutex_run(const struct env *env, struct task *task)
{
    const uint64_t turns = env->args[TURNS].number, size = env->args[TABLE].number;
    struct shared *shared = env->shared;
    pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    uint64_t counted = 0;
    uint64_t *table = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (table == MAP_FAILED) {
        return task_fail(task, -errno, "cannot map: %m");
    }
    /* Faults are the business of `pagefault`: with huge pages there are hardly any. */
    (void)madvise(table, size, MADV_HUGEPAGE);
    if (env->args[LOCK].number == LOCK_SHARED) {
        take_turns(&shared->mutex, &shared->counted, table, size / sizeof(*table), turns);
    } else {
        take_turns(&own, &counted, table, size / sizeof(*table), turns);
    }
    for (uint64_t i = 0; i < size / sizeof(*table); i++) {
        task->value += table[i];
    }
    munmap(table, size);
    return 0;
}

static int mutex_check(const struct env *env, struct finding *ret_finding, char *text)
{
    const struct shared *shared = env->shared;
    const uint64_t expected = env->tasks * env->args[TURNS].number;

    (void)ret_finding;
    if (env->args[LOCK].number == LOCK_SHARED && shared->counted != expected) {
        snprintf(text, TASK_TEXT_SIZE, "counted %" PRIu64 " of %" PRIu64 " turns", shared->counted,
                 expected);
        return -EILSEQ;
    }
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "mutex",
    .summary = "locks and unlocks a mutex, its own or one for all",
    .params = mutex_params,
    .tasks = 8,
    .shared_size = sizeof(struct shared),
    .reset = mutex_reset,
    .run = mutex_run,
    .check = mutex_check,
};
