/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task that kills its worker process is lost, with the reason, and nothing else is: the rest of
 * its chunk runs in a new worker. */
#include "strategies/process.h"
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* What a task is to do beside its work; from the test to its workers through the fork. */
static void (*crash)(void);
static unsigned crash_every = 3, crash_first = 1;

static void crash_by_signal(void)
{
    /* cmocka and sanitizers have ideas of their own about a crash. */
    (void)signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void crash_by_kill(void)
{
    kill(getpid(), SIGKILL);
}

static void crash_by_exit(void)
{
    _exit(3);
}

static void crash_by_ending_well(void)
{
    _exit(0);
}

static bool crashes(uint32_t task)
{
    return task % crash_every == crash_first;
}

static int run_crashing(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    task->value = 77; /* must not survive */
    if (crashes(task->number)) {
        crash();
    }
    return marks_leave(marks, task);
}

static void expect_crashes(struct rig *rig, const char *text)
{
    unsigned lost = 0, with_text = 0;

    rig_expect_complete(rig);
    for (uint32_t task = 0; task < rig->batch.tasks; task++) {
        if (!crashes(task)) {
            rig_expect_value(rig, task);
            continue;
        }
        bool has_text = rig->batch.slots[task].text != 0;
        rig_expect_lost(rig, task, -EOWNERDEAD, has_text ? text : strerror(EOWNERDEAD));
        with_text += has_text;
        lost++;
    }
    assert_int_equal(with_text, lost < BATCH_TEXTS ? lost : BATCH_TEXTS);
}

static void run_crashes(unsigned workers, unsigned tasks)
{
    static const struct {
        void (*crash)(void);
        const char *text;
    } ways[] = {
        {crash_by_signal, "killed by SIGSEGV"},
        {crash_by_kill, "killed by SIGKILL"},
        {crash_by_exit, "exited with status 3"},
        {crash_by_ending_well, "exited with status 0"},
    };

    for (const char *const *words = rig_processes; *words; words++) {
        for (unsigned i = 0; i < 4; i++) {
            struct rig rig;

            crash = ways[i].crash;
            rig_init(&rig, *words, run_crashing, workers, tasks, 10);
            rig_sample(&rig);
            expect_crashes(&rig, ways[i].text);
            rig_release(&rig);
        }
    }
}

static void a_crash_costs_one_task(void **unused)
{
    (void)unused;
    crash_every = 100;
    for (crash_first = 0; crash_first < 7; crash_first += 2) {
        run_crashes(2, 7);
    }
}

static void many_crashes_cost_as_many_tasks(void **unused)
{
    (void)unused;
    crash_every = 3;
    crash_first = 1;
    run_crashes(3, 200);
}

static void every_task_may_crash(void **unused)
{
    (void)unused;
    crash_every = 1;
    crash_first = 0;
    run_crashes(2, 9);
}

/* A limit that is about to be reached must not blame a crash on the clock. */
static void a_crash_under_a_limit_is_no_timeout(void **unused)
{
    (void)unused;
    crash_every = 100;
    crash_first = 0;
    crash = crash_by_signal;
    for (const char *const *words = rig_processes; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_crashing, 1, 1, 0);
        rig.batch.task_limit_ns = 500000000;
        rig_start(&rig);
        rig_submit(&rig, 1);
        /* The caller looks up only when the limit is long over. */
        nanosleep(&(struct timespec){.tv_nsec = 600000000}, NULL);
        rig_wait(&rig, 1);
        rig_end(&rig);
        rig_expect_lost(&rig, 0, -EOWNERDEAD, "killed by SIGSEGV");
        rig_release(&rig);
    }
}

/* The second sends half a message and dies: a payload far larger than a pipe holds. */
static int run_dying_writer(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number == 1) {
        struct itimerspec soon = {.it_value.tv_nsec = 20000000};
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
        timer_t timer;

        if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) {
            timer_settime(timer, 0, &soon, NULL);
        }
    }
    return marks_leave(marks, task);
}

static void half_a_message_is_no_result(void **unused)
{
    static const char *const pipes[] = {"fork:channel=pipe", "process-pool:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, pipes[i], run_dying_writer, 1, 2, 1u << 20);
        rig_start(&rig);
        rig_submit(&rig, 1);
        rig_wait(&rig, 1);
        rig_submit(&rig, 1);
        assert_true(hold_until(&rig_marks(&rig)->runs[1], 1));
        /* Nobody reads: the worker is in the middle of its message when it is killed. */
        nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
        rig_wait(&rig, 2);
        rig_end(&rig);
        rig_expect_complete(&rig);
        rig_expect_value(&rig, 0);
        rig_expect_lost(&rig, 1, -EOWNERDEAD, "killed by SIGKILL");
        rig_release(&rig);
    }
}

static void the_end_of_a_process_is_told_in_words(void **unused)
{
    char text[TASK_TEXT_SIZE];

    (void)unused;
    assert_true(process_death(W_EXITCODE(0, SIGKILL), text));
    assert_string_equal(text, "killed by SIGKILL");
    assert_false(process_death(W_EXITCODE(0, SIGBUS), text));
    assert_string_equal(text, "killed by SIGBUS");
    assert_false(process_death(W_EXITCODE(SIGKILL, 0), text));
    assert_string_equal(text, "exited with status 9");
    assert_false(process_death(W_EXITCODE(0, 63), text));
    assert_string_equal(text, "killed by SIG?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(the_end_of_a_process_is_told_in_words), RIG_TEST(a_crash_costs_one_task),
        RIG_TEST(many_crashes_cost_as_many_tasks),       RIG_TEST(every_task_may_crash),
        RIG_TEST(a_crash_under_a_limit_is_no_timeout),   RIG_TEST(half_a_message_is_no_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
