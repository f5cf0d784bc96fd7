/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How soon does a task start that is submitted alone to an idle pool? In turn with it, in the same
 * process: how soon does a thread, or a process, start that is woken by nothing but a futex. One
 * line of JSON a round, in nanoseconds from before the submit to the first instruction. */
#include "base/clock.h"
#include "base/futex.h"
#include "strategies/strategy.h"
#include "trial/args.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define IDLE_NS 300000u /* long enough for everybody to have gone to sleep */
#define WORKERS 2u
#define ROUNDS_MOST 100000u
#define STOP UINT32_MAX

enum { POOLS = 2, SUBJECTS = 4 };

struct pool {
    const struct strategy *strategy;
    struct batch batch;
    struct args options;
    struct crew crew;
    void *state;
};

/* Somebody who only sleeps, tells when it was woken, and wakes back. Shared memory. */
struct sleeper {
    alignas(CACHE_LINE) _Atomic uint32_t go;
    alignas(CACHE_LINE) _Atomic uint32_t done;
    uint64_t start_ns;
};

static int nothing_run(const struct env *env, struct task *task)
{
    (void)env, (void)task;
    return 0;
}

static const struct workload nothing = {.name = "nothing", .run = nothing_run};
static const struct env env;

static int pool_open(const struct strategy *strategy, uint32_t tasks, struct pool *pool)
{
    int r = batch_open(&nothing, &env, tasks, 0, &pool->batch);

    r = r < 0 ? r : args_init(strategy->options, &pool->options);
    pool->strategy = strategy;
    pool->batch.stamps = true;
    pool->crew =
        (struct crew){.batch = &pool->batch, .options = pool->options.items, .workers = WORKERS};
    return r < 0 ? r : strategy->open(&pool->crew, &pool->state);
}

static void pool_close(struct pool *pool)
{
    if (pool->state) {
        pool->strategy->close(pool->state);
    }
    args_release(&pool->options);
    batch_close(&pool->batch);
}

static uint64_t pool_start_ns(struct pool *pool)
{
    uint32_t task = pool->batch.tasks_submitted;
    uint64_t submit_ns = clock_ns();

    (void)pool->strategy->submit(pool->state, 1);
    (void)pool->strategy->wait(pool->state, task + 1);
    return pool->batch.slots[task].outcome.start_ns - submit_ns;
}

static void *sleeper_main(void *argument)
{
    struct sleeper *sleeper = argument;
    uint32_t seen = 0;

    while (seen != STOP) {
        futex_wait(&sleeper->go, seen);
        uint64_t now_ns = clock_ns();
        if (atomic_load(&sleeper->go) != seen) {
            seen = atomic_load(&sleeper->go);
            sleeper->start_ns = now_ns;
            atomic_store(&sleeper->done, seen);
            futex_wake(&sleeper->done, 1);
        }
    }
    return NULL;
}

static uint64_t sleeper_start_ns(struct sleeper *sleeper, uint32_t round)
{
    uint64_t wake_ns = clock_ns();

    atomic_store(&sleeper->go, round);
    futex_wake(&sleeper->go, 1);
    uint32_t done;
    while ((done = atomic_load(&sleeper->done)) != round) {
        futex_wait(&sleeper->done, done);
    }
    return sleeper->start_ns - wake_ns;
}

static void play(struct pool *pools, struct sleeper *sleepers, uint32_t rounds)
{
    static const char *const names[] = {"thread-pool", "process-pool", "thread", "process"};
    uint64_t start_ns[SUBJECTS];

    for (uint32_t round = 1; round <= rounds; round++) {
        for (uint32_t i = 0; i < SUBJECTS; i++) {
            /* Each comes first, and after each other one, equally often. */
            uint32_t n = (round % 2 ? i : SUBJECTS - 1 - i) + round / 2;

            n %= SUBJECTS;
            clock_sleep_until(clock_ns() + IDLE_NS);
            start_ns[n] = n < POOLS ? pool_start_ns(&pools[n])
                                    : sleeper_start_ns(&sleepers[n - POOLS], round);
        }
        for (uint32_t i = 0; i < SUBJECTS; i++) {
            printf("%s\"%s\":%" PRIu64, i ? "," : "{", names[i], start_ns[i]);
        }
        puts("}");
    }
}

int main(int argc, char **argv)
{
    const struct strategy *const strategies_used[POOLS] = {&strategy_thread_pool,
                                                           &strategy_process_pool};
    unsigned long asked = argc > 1 ? strtoul(argv[1], NULL, 10) : 400;
    uint32_t rounds = asked <= ROUNDS_MOST ? (uint32_t)asked : 0;
    struct pool pools[POOLS] = {0};
    pthread_t thread;
    pid_t parent = getpid();

    if (rounds == 0) {
        fputs("usage: tvp-lone [ROUNDS]\n", stderr);
        return 2;
    }
    struct sleeper *sleepers = mmap(NULL, 2 * sizeof(*sleepers), PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    (void)prctl(PR_SET_TIMERSLACK, 1);
    /* All processes before any thread. */
    pid_t pid = sleepers == MAP_FAILED ? -1 : fork();
    if (pid == 0) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent) {
            (void)sleeper_main(&sleepers[1]);
        }
        _exit(0);
    }
    int r = pid < 0 ? -errno : pool_open(strategies_used[1], rounds, &pools[1]);
    r = r < 0 ? r : pool_open(strategies_used[0], rounds, &pools[0]);
    r = r < 0 ? r : -pthread_create(&thread, NULL, sleeper_main, &sleepers[0]);
    if (r == 0) {
        play(pools, sleepers, rounds);
        (void)sleeper_start_ns(&sleepers[0], STOP);
        pthread_join(thread, NULL);
    } else {
        fprintf(stderr, "tvp-lone: %s\n", strerror(-r));
    }
    pool_close(&pools[0]);
    pool_close(&pools[1]);
    if (pid > 0) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    return r == 0 ? 0 : 1;
}
