/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who runs beside whom, who is woken when, and in which order tasks end: seen by tasks that wait
 * for each other, so that nothing here depends on how fast the machine is. */
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/eventfd.h>

#include <cmocka.h>

static const char *const parallel[] = {
    "pthread",     "fork",         "fork:channel=pipe",
    "thread-pool", "process-pool", "process-pool:channel=pipe",
    NULL,
};
static const char *const pools[] = {
    "thread-pool",
    "process-pool",
    "process-pool:channel=pipe",
    NULL,
};

static int run_plain(const struct env *env, struct task *task)
{
    return marks_leave(marks_enter(env, task), task);
}

/* Ends when three are running at once. */
static int run_together(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    atomic_fetch_add(&marks->arrived, 1);
    return hold_until(&marks->arrived, 3) ? marks_leave(marks, task) : -TASK_HELD;
}

static void as_many_tasks_run_at_once_as_there_are_workers(void **unused)
{
    (void)unused;
    for (const char *const *words = parallel; *words; words++) {
        for (unsigned all = 0; all < 2; all++) {
            struct rig rig;

            rig_init(&rig, *words, run_together, all ? 0 : 3, all ? 3 : 12, 0);
            rig_sample(&rig);
            rig_expect_well(&rig);
            assert_int_equal(atomic_load(&rig_marks(&rig)->most_alive), 3);
            rig_release(&rig);
        }
    }
}

/* Wait until that chunk is in the completion log. */
static bool hold_logged(const struct batch *batch, uint32_t chunk)
{
    struct hold hold = hold_begin();

    do {
        uint32_t at = (uint32_t)atomic_load(&batch->counters->logged);

        for (; at != 0; at = atomic_load(&batch->slots[at - 1].previous)) {
            if (at == chunk + 1) {
                return true;
            }
        }
    } while (hold_on(&hold));
    return false;
}

/* The first of three ends last, as if they slept 30, 20 and 10 ms. */
static int run_backwards(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number < 2 && !hold_logged(env->state, task->number + 1)) {
        return -TASK_HELD;
    }
    return marks_leave(marks, task);
}

static void tasks_complete_in_the_order_in_which_they_end(void **unused)
{
    uint32_t order[RIG_TASKS];
    struct rig rig;

    (void)unused;
    for (const char *const *words = parallel; *words; words++) {
        rig_init(&rig, *words, run_backwards, 3, 3, 0);
        rig_sample(&rig);
        rig_expect_well(&rig);
        rig_order(&rig, order);
        assert_true(order[0] == 2 && order[1] == 1 && order[2] == 0);
        rig_release(&rig);
    }
    rig_init(&rig, "serial", run_plain, 3, 3, 0);
    rig_sample(&rig);
    rig_order(&rig, order);
    assert_true(order[0] == 0 && order[1] == 1 && order[2] == 2);
    rig_release(&rig);
}

/* The first ends when the test says so. */
static int run_first_held(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number == 0 && !hold_until(&marks->released, 1)) {
        return -TASK_HELD;
    }
    return marks_leave(marks, task);
}

static void wait_returns_as_soon_as_that_many_have_ended(void **unused)
{
    (void)unused;
    for (const char *const *words = parallel; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_first_held, 2, 5, 0);
        rig_start(&rig);
        rig_submit(&rig, 5);
        rig_wait(&rig, 4);
        assert_int_equal(rig.batch.done, 4);
        assert_true(atomic_load(&rig.batch.slots[0].state) != TASK_DONE);
        atomic_store(&rig_marks(&rig)->released, 1);
        rig_wait(&rig, 5);
        rig_end(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

/* Nobody ends before the caller has said what it sleeps for. */
static int run_when_wanted(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);
    const struct batch *batch = env->state;

    if (task->number == 0 && !hold_exactly(&batch->counters->wanted, 2)) {
        return -TASK_HELD;
    }
    return marks_leave(marks, task);
}

/* A chunk of three takes the count from 0 to 3: over the 2 that is waited for, not onto it. */
static void a_sleeping_caller_is_woken_when_the_number_is_passed(void **unused)
{
    static const char *const chunked[] = {
        "thread-pool:chunk=3",
        "process-pool:chunk=3",
        "process-pool:chunk=3:channel=pipe",
        NULL,
    };

    (void)unused;
    for (const char *const *words = chunked; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_when_wanted, 1, 3, 0);
        rig_start(&rig);
        rig_submit(&rig, 3);
        rig_wait(&rig, 2);
        assert_int_equal(rig.batch.done, 3);
        rig_end(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

/* A ring for every task would be what is measured. */
static void the_bell_rings_at_most_once_a_wait(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        eventfd_t rings = 0;
        struct rig rig;

        rig_init(&rig, *words, run_plain, *words == rig_every[1] ? 0 : 2, 100, 0);
        rig_sample(&rig);
        if (eventfd_read(rig.batch.bell.event_fd, &rings) < 0) {
            assert_int_equal(errno, EAGAIN);
        }
        assert_true(rings <= 1);
        rig_release(&rig);
    }
}

static void sleeping_workers_are_counted_and_woken(void **unused)
{
    (void)unused;
    for (const char *const *words = pools; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_together, 3, 303, 0);
        rig_start(&rig);
        _Atomic uint32_t *idle = &rig.batch.counters->idle;
        assert_true(hold_exactly(idle, 3));
        rig_submit(&rig, 3);
        rig_wait(&rig, 3);
        assert_true(hold_exactly(idle, 3));
        for (unsigned done = 4; done <= 303; done++) {
            rig_submit(&rig, 1);
            rig_wait(&rig, done);
        }
        assert_true(hold_exactly(idle, 3));
        /* Otherwise one would not be woken any more. Who was called last may be on its way. */
        assert_true(hold_exactly(&rig.batch.counters->called, 0));
        rig_end(&rig);
        assert_int_equal(atomic_load(idle), 0);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(as_many_tasks_run_at_once_as_there_are_workers),
        RIG_TEST(tasks_complete_in_the_order_in_which_they_end),
        RIG_TEST(wait_returns_as_soon_as_that_many_have_ended),
        RIG_TEST(a_sleeping_caller_is_woken_when_the_number_is_passed),
        RIG_TEST(the_bell_rings_at_most_once_a_wait),
        RIG_TEST(sleeping_workers_are_counted_and_woken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
