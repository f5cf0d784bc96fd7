/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conformance: whatever the strategy, its options and the number of workers and tasks, every task
 * runs once and comes out as under serial, and the calls mean the same. */
#include "strategy_fixture.h"

#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static int run_plain(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    sched_yield();
    return marks_leave(marks, task);
}

static int compare_starts(const void *left, const void *right)
{
    const struct outcome *a = left, *b = right;

    return a->lane != b->lane           ? (a->lane > b->lane) - (a->lane < b->lane)
           : a->start_ns != b->start_ns ? (a->start_ns > b->start_ns) - (a->start_ns < b->start_ns)
                                        : (a->end_ns > b->end_ns) - (a->end_ns < b->end_ns);
}

/* A lane is one worker's, and a worker runs one task at a time. */
static void expect_lanes_apart(const struct rig *rig)
{
    struct outcome outcomes[RIG_TASKS];

    for (uint32_t i = 0; i < rig->batch.tasks; i++) {
        outcomes[i] = rig->batch.slots[i].outcome;
    }
    qsort(outcomes, rig->batch.tasks, sizeof(*outcomes), compare_starts);
    for (uint32_t i = 1; i < rig->batch.tasks; i++) {
        if (outcomes[i].lane == outcomes[i - 1].lane) {
            assert_true(outcomes[i].start_ns >= outcomes[i - 1].end_ns);
        }
    }
}

static void run_two_samples(const char *words, unsigned workers, unsigned tasks)
{
    struct rig rig;

    rig_init(&rig, words, run_plain, workers, tasks, 0);
    for (unsigned sample = 0; sample < 2; sample++) {
        batch_reset(&rig.batch);
        assert_int_equal(rig.batch.done, 0);
        rig_sample(&rig);
        rig_expect_well(&rig);
        expect_lanes_apart(&rig);
    }
    rig_release(&rig);
}

static void every_task_runs_once_and_comes_out_as_under_serial(void **unused)
{
    static const unsigned tasks[] = {1, 2, 7, 200};

    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        for (unsigned workers = 1; workers <= 3; workers++) {
            for (unsigned i = 0; i < 4; i++) {
                run_two_samples(*words, workers, tasks[i]);
            }
        }
    }
}

static void zero_workers_are_as_many_as_tasks(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        run_two_samples(*words, 0, 1);
        run_two_samples(*words, 0, 7);
    }
    run_two_samples("pthread", 0, 200);
    run_two_samples("fork:channel=pipe", 0, 200);
    run_two_samples("process-pool:chunk=3", 0, 60);
}

static void tasks_can_be_submitted_in_parts(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_plain, 2, 20, 0);
        rig_start(&rig);
        rig_submit(&rig, 3);
        rig_wait(&rig, 2);
        assert_true(rig.batch.done <= 3);
        rig_submit(&rig, 4);
        rig_submit(&rig, 1);
        rig_wait(&rig, 8);
        assert_int_equal(rig.batch.done, 8);
        rig_wait(&rig, 1);
        rig_wait(&rig, 0);
        rig_submit(&rig, 1000);
        rig_wait(&rig, 20);
        rig_submit(&rig, 1);
        rig_end(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

/* One after the other: the future of a task is waited for before the next is handed out. */
static void results_can_be_waited_for_in_order(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        uint32_t order[RIG_TASKS];
        struct rig rig;

        rig_init(&rig, *words, run_plain, 3, 12, 0);
        rig_start(&rig);
        for (unsigned i = 0; i < 12; i++) {
            rig_submit(&rig, 1);
            rig_wait(&rig, i + 1);
            assert_int_equal(rig.batch.done, i + 1);
            rig_expect_value(&rig, i);
        }
        rig_end(&rig);
        rig_expect_well(&rig);
        rig_order(&rig, order);
        for (unsigned i = 0; i < 12; i++) {
            assert_int_equal(order[i], i);
        }
        rig_release(&rig);
    }
}

static void results_can_be_waited_for_as_they_come(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_plain, 2, 30, 0);
        rig_start(&rig);
        rig_submit(&rig, 30);
        for (unsigned done = 1; done <= 30; done++) {
            rig_wait(&rig, done);
            /* Whoever works while it waits does no more than is waited for. */
            assert_true(rig.strategy != &strategy_serial || rig.batch.done == done);
        }
        rig_end(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

static void close_runs_what_was_submitted_and_nothing_else(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        static const unsigned counts[] = {0, 1, 5};

        for (unsigned i = 0; i < 3; i++) {
            struct rig rig;

            rig_init(&rig, *words, run_plain, 2, 9, 0);
            rig_start(&rig);
            if (counts[i] > 0) {
                rig_submit(&rig, counts[i]);
            }
            rig_end(&rig);
            assert_int_equal(rig.batch.done, counts[i]);
            for (unsigned task = 0; task < 9; task++) {
                if (task < counts[i]) {
                    rig_expect_value(&rig, task);
                } else {
                    assert_int_equal(atomic_load(&rig_marks(&rig)->runs[task]), 0);
                    assert_int_equal(atomic_load(&rig.batch.slots[task].state), TASK_PENDING);
                }
            }
            rig_release(&rig);
        }
    }
}

static void a_strategy_is_found_by_its_name_only(void **unused)
{
    unsigned count = 0;

    (void)unused;
    for (; strategies[count]; count++) {
        assert_ptr_equal(strategy_find(strategies[count]->name), strategies[count]);
    }
    assert_int_equal(count, 6);
    assert_ptr_equal(strategies[0], &strategy_serial);
    assert_null(strategy_find(""));
    assert_null(strategy_find("thread"));
    assert_null(strategy_find("fork:channel=pipe"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_strategy_is_found_by_its_name_only),
        RIG_TEST(every_task_runs_once_and_comes_out_as_under_serial),
        RIG_TEST(zero_workers_are_as_many_as_tasks),
        RIG_TEST(tasks_can_be_submitted_in_parts),
        RIG_TEST(results_can_be_waited_for_in_order),
        RIG_TEST(results_can_be_waited_for_as_they_come),
        RIG_TEST(close_runs_what_was_submitted_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
