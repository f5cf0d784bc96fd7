/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue and the completion log by themselves, in one process and with nobody in a hurry. */
#include "strategy_fixture.h"
#include "trial/batch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct workload workload = {.name = "none", .shared_size = 64};
static const struct env env = {.payload_size = 3};

static struct batch open_batch(uint32_t tasks, uint32_t chunk)
{
    struct batch batch;

    assert_int_equal(batch_open(&workload, &env, tasks, env.payload_size, &batch), 0);
    batch.chunk = chunk;
    return batch;
}

static void a_batch_has_some_tasks_that_fit_in_memory(void **unused)
{
    struct batch batch = {.tasks = 77};

    (void)unused;
    assert_int_equal(batch_open(&workload, &env, 0, 0, &batch), -EINVAL);
    assert_int_equal(batch_open(&workload, &env, BATCH_TASKS_MAX + 1, 0, &batch), -EINVAL);
    assert_int_equal(batch_open(&workload, &env, 3, SIZE_MAX / 2, &batch), -EINVAL);
    assert_int_equal(batch_open(&workload, &env, 2, SIZE_MAX / 4 + 1, &batch), -EINVAL);
    assert_int_equal(batch_open(&workload, &env, 2, SIZE_MAX / 8, &batch), -ENOMEM);
    assert_int_equal(batch.tasks, 77);
    /* What was never opened, or is closed already, may be closed. */
    batch = (struct batch){0};
    batch_close(&batch);
    batch = open_batch(1, 1);
    batch_close(&batch);
    batch_close(&batch);
}

static uint64_t memory_left = UINT64_MAX;

/* The linker puts this before the real one: --wrap. */
uint64_t __wrap_memory_available(void);
uint64_t __wrap_memory_available(void)
{
    return memory_left;
}

/* It would be had, and the system would kill somebody when it is touched. */
static void a_batch_takes_no_more_than_is_left(void **unused)
{
    const struct env large = {.payload_size = 4096};
    struct batch batch = {.tasks = 77};

    (void)unused;
    memory_left = 256 * large.payload_size;
    assert_int_equal(batch_open(&workload, &large, 256, large.payload_size, &batch), -ENOMEM);
    assert_int_equal(batch.tasks, 77);
    assert_int_equal(batch_open(&workload, &large, 200, large.payload_size, &batch), 0);
    batch_close(&batch);
    memory_left = UINT64_MAX;
}

static void processes_share_its_memory(void **unused)
{
    struct batch batch = open_batch(2, 1);
    pid_t pid = fork();

    (void)unused;
    if (pid == 0) {
        ((char *)batch.shared)[63] = 5;
        batch_payload(&batch, 1)[2] = 6;
        batch_payload(&batch, 0)[0] = 7;
        batch_submit(&batch, 2);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_int_equal(((char *)batch.shared)[63], 5);
    assert_int_equal(batch.payloads[5], 6);
    assert_int_equal(batch.payloads[0], 7);
    assert_int_equal(atomic_load(&batch.counters->submitted), 2);
    batch_close(&batch);
}

static void counters_of_different_writers_lie_apart(void **unused)
{
    const size_t places[] = {
        offsetof(struct counters, submitted),
        offsetof(struct counters, logged),
        offsetof(struct counters, idle),
    };

    (void)unused;
    for (unsigned i = 1; i < 3; i++) {
        assert_true(places[i] - places[i - 1] >= CACHE_LINE);
    }
    assert_int_equal(offsetof(struct counters, claim_hint) / CACHE_LINE, places[1] / CACHE_LINE);
    /* What a task costs in memory. */
    assert_int_equal(sizeof(struct slot), 64);
    assert_int_equal(alignof(struct slot), 64);
}

static void tasks_are_handed_out_in_chunks_and_in_order(void **unused)
{
    struct batch batch = open_batch(11, 4);
    static const uint32_t sizes[] = {4, 2, 1, 4};
    uint32_t chunk, first = 0;

    (void)unused;
    assert_false(batch_claim(&batch, 9, &chunk));
    batch_submit(&batch, 6);
    batch_submit(&batch, 1);
    assert_int_equal(batch.tasks_submitted, 7);
    batch_submit(&batch, UINT32_MAX);
    assert_int_equal(batch.tasks_submitted, 11);
    batch_submit(&batch, 1);
    assert_int_equal(batch.tasks_submitted, 11);
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(batch_claim(&batch, 9, &chunk));
        assert_int_equal(chunk, first);
        assert_int_equal(atomic_load(&batch.slots[first].owner), 9);
        assert_int_equal(batch_count(&batch, first), sizes[i]);
        first += sizes[i];
        /* After a death it may be at any chunk below. */
        atomic_store(&batch.counters->claim_hint, i < 2 ? 0 : 4);
    }
    assert_false(batch_claim(&batch, 9, &chunk));
    batch_close(&batch);
}

static void the_log_counts_what_has_ended(void **unused)
{
    static const uint32_t order[] = {2, 6, 0, 4}, done[] = {2, 3, 5, 7};
    struct batch batch = open_batch(7, 2);
    uint32_t chunk = 99;

    (void)unused;
    batch_submit(&batch, 7);
    assert_false(batch_next(&batch, &chunk));
    assert_int_equal(batch_ended(&batch), 0);
    assert_int_equal(chunk, 99);
    for (unsigned i = 0; i < 4; i++) {
        batch_log(&batch, order[i]);
        assert_int_equal(batch_ended(&batch), done[i]);
    }
    for (unsigned i = 0; i < 4; i++) {
        assert_true(batch_next(&batch, &chunk));
        assert_int_equal(chunk, order[i]);
        assert_int_equal(batch.done, done[i]);
    }
    /* Who has learnt more than it has read does not forget it. */
    batch_reset(&batch);
    batch_submit(&batch, 7);
    batch_log(&batch, 0);
    batch_log(&batch, 2);
    batch.done = batch_ended(&batch);
    assert_true(batch_next(&batch, &chunk));
    assert_int_equal(batch.done, 4);
    assert_true(batch_next(&batch, &chunk));
    assert_false(batch_next(&batch, &chunk));
    batch_close(&batch);
}

static void reset_forgets_all_but_payloads(void **unused)
{
    struct batch batch = open_batch(5, 2);
    uint32_t chunk;

    (void)unused;
    batch_submit(&batch, 5);
    assert_true(batch_claim(&batch, 1, &chunk));
    batch_set_text(&batch, &batch.slots[0], "no");
    batch.slots[0].outcome.value = 3;
    atomic_store(&batch.slots[0].state, TASK_DONE);
    batch_log(&batch, 0);
    assert_true(batch_next(&batch, &chunk));
    batch_shut(&batch);
    memset(batch.shared, 1, 64);
    batch_reset(&batch);
    assert_int_equal(batch.done + batch.tasks_submitted, 0);
    assert_int_equal(((char *)batch.shared)[63], 0);
    assert_int_equal(batch.slots[0].text + batch.slots[0].outcome.value, 0);
    assert_int_equal(atomic_load(&batch.slots[0].state), TASK_PENDING);
    assert_false(batch_next(&batch, &chunk));
    assert_false(batch_claim(&batch, 1, &chunk));
    batch_submit(&batch, 5);
    assert_true(batch_claim(&batch, 1, &chunk));
    assert_int_equal(chunk, 0);
    batch_close(&batch);
}

static void texts_are_kept_while_there_is_room(void **unused)
{
    struct batch batch = open_batch(BATCH_TEXTS + 2, 1);
    char text[TASK_TEXT_SIZE];

    (void)unused;
    for (uint32_t i = 0; i < BATCH_TEXTS + 2; i++) {
        snprintf(text, sizeof(text), "reason %u", i);
        batch.slots[i].outcome.status = -EIO;
        batch_set_text(&batch, &batch.slots[i], text);
    }
    assert_string_equal(batch_text(&batch, &batch.slots[0]), "reason 0");
    assert_string_equal(batch_text(&batch, &batch.slots[BATCH_TEXTS - 1]), "reason 63");
    assert_string_equal(batch_text(&batch, &batch.slots[BATCH_TEXTS]), strerror(EIO));
    assert_string_equal(batch_text(&batch, &batch.slots[BATCH_TEXTS + 1]), strerror(EIO));
    batch_close(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_batch_has_some_tasks_that_fit_in_memory),
        RIG_TEST(a_batch_takes_no_more_than_is_left),
        RIG_TEST(processes_share_its_memory),
        RIG_TEST(counters_of_different_writers_lie_apart),
        RIG_TEST(tasks_are_handed_out_in_chunks_and_in_order),
        RIG_TEST(the_log_counts_what_has_ended),
        RIG_TEST(reset_forgets_all_but_payloads),
        RIG_TEST(texts_are_kept_while_there_is_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
