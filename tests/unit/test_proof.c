/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a strategy found out that loses a task, logs one twice or miscounts? */
#include "strategy_fixture.h"
#include "trial/proof.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define TASKS 5u
#define CHUNKS 3u

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

/* All has been done, and logged in the order 1, 0, 2. */
static struct batch done_batch(void)
{
    struct batch batch;

    assert_int_equal(batch_open(&workload, &env, TASKS, 0, &batch), 0);
    batch.chunk = 2;
    batch_submit(&batch, TASKS);
    for (uint32_t i = 0; i < TASKS; i++) {
        atomic_store(&batch.slots[i].state, i == 2 ? TASK_LOST : TASK_DONE);
    }
    batch_log(&batch, 1);
    batch_log(&batch, 0);
    batch_log(&batch, 2);
    return batch;
}

static void expect(struct batch *batch, const char *wanted)
{
    char why[PROOF_WHY_SIZE] = "";

    assert_int_equal(proof_check(batch, why), wanted ? -EPROTO : 0);
    assert_string_equal(why, wanted ? wanted : "");
    batch_close(batch);
}

static void all_work_done_once_is_proven(void **unused)
{
    struct batch batch = done_batch();

    (void)unused;
    expect(&batch, NULL);
}

static void a_task_that_has_not_ended_is_found(void **unused)
{
    static const uint32_t states[] = {TASK_PENDING, TASK_RUNNING};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct batch batch = done_batch();

        atomic_store(&batch.slots[3].state, states[i]);
        expect(&batch, "task 3 has not ended");
    }
}

static void a_log_that_does_not_add_up_is_found(void **unused)
{
    static const struct {
        unsigned at;
        uint64_t entry;
        const char *why;
    } cases[] = {
        {2, 0, "the completion log ends after 2 chunks"},
        {0, 0, "the completion log ends after 0 chunks"},
        {1, (uint64_t)4 << 32 | (CHUNKS + 1), "the completion log ends after 1 chunks"},
        /* As many tasks as there must be, but one chunk for another. */
        {1, (uint64_t)4 << 32 | 2, "chunk 1 is in the completion log twice"},
        {1, (uint64_t)3 << 32 | 1, "the completion log counts 3 tasks where there are 4"},
        {2, (uint64_t)6 << 32 | 3, "the completion log counts 6 tasks where there are 5"},
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct batch batch = done_batch();

        atomic_store(&batch.log[cases[i].at], cases[i].entry);
        expect(&batch, cases[i].why);
    }
}

static void tasks_that_were_never_handed_out_are_missed(void **unused)
{
    struct batch batch = done_batch();

    (void)unused;
    batch.chunks_submitted = 2;
    expect(&batch, "4 of 5 tasks are in the completion log");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(all_work_done_once_is_proven),
        RIG_TEST(a_task_that_has_not_ended_is_found),
        RIG_TEST(a_log_that_does_not_add_up_is_found),
        RIG_TEST(tasks_that_were_never_handed_out_are_missed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
