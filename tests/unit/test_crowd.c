/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many workers at the queue and at the log at the same time, and nothing else to do. */
#include "strategy_fixture.h"
#include "trial/batch.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CROWD 4u
#define TASKS 100000u
#define ROUNDS 4u

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

struct crowd {
    struct batch batch;
    pthread_barrier_t start;
    _Atomic uint8_t claims[TASKS]; /* how often the chunk that begins here was claimed */
    _Atomic uint32_t owners;
};

static void *claim_all(void *argument)
{
    struct crowd *crowd = argument;
    uint32_t owner = atomic_fetch_add(&crowd->owners, 1) + 1, chunk;
    cpu_set_t own;

    /* Apart from its neighbour, whatever the scheduler thinks of short-lived threads. */
    CPU_ZERO(&own);
    CPU_SET(owner % 2, &own);
    (void)sched_setaffinity(0, sizeof(own), &own);
    pthread_barrier_wait(&crowd->start);
    while (batch_claim(&crowd->batch, owner, &chunk)) {
        atomic_fetch_add(&crowd->claims[chunk], 1);
    }
    /* As many to log as to claim: each those in its own part. */
    const uint32_t size = crowd->batch.chunk;
    for (chunk = owner % CROWD * size; chunk < TASKS; chunk += CROWD * size) {
        batch_log(&crowd->batch, chunk);
    }
    return NULL;
}

static void run_crowd(struct crowd *crowd)
{
    pthread_t threads[CROWD];

    assert_int_equal(pthread_barrier_init(&crowd->start, NULL, CROWD), 0);
    for (unsigned i = 0; i < CROWD; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, claim_all, crowd), 0);
    }
    for (unsigned i = 0; i < CROWD; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    pthread_barrier_destroy(&crowd->start);
}

static void a_crowd_claims_and_logs_each_chunk_once(void **unused)
{
    struct crowd *crowd = calloc(1, sizeof(*crowd));
    uint32_t chunk;

    (void)unused;
    assert_non_null(crowd);
    assert_int_equal(batch_open(&workload, &env, TASKS, 0, &crowd->batch), 0);
    for (unsigned round = 0; round < ROUNDS; round++) {
        batch_reset(&crowd->batch);
        memset(crowd->claims, 0, sizeof(crowd->claims));
        crowd->batch.chunk = round % 2 ? 1 : 3;
        batch_submit(&crowd->batch, TASKS);
        run_crowd(crowd);
        for (uint32_t ended = 0; ended < TASKS;) {
            assert_true(batch_next(&crowd->batch, &chunk));
            ended += batch_count(&crowd->batch, chunk);
            assert_int_equal(crowd->batch.done, ended);
            /* Claimed once, and not in the log before. */
            assert_int_equal(atomic_fetch_add(&crowd->claims[chunk], 1), 1);
        }
        assert_false(batch_next(&crowd->batch, &chunk));
    }
    batch_close(&crowd->batch);
    free(crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(a_crowd_claims_and_logs_each_chunk_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
