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

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

/* All has been done, and logged in the order 2, 0, 4: a chunk is known by its first task. */
static struct batch done_batch(void)
{
    struct batch batch;

    assert_int_equal(batch_open(&workload, &env, TASKS, 0, &batch), 0);
    batch.chunk = 2;
    batch_submit(&batch, TASKS);
    for (uint32_t i = 0; i < TASKS; i++) {
        atomic_store(&batch.slots[i].state, i == 2 ? TASK_LOST : TASK_DONE);
    }
    batch_log(&batch, 2);
    batch_log(&batch, 0);
    batch_log(&batch, 4);
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

/* Beside the others, or in place of the last one. */
static void a_chunk_that_is_logged_twice_is_found(void **unused)
{
    static const char twice[] = "a chunk is in the completion log twice";
    static const struct {
        uint64_t logged; /* what the log is set back to; 0: nothing */
        uint32_t again;
        const char *why;
    } cases[] = {
        {0, 0, twice},
        {0, 2, twice},
        {0, 4, twice},
        {(uint64_t)4 << 32 | 1, 0, twice},
        {(uint64_t)4 << 32 | 1, 2, twice},
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct batch batch = done_batch();

        if (cases[i].logged > 0) {
            atomic_store(&batch.counters->logged, cases[i].logged);
        }
        batch_log(&batch, cases[i].again);
        expect(&batch, cases[i].why);
    }
}

static void a_chunk_that_is_not_logged_is_found(void **unused)
{
    struct batch batch = done_batch();

    (void)unused;
    atomic_store(&batch.counters->logged, (uint64_t)5 << 32 | 1);
    expect(&batch, "4 of 5 tasks are in the completion log");
}

static void a_wrong_count_is_found(void **unused)
{
    struct batch batch = done_batch();

    (void)unused;
    atomic_store(&batch.counters->logged, (uint64_t)6 << 32 | 5);
    expect(&batch, "the completion log counts 6 tasks where there are 5");
}

static void tasks_that_were_never_handed_out_are_missed(void **unused)
{
    struct batch batch;

    (void)unused;
    assert_int_equal(batch_open(&workload, &env, TASKS, 0, &batch), 0);
    batch_submit(&batch, TASKS - 1);
    for (uint32_t i = 0; i < TASKS; i++) {
        atomic_store(&batch.slots[i].state, TASK_DONE);
    }
    for (uint32_t i = 0; i < TASKS - 1; i++) {
        batch_log(&batch, i);
    }
    expect(&batch, "4 of 5 tasks are in the completion log");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(all_work_done_once_is_proven),
        RIG_TEST(a_task_that_has_not_ended_is_found),
        RIG_TEST(a_chunk_that_is_logged_twice_is_found),
        RIG_TEST(a_chunk_that_is_not_logged_is_found),
        RIG_TEST(a_wrong_count_is_found),
        RIG_TEST(tasks_that_were_never_handed_out_are_missed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
