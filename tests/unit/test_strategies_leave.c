/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task that leaves the process group or the session, or leaves a daemon behind that holds
 * whatever it has inherited, does not keep anybody waiting. */
#include "base/strays.h"
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TASKS 6u

static bool leaves(uint32_t task)
{
    return task % 2 == 1;
}

static int run_leaving(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (leaves(task->number)) {
        (void)setsid();
    }
    return marks_leave(marks, task);
}

static void a_task_in_a_session_of_its_own_is_reaped(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_processes; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_leaving, 2, TASKS, 8);
        rig_sample(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

static int run_daemon(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number == 1) {
        if (fork() == 0) {
            (void)setsid();
            for (;;) {
                pause();
            }
        }
        kill(getpid(), SIGKILL);
    }
    return marks_leave(marks, task);
}

/* The daemon comes to us, who are a subreaper, as a child that no strategy knows. */
static void a_daemon_that_holds_the_pipe_of_the_dead_hides_no_death(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_processes; *words; words++) {
        struct rig rig;
        pid_t left[4];

        rig_init(&rig, *words, run_daemon, 2, 3, 8);
        rig_start(&rig);
        rig_submit(&rig, 3);
        rig_wait(&rig, 3);
        rig.strategy->close(rig.state);
        assert_int_equal(children_list(left, 4), 1);
        strays_end(NULL, 0);
        rig_expect_lost(&rig, 1, -EOWNERDEAD, "killed by SIGKILL");
        rig_expect_value(&rig, 0);
        rig_expect_value(&rig, 2);
        rig_release(&rig);
    }
}

static int run_plain(const struct env *env, struct task *task)
{
    return marks_leave(marks_enter(env, task), task);
}

/* A helper of the workload, in a group of its own as contracts want it, dies in between. */
static void a_helper_that_dies_is_no_worker(void **unused)
{
    (void)unused;
    for (const char *const *words = rig_every; *words; words++) {
        pid_t helper = fork();
        struct rig rig;

        assert_true(helper >= 0);
        if (helper == 0) {
            (void)setpgid(0, 0);
            _exit(3);
        }
        rig_init(&rig, *words, run_plain, 2, TASKS, 8);
        rig_start(&rig);
        rig_submit(&rig, TASKS);
        rig_wait(&rig, TASKS);
        rig.strategy->close(rig.state);
        (void)waitpid(helper, NULL, 0);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_task_in_a_session_of_its_own_is_reaped),
        RIG_TEST(a_daemon_that_holds_the_pipe_of_the_dead_hides_no_death),
        RIG_TEST(a_helper_that_dies_is_no_worker),
    };

    if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
