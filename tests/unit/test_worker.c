/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When does a task begin and end? */
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define TASKS 8u
#define CHUNK 4u

static int run_plain(const struct env *env, struct task *task)
{
    return marks_leave(marks_enter(env, task), task);
}

static int run_badly(const struct env *env, struct task *task)
{
    (void)marks_leave(marks_enter(env, task), task);
    return task_fail(task, -EIO, "number %u", task->number);
}

/* One worker runs TASKS in chunks of CHUNK. How many of them began when the one before ended? */
static unsigned count_adjoining(const char *words, task_run *run)
{
    unsigned adjoining = 0;
    struct rig rig;

    rig_init(&rig, words, run, 1, TASKS, 0);
    rig_sample(&rig);
    rig_expect_complete(&rig);
    for (uint32_t task = 1; task < TASKS; task++) {
        const struct slot *slot = &rig.batch.slots[task], *before = slot - 1;

        assert_true(slot->outcome.start_ns >= before->outcome.end_ns);
        assert_true(slot->outcome.end_ns >= slot->outcome.start_ns);
        if (task % CHUNK != 0) {
            adjoining += slot->outcome.start_ns == before->outcome.end_ns;
        } else {
            assert_true(slot->outcome.start_ns > before->outcome.end_ns);
        }
    }
    rig_release(&rig);
    return adjoining;
}

/* One reading of the clock for both; but what it takes to claim a chunk, to send a result or to
 * keep the reason of a failure is part of no task. */
static void a_task_begins_when_the_one_before_it_in_its_chunk_ended(void **unused)
{
    (void)unused;
    assert_int_equal(count_adjoining("thread-pool:chunk=4", run_plain), TASKS - 2);
    assert_int_equal(count_adjoining("process-pool:chunk=4", run_plain), TASKS - 2);
    assert_int_equal(count_adjoining("process-pool:chunk=4:channel=pipe", run_plain), 0);
    assert_int_equal(count_adjoining("thread-pool:chunk=4", run_badly), 0);
    assert_int_equal(count_adjoining("thread-pool", run_plain), 0);
    assert_int_equal(count_adjoining("serial", run_plain), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_task_begins_when_the_one_before_it_in_its_chunk_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
