/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of a strategy: how tasks are run. Its semantics are those of Python's
 * concurrent.futures: a task number is the future, submit() hands out, wait() is wait() or
 * as_completed() (the batch's log has the order), chunk is map(chunksize), close() is
 * shutdown(wait=True), and an error or a crash of a task is that task's own outcome.
 *
 * A strategy holds no clock and never prints. Everything it starts is gone after close(). */
#ifndef TVP_STRATEGY_H
#define TVP_STRATEGY_H

#include "trial/batch.h"

#include <stddef.h>

enum trait {
    TRAIT_PROCESSES = 1,     /* workers are processes */
    TRAIT_KEPT = 2,          /* workers are kept for many tasks */
    TRAIT_SHARES_MEMORY = 4, /* a worker's ordinary memory is everybody's */
    TRAIT_ISOLATES = 8,      /* a crash costs one task, not the trial */
    TRAIT_STOPS_TASKS = 16,  /* a task past its limit is stopped, not only reported */
    TRAIT_CALLER = 32,       /* the caller runs the tasks itself: one worker, whatever was asked */
};

/* Who is to work on a batch. Owned by the caller; outlives the state. */
struct crew {
    struct batch *batch;
    const struct arg *options; /* in the order of the strategy's options */
    unsigned workers;          /* most alive at once; 0: as many as there are tasks */
    bool one_by_one;           /* whatever the options say: a worker takes one task at once */
    const int *cpus;           /* worker n is pinned to cpus[n % cpu_count]; */
    size_t cpu_count;          /* 0: not pinned */
    unsigned reached;          /* out: workers that could be created when one could not */
};

struct strategy {
    const char *name, *summary;
    const struct param *options; /* NULL: none */
    unsigned traits;

    /* Each returns 0 or a negative errno. After a failure of submit() or wait() only close()
     * may be called. */
    int (*open)(struct crew *crew, void **ret_state);
    /* Hand out the next count tasks; returns at once. */
    int (*submit)(void *state, unsigned count);
    /* Sleep until that many tasks in all have ended; batch->done tells how many have. What has
     * to be done in between (a new worker for the next task) is done here. */
    int (*wait)(void *state, unsigned done);
    /* Run what was submitted to its end, unless something failed; then stop all workers. */
    void (*close)(void *state);
};

extern const struct strategy strategy_fork;
extern const struct strategy strategy_process_pool;
extern const struct strategy strategy_pthread;
extern const struct strategy strategy_serial;
extern const struct strategy strategy_serial_thread;
extern const struct strategy strategy_thread_pool;

/* Options that two strategies have in common. */
#define STACK_PARAM                                                                                \
    {                                                                                              \
        "stack", PARAM_SIZE, "0", .max = 1ull << 40,                                               \
                                  .help = "stack of a thread; 0: the system's default",            \
    }

/* All strategies of this program, the baseline first; ends with NULL. At most STRATEGIES_MAX. */
#define STRATEGIES_MAX 31u
extern const struct strategy *const strategies[];

const struct strategy *strategy_find(const char *name);

#endif
