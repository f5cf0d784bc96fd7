/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worker processes are stopped when a task runs too long, and only then. */
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define MS_NS 1000000ull

static void sleep_ms(unsigned ms)
{
    nanosleep(&(struct timespec){.tv_nsec = (long)(ms * MS_NS)}, NULL);
}

static bool hangs(uint32_t task)
{
    return task == 2 || task == 5;
}

static int run_hanging(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (hangs(task->number)) {
        pause();
    }
    return marks_leave(marks, task);
}

static void a_hanging_task_times_out_and_no_other(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_processes; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_hanging, 2, 8, 0);
        rig.batch.task_limit_ns = 500 * MS_NS;
        rig_sample(&rig);
        rig_expect_complete(&rig);
        for (uint32_t task = 0; task < 8; task++) {
            if (hangs(task)) {
                rig_expect_lost(&rig, task, -ETIMEDOUT, "timed out after 500 ms");
            } else {
                rig_expect_value(&rig, task);
            }
        }
        rig_release(&rig);
    }
}

/* The limit that the issue names, written with the digits that a duration has. */
static void the_limit_is_told_as_durations_are(void **unused)
{
    struct rig rig;

    (void)unused;
    rig_init(&rig, "fork", run_hanging, 1, 3, 0);
    rig.batch.task_limit_ns = 50 * MS_NS;
    rig_sample(&rig);
    rig_expect_lost(&rig, 2, -ETIMEDOUT, "timed out after 50.0 ms");
    rig_release(&rig);
}

static int run_quick(const struct env *env, struct task *task)
{
    return marks_leave(marks_enter(env, task), task);
}

/* The clock of a limit stops with the task: an idle worker lives on. */
static void a_limit_that_was_kept_kills_nobody(void **unused)
{
    static const char *const pools[] = {"process-pool", "process-pool:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, pools[i], run_quick, 1, 2, 0);
        rig.batch.task_limit_ns = 500 * MS_NS;
        rig_start(&rig);
        rig_submit(&rig, 1);
        rig_wait(&rig, 1);
        sleep_ms(750);
        rig_submit(&rig, 1);
        rig_wait(&rig, 2);
        rig_end(&rig);
        rig_expect_well(&rig);
        const struct marks *marks = rig_marks(&rig);
        assert_int_equal(atomic_load(&marks->pids[0]), atomic_load(&marks->pids[1]));
        rig_release(&rig);
    }
}

static int run_slowly(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    sleep_ms(40);
    return marks_leave(marks, task);
}

/* Sixty of these take longer than the limit, none of them does. */
static void a_limit_is_that_of_one_task(void **unused)
{
    static const char *const pools[] = {"process-pool:chunk=64", "process-pool:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, pools[i], run_slowly, 1, 60, 0);
        rig.batch.task_limit_ns = 2000 * MS_NS;
        rig_sample(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_hanging_task_times_out_and_no_other),
        RIG_TEST(the_limit_is_told_as_durations_are),
        RIG_TEST(a_limit_that_was_kept_kills_nobody),
        RIG_TEST(a_limit_is_that_of_one_task),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
