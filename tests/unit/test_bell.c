/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sleeps and who is woken: workers on their futex, the caller in its bell. */
#include "strategy_fixture.h"
#include "trial/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

static struct batch open_batch(uint32_t tasks, uint32_t chunk)
{
    struct batch batch;

    assert_int_equal(batch_open(&workload, &env, tasks, env.payload_size, &batch), 0);
    batch.chunk = chunk;
    return batch;
}

static bool rang(const struct batch *batch)
{
    uint64_t rings = 0;

    return read(batch->bell.event_fd, &rings, sizeof(rings)) == sizeof(rings);
}

static void the_bell_rings_once_when_the_number_is_reached(void **unused)
{
    struct batch batch = open_batch(6, 1);
    uint32_t chunk;

    (void)unused;
    batch_submit(&batch, 6);
    assert_false(batch_want(&batch, 0));
    assert_true(batch_want(&batch, 2));
    batch_log(&batch, 0);
    assert_false(rang(&batch));
    batch_log(&batch, 1);
    assert_true(rang(&batch));
    batch_log(&batch, 2);
    assert_false(rang(&batch));
    /* They have ended, although the caller has not read it yet. */
    assert_false(batch_want(&batch, 3));
    batch_log(&batch, 3);
    assert_false(rang(&batch));
    assert_true(batch_next(&batch, &chunk));
    assert_false(batch_want(&batch, 1));
    assert_false(batch_want(&batch, 4));
    assert_true(batch_want(&batch, 5));
    batch_log(&batch, 4);
    assert_true(rang(&batch));
    batch_close(&batch);
}

/* A server's life: what it claimed until the batch was shut. */
struct server {
    struct batch *batch;
    _Atomic uint32_t asleep;
    uint32_t claimed;
};

static void *serve(void *argument)
{
    struct server *server = argument;
    struct chain chain = {0};
    uint32_t chunk;

    while (batch_claim_or_sleep(server->batch, 1, &chain, &server->asleep, &chunk)) {
        server->claimed++;
        batch_log_later(server->batch, &chain, chunk);
    }
    return NULL;
}

static void a_shut_batch_is_emptied_before_its_workers_leave(void **unused)
{
    struct batch batch = open_batch(9, 1);
    struct server server = {.batch = &batch};
    pthread_t thread;

    (void)unused;
    assert_int_equal(pthread_create(&thread, NULL, serve, &server), 0);
    assert_true(hold_exactly(&batch.counters->idle, 1));
    assert_true(hold_exactly(&server.asleep, 1));
    batch_submit(&batch, 4);
    struct hold hold = hold_begin();
    while (batch_ended(&batch) < 4 && hold_on(&hold)) {
    }
    assert_int_equal(batch_ended(&batch), 4);
    assert_true(hold_exactly(&server.asleep, 1));
    batch_submit(&batch, 5);
    batch_shut(&batch);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(server.claimed, 9);
    assert_int_equal(atomic_load(&batch.counters->idle), 0);
    batch_close(&batch);
}

/* Log so many chunks later, from the first on, and return how many tasks are in the log then. */
static uint32_t log_later(bool stamps, uint32_t wanted, uint32_t chunks)
{
    struct batch batch = open_batch(400, 2);
    struct chain chain = {0};

    batch.stamps = stamps;
    batch_submit(&batch, 300);
    assert_true(batch_want(&batch, wanted));
    for (uint32_t i = 0; i < chunks; i++) {
        batch_log_later(&batch, &chain, 2 * i);
    }
    uint32_t ended = batch_ended(&batch);
    assert_int_equal(ended + chain.tasks, 2 * chunks);
    batch_log_chain(&batch, &chain);
    assert_int_equal(batch_ended(&batch), 2 * chunks);
    assert_int_equal(rang(&batch), 2 * chunks >= wanted);
    for (uint32_t i = 0, chunk; i < chunks; i++) {
        assert_true(batch_next(&batch, &chunk));
        assert_int_equal(chunk, 2 * i);
    }
    batch_close(&batch);
    return ended;
}

static void many_are_logged_at_once_while_nobody_needs_to_know(void **unused)
{
    (void)unused;
    assert_int_equal(log_later(false, 300, 63), 0);
    assert_int_equal(log_later(false, 300, 64), 128);
    assert_int_equal(log_later(false, 300, 150), 256);
    /* Somebody waits for less than all, or the order will be told. */
    assert_int_equal(log_later(false, 299, 63), 126);
    assert_int_equal(log_later(true, 300, 63), 126);
}

/* The caller may want to know of what it hands out after that. */
static void more_tasks_end_the_patience(void **unused)
{
    struct batch batch = open_batch(4, 1);
    struct chain chain = {0};

    (void)unused;
    batch_submit(&batch, 2);
    assert_true(batch_want(&batch, 2));
    batch_log_later(&batch, &chain, 0);
    assert_int_equal(batch_ended(&batch), 0);
    batch_submit(&batch, 1);
    batch_log_later(&batch, &chain, 1);
    assert_int_equal(batch_ended(&batch), 2);
    batch_close(&batch);
}

static void the_bell_tells_who_has_news(void **unused)
{
    struct bell bell;
    int ends[2];

    (void)unused;
    assert_int_equal(bell_open(&bell), 0);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(bell_watch(&bell, ends[0], 5), 0);
    assert_int_equal(bell_watch(&bell, ends[0], 6), -EEXIST);
    assert_int_equal(bell_watch(&bell, -1, 6), -EBADF);
    bell_ring(&bell);
    bell_ring(&bell);
    assert_int_equal(bell_sleep(&bell), BELL_RUNG);
    assert_int_equal(write(ends[1], "x", 1), 1);
    /* For as long as it is not read. */
    assert_int_equal(bell_sleep(&bell), 5);
    assert_int_equal(bell_sleep(&bell), 5);
    bell_unwatch(&bell, ends[0]);
    bell_ring(&bell);
    assert_int_equal(bell_sleep(&bell), BELL_RUNG);
    close(ends[0]);
    close(ends[1]);
    bell_close(&bell);
    bell_close(&bell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(the_bell_tells_who_has_news),
        RIG_TEST(the_bell_rings_once_when_the_number_is_reached),
        RIG_TEST(many_are_logged_at_once_while_nobody_needs_to_know),
        RIG_TEST(more_tasks_end_the_patience),
        RIG_TEST(a_shut_batch_is_emptied_before_its_workers_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
