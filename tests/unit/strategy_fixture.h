/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch, a strategy and a crew without the trial program around them, and what the tasks of a
 * test leave in shared memory, which is how a test sees what really ran. */
#ifndef TVP_STRATEGY_FIXTURE_H
#define TVP_STRATEGY_FIXTURE_H

#include "strategies/strategy.h"
#include "trial/args.h"
#include "trial/batch.h"

#define RIG_TASKS 2048u  /* most that a test may have */
#define RIG_LIMIT_S 40u  /* a test that takes longer hangs */
#define HOLD_LIMIT_S 10u /* a task that is held longer gives up */
#define TASK_HELD 7      /* what a task fails with that gave up */

/* The shared memory of every test workload; zeroed before each sample. */
struct marks {
    _Atomic uint32_t runs[RIG_TASKS];
    _Atomic int32_t pids[RIG_TASKS]; /* who ran it last */
    _Atomic uint32_t alive, most_alive;
    _Atomic uint32_t arrived, released;
};

struct rig {
    struct workload workload;
    struct args options;
    struct env env; /* its state is the batch, so that a task can look at it */
    struct batch batch;
    struct crew crew;
    const struct strategy *strategy;
    void *state;
    unsigned descriptors, threads, mappings; /* before */
};

/* What every strategy is tested with: all of them, in all that changes their way. Ends with NULL.
 */
extern const char *const rig_every[];
extern const char *const rig_processes[];

typedef int task_run(const struct env *env, struct task *task);

/* Ready to be started. words: "fork:channel=pipe". */
void rig_init(struct rig *rig, const char *words, task_run *run, unsigned workers, unsigned tasks,
              size_t payload_size);
/* What open(), submit(), wait() and close() do, none of which may fail. */
void rig_start(struct rig *rig);
void rig_submit(struct rig *rig, unsigned count);
void rig_wait(struct rig *rig, unsigned done);
void rig_end(struct rig *rig);
/* All four, with all tasks. */
void rig_sample(struct rig *rig);
/* Releases all, and sees that no descriptor, thread, child or shared memory is left. */
void rig_release(struct rig *rig);

struct marks *rig_marks(const struct rig *rig);

/* All tasks ended, each is in the log once, and the log counts them. */
void rig_expect_complete(struct rig *rig);
/* The same, and all ended well, ran once, and had a lane and a value of their own. */
void rig_expect_well(struct rig *rig);
void rig_expect_value(const struct rig *rig, uint32_t task);
void rig_expect_lost(const struct rig *rig, uint32_t task, int status, const char *text);

/* Task numbers as they ended; tasks of one chunk in their order. */
void rig_order(struct rig *rig, uint32_t order[RIG_TASKS]);

/* For tasks. The value that rig_expect_value() wants. */
uint64_t value_of(uint32_t task);
/* Count the task in, and out again: what every test workload begins and ends with. */
struct marks *marks_enter(const struct env *env, struct task *task);
int marks_leave(struct marks *marks, struct task *task);
/* do { look } while (hold_on(&hold)): false when it has been too long. */
struct hold {
    uint64_t until_ns;
};
struct hold hold_begin(void);
bool hold_on(const struct hold *hold);
/* Wait until the word is at least, or exactly, that. False: it never was. */
bool hold_until(const _Atomic uint32_t *word, uint32_t least);
bool hold_exactly(const _Atomic uint32_t *word, uint32_t wanted);

/* cmocka: a limit for every test; no dumps of what crashes on purpose. */
int rig_setup(void **unused);
int rig_teardown(void **unused);
#define RIG_TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

#endif
