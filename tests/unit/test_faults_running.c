/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker cannot be created while others are in the middle of their tasks: processes are ended at
 * once, threads are waited for, and either way nothing is left. */
#include "fault_fixture.h"
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* The first would go on for a long time; the second dies while it does. */
static int run_held(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    if (task->number == 0) {
        atomic_fetch_add(&marks->arrived, 1);
        return hold_until(&marks->released, 1) ? marks_leave(marks, task) : -TASK_HELD;
    }
    if (!hold_until(&marks->arrived, 1)) {
        return -TASK_HELD;
    }
    kill(getpid(), SIGKILL);
    return 0;
}

static void running_processes_are_ended_at_once(void **unused)
{
    static const char *const words[] = {"process-pool", "process-pool:channel=pipe", "fork",
                                        "fork:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 4; i++) {
        struct rig rig;

        rig_init(&rig, words[i], run_held, 2, 4, 0);
        fault_arm(CALL_FORK, 3);
        rig_start(&rig);
        rig_submit(&rig, 4);
        assert_int_equal(rig.strategy->wait(rig.state, 4), -EAGAIN);
        rig_end(&rig);
        assert_true(fault_disarm());
        assert_int_equal(rig.crew.reached, 1);
        /* Neither did it end by itself, nor has it been waited for. */
        assert_int_equal(atomic_load(&rig.batch.slots[0].state), TASK_RUNNING);
        rig_release(&rig);
    }
}

/* The first ends as soon as somebody waits for it: the caller, in close(). */
static int run_until_wanted(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);
    const struct batch *batch = env->state;

    return hold_exactly(&batch->counters->wanted, 1) ? marks_leave(marks, task) : -TASK_HELD;
}

static void running_threads_are_waited_for(void **unused)
{
    struct rig rig;

    (void)unused;
    rig_init(&rig, "pthread", run_until_wanted, 2, 4, 0);
    fault_arm(CALL_THREAD, 2);
    rig_start(&rig);
    assert_int_equal(rig.strategy->submit(rig.state, 4), -EAGAIN);
    assert_int_equal(rig.crew.reached, 1);
    rig_end(&rig);
    assert_true(fault_disarm());
    rig_expect_value(&rig, 0);
    assert_int_equal(atomic_load(&rig.batch.slots[1].state), TASK_PENDING);
    rig_release(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(running_processes_are_ended_at_once),
        RIG_TEST(running_threads_are_waited_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
