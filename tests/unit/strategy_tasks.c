/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tasks of the strategy tests have in common. They run in workers, where an assertion
 * would be lost: they leave marks, and the test asserts. */
#include "base/clock.h"
#include "strategy_fixture.h"

#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000ull

uint64_t value_of(uint32_t task)
{
    return (task + 1) * 0x9e3779b97f4a7c15u;
}

struct marks *marks_enter(const struct env *env, struct task *task)
{
    struct marks *marks = env->shared;
    uint32_t alive = atomic_fetch_add(&marks->alive, 1) + 1;
    uint32_t most = atomic_load(&marks->most_alive);

    while (alive > most && !atomic_compare_exchange_weak(&marks->most_alive, &most, alive)) {
    }
    atomic_fetch_add(&marks->runs[task->number], 1);
    atomic_store(&marks->pids[task->number], getpid());
    return marks;
}

int marks_leave(struct marks *marks, struct task *task)
{
    task->value = value_of(task->number);
    atomic_fetch_sub(&marks->alive, 1);
    return 0;
}

struct hold hold_begin(void)
{
    return (struct hold){clock_ns() + HOLD_LIMIT_S * NS_PER_S};
}

bool hold_on(const struct hold *hold)
{
    nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    return clock_ns() < hold->until_ns;
}

bool hold_until(const _Atomic uint32_t *word, uint32_t least)
{
    struct hold hold = hold_begin();

    while (atomic_load(word) < least) {
        if (!hold_on(&hold)) {
            return false;
        }
    }
    return true;
}

bool hold_exactly(const _Atomic uint32_t *word, uint32_t wanted)
{
    struct hold hold = hold_begin();

    while (atomic_load(word) != wanted) {
        if (!hold_on(&hold)) {
            return false;
        }
    }
    return true;
}
