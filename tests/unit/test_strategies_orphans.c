/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trial is killed in the middle of a sample: no worker process outlives it, whatever it is
 * doing, and even if it has not yet got as far as asking to die with its parent. */
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define WORKERS 3u

/* When set, a worker that asks to die with its parent does so only when it has none any more. */
static _Atomic uint32_t *late;

/* The linker puts it before the C library's: --wrap. */
int __real_prctl(int option, unsigned long argument);
int __wrap_prctl(int option, unsigned long argument);

int __wrap_prctl(int option, unsigned long argument)
{
    const pid_t parent = getppid();

    if (late && option == PR_SET_PDEATHSIG) {
        struct hold hold = hold_begin();

        atomic_fetch_add(late, 1);
        while (getppid() == parent && hold_on(&hold)) {
        }
    }
    return __real_prctl(option, argument);
}

static int run_endless(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    atomic_fetch_add(&marks->arrived, 1);
    return hold_until(&marks->released, 1) ? marks_leave(marks, task) : -TASK_HELD;
}

/* The trial: a process of its own, which asserts nothing, since nobody would hear it. */
_Noreturn static void be_trial(struct rig *rig)
{
    const struct strategy *strategy = rig->strategy;

    if (strategy->open(&rig->crew, &rig->state) == 0 &&
        strategy->submit(rig->state, rig->batch.tasks) == 0) {
        strategy->wait(rig->state, rig->batch.tasks);
    }
    _exit(1);
}

/* Orphans come to us: count those that end by themselves. */
static unsigned count_ended(void)
{
    struct hold hold = hold_begin();
    unsigned ended = 0;

    do {
        pid_t pid = waitpid(-1, NULL, WNOHANG);

        if (pid < 0) {
            return ended;
        }
        ended += pid > 0;
    } while (hold_on(&hold));
    return ended;
}

static void kill_trial(const char *words, bool early)
{
    struct rig rig;

    rig_init(&rig, words, run_endless, WORKERS, 3 * WORKERS, 8);
    struct marks *marks = rig_marks(&rig);
    late = early ? &marks->arrived : NULL;
    pid_t trial = fork();
    if (trial == 0) {
        be_trial(&rig);
    }
    assert_true(trial > 0);
    assert_true(hold_until(&marks->arrived, WORKERS));
    assert_int_equal(kill(trial, SIGKILL), 0);
    unsigned ended = count_ended();
    /* If a worker is left, let it go before the test fails. */
    atomic_store(&marks->released, 1);
    batch_shut(&rig.batch);
    assert_int_equal(ended, 1 + WORKERS);
    if (early) {
        assert_int_equal(atomic_load(&marks->runs[0]), 0);
    }
    rig_release(&rig);
}

static void no_worker_outlives_a_killed_trial(void **unused)
{
    (void)unused;
    assert_int_equal(__real_prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    for (const char *const *words = rig_processes; *words; words++) {
        kill_trial(*words, false);
        kill_trial(*words, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(no_worker_outlives_a_killed_trial),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
