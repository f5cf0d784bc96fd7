/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The n-th call fails, for n = 1, 2, ... until nothing does: each failure is reported as what it
 * was, and whatever had been made before it is gone. */
#include "fault_fixture.h"
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define CALLS_MOST 100u /* no run makes more calls of one kind */

static const char *const every[] = {
    "serial",
    "serial+thread",
    "pthread:stack=1MiB",
    "fork",
    "fork:channel=pipe",
    "thread-pool:stack=1MiB",
    "process-pool",
    "process-pool:channel=pipe",
    NULL,
};
static const enum call calls[] = {
    CALL_CALLOC, CALL_EPOLL_CREATE, CALL_EPOLL_CTL, CALL_EVENTFD, CALL_FORK,   CALL_MMAP,
    CALL_PIPE,   CALL_PIDFD_OPEN,   CALL_STACK,     CALL_STRDUP,  CALL_THREAD,
};

static unsigned crashing = UINT32_MAX;

static int run_plain(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number == crashing) {
        kill(getpid(), SIGKILL);
    }
    return marks_leave(marks, task);
}

/* As rig_init() and rig_sample(), but with everything that can fail within reach of the fault, and
 * failures handed on. */
static int try_strategy(struct rig *rig)
{
    const struct strategy *strategy = rig->strategy;
    struct batch *batch = &rig->batch;
    int r = batch_open(&rig->workload, &rig->env, rig->env.tasks, rig->env.payload_size, batch);

    if (r < 0) {
        return r;
    }
    rig->env.shared = batch->shared;
    batch->stamps = true;
    batch->task_limit_ns = 1000000000;
    r = strategy->open(&rig->crew, &rig->state);
    if (r == 0) {
        r = strategy->submit(rig->state, batch->tasks);
        r = r < 0 ? r : strategy->wait(rig->state, batch->tasks);
        strategy->close(rig->state);
    }
    if (r == 0) {
        rig_expect_complete(rig);
    }
    batch_close(batch);
    return r;
}

static int try_words(struct rig *rig, const char *words)
{
    char why[ARGS_WHY_SIZE] = "";
    size_t length = strcspn(words, ":");
    int r = args_init(rig->strategy->options, &rig->options);

    if (r == 0 && words[length] == ':') {
        r = args_set_all(&rig->options, words + length + 1, why);
        assert_true(r == 0 || strcmp(why, "out of memory") == 0);
    }
    rig->crew = (struct crew){
        .batch = &rig->batch, .options = rig->options.items, .workers = rig->crew.workers};
    r = r < 0 ? r : try_strategy(rig);
    args_release(&rig->options);
    return r;
}

/* The n-th call of this kind fails. Returns whether there was one. */
static bool fail_nth(const char *words, unsigned workers, enum call call, unsigned n)
{
    struct rig rig;

    rig_init(&rig, words, run_plain, workers, 5, 8);
    args_release(&rig.options);
    batch_close(&rig.batch);
    fault_arm(call, n);
    int r = try_words(&rig, words);
    bool hit = fault_disarm();
    assert_int_equal(r, hit ? -fault_errors[call] : 0);
    if (hit && workers == 0) {
        /* All are created at once, and the one whose watch failed is no worker. */
        bool undone = call == CALL_PIDFD_OPEN || call == CALL_EPOLL_CTL;
        unsigned created = fault_created();
        assert_int_equal(rig.crew.reached, created > 0 && undone ? created - 1 : created);
    } else if (hit) {
        assert_true(rig.crew.reached < workers);
    }
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    rig.options = (struct args){0};
    rig_release(&rig);
    return hit;
}

static void each_failure_is_reported_and_undone(void **unused)
{
    unsigned total = 0;

    (void)unused;
    for (const char *const *words = every; *words; words++) {
        for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
            for (unsigned workers = 0; workers <= 2; workers += 2) {
                unsigned n = 1;

                while (fail_nth(*words, workers, calls[i], n)) {
                    n++;
                    assert_true(n < CALLS_MOST);
                }
                total += n - 1;
            }
        }
    }
    /* So that a call renamed in the program does not empty this test. */
    assert_true(total > 150);
}

static unsigned count_failures(const char *words, enum call call)
{
    unsigned n = 1;

    while (fail_nth(words, 2, call, n)) {
        n++;
    }
    return n - 1;
}

/* What is wrapped is what is called: as many calls of each kind as there are workers or tasks. */
static void faults_hit_what_they_mean(void **unused)
{
    (void)unused;
    assert_int_equal(count_failures("pthread", CALL_THREAD), 5);
    assert_int_equal(count_failures("fork", CALL_FORK), 5);
    assert_int_equal(count_failures("fork:channel=pipe", CALL_PIPE), 5);
    assert_int_equal(count_failures("fork:channel=pipe", CALL_EPOLL_CTL), 6);
    assert_int_equal(count_failures("thread-pool", CALL_THREAD), 2);
    assert_int_equal(count_failures("thread-pool:stack=1MiB", CALL_STACK), 2);
    assert_int_equal(count_failures("process-pool", CALL_FORK), 2);
    assert_int_equal(count_failures("process-pool", CALL_PIDFD_OPEN), 2);
    assert_int_equal(count_failures("process-pool", CALL_MMAP), 2);
    assert_int_equal(count_failures("serial", CALL_EVENTFD), 1);
    assert_int_equal(count_failures("serial", CALL_EPOLL_CREATE), 1);
}

/* The third fork is for the worker that takes the dead one's place. */
static void a_replacement_that_cannot_be_made_ends_the_sample(void **unused)
{
    static const char *const pools[] = {"process-pool", "process-pool:channel=pipe"};

    (void)unused;
    for (crashing = 0; crashing < 5; crashing++) {
        for (unsigned i = 0; i < 2; i++) {
            assert_true(fail_nth(pools[i], 2, CALL_FORK, 3));
            assert_true(fail_nth(pools[i], 2, CALL_EPOLL_CTL, 4));
        }
        assert_true(fail_nth("process-pool", 2, CALL_PIDFD_OPEN, 3));
        assert_true(fail_nth("process-pool:channel=pipe", 2, CALL_PIPE, 3));
    }
    crashing = UINT32_MAX;
}

/* Workers that die before they can run anything: under fork each takes its task along, in a pool
 * they are replaced once, however many tasks there are. */
static void workers_that_cannot_begin_end_the_sample(void **unused)
{
    static const enum call begin[] = {CALL_MALLOC, CALL_TIMER};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, "fork:channel=pipe", run_plain, 2, 5, 8);
        rig.batch.task_limit_ns = 1000000000;
        fault_arm_children(begin[i]);
        rig_sample(&rig);
        fault_disarm();
        rig_expect_complete(&rig);
        for (uint32_t task = 0; task < 5; task++) {
            assert_int_equal(atomic_load(&rig.batch.slots[task].state), TASK_LOST);
            assert_string_equal(batch_text(&rig.batch, &rig.batch.slots[task]),
                                "exited with status 127");
        }
        rig_release(&rig);
        rig_init(&rig, "process-pool:channel=pipe", run_plain, 2, 1000, 8);
        rig.batch.task_limit_ns = 1000000000;
        fault_arm_children(begin[i]);
        rig_start(&rig);
        rig_submit(&rig, 1000);
        assert_int_equal(rig.strategy->wait(rig.state, 1000), -ECHILD);
        assert_int_equal(fault_created(), 4);
        rig_end(&rig);
        fault_disarm();
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(each_failure_is_reported_and_undone),
        RIG_TEST(faults_hit_what_they_mean),
        RIG_TEST(a_replacement_that_cannot_be_made_ends_the_sample),
        RIG_TEST(workers_that_cannot_begin_end_the_sample),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
