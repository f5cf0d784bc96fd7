/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of the queue, the log and the settling of deaths: workers that exist only in this test take
 * their steps in random order and die between any two of them. TVP_SEED replays a run; the seed is
 * fixed otherwise, so that a gate does not fail by chance. */
#include "batch_world.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define ROUNDS 4000u

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

static void die(struct world *world, struct actor *actor)
{
    const uint32_t count = batch_count(&world->batch, actor->chunk);
    uint32_t heir = ++world->owners, found;
    bool owns = actor->phase > PAST_HINT, left = actor->phase == BETWEEN_TASKS;

    for (uint32_t i = 0; owns && i < count; i++) {
        uint32_t task = actor->chunk + i, state = atomic_load(&world->batch.slots[task].state);

        world->settled_as[task] |=
            state == TASK_RUNNING || (state == TASK_PENDING && !world->heirs);
        left |= state == TASK_PENDING;
    }
    if (actor->phase == OUT_OF_TASKS) {
        /* In the middle of logging: it says already what it would follow. */
        atomic_store(&world->batch.slots[actor->chunk].previous,
                     draw(world->batch.tasks_submitted + 1));
    }
    batch_settle(&world->batch, actor->owner, world->heirs ? heir : CHUNK_FREE, false, "dead");
    bool inherited = batch_inherit(&world->batch, heir, &found);
    assert_int_equal(inherited, owns && left && world->heirs);
    count_logged(world, actor->chain.tasks + (owns && !inherited ? count : 0));
    assert_true(!inherited || found == actor->chunk);
    *actor = (struct actor){.owner = heir, .chunk = actor->chunk};
    if (inherited) {
        find_task(world, actor);
    }
    world->deaths++;
}

static void act_as_caller(struct world *world)
{
    struct batch *batch = &world->batch;
    uint32_t chunk, before = batch->done;

    switch (draw(4)) {
    case 0:
        batch_submit(batch, draw(batch->tasks + 3));
        break;
    case 1:
        if (batch_next(batch, &chunk)) {
            assert_int_equal(batch->done, before + batch_count(batch, chunk));
        } else {
            assert_int_equal(batch->done, world->ended);
        }
        break;
    default:
        if (world->wanted == 0) {
            uint32_t wanted = 1 + draw(batch->tasks);

            /* It need not sleep for what has ended, read or not. */
            world->wanted = batch_want(batch, wanted) ? wanted : 0;
            assert_int_equal(world->wanted > 0, world->ended < wanted);
        }
    }
    assert_true(batch->done <= world->ended && batch_ended(batch) == world->ended);
}

static void expect_end(struct world *world)
{
    const struct batch *batch = &world->batch;

    assert_int_equal(batch->done, batch->tasks);
    assert_int_equal(world->ended, batch->tasks);
    for (uint32_t task = 0; task < batch->tasks; task++) {
        uint32_t state = atomic_load(&batch->slots[task].state);

        assert_true(world->begun[task] <= 1);
        assert_int_equal(state, world->settled_as[task] ? TASK_LOST : TASK_DONE);
        assert_int_equal(batch->slots[task].outcome.value, state == TASK_DONE ? task + 1 : 0);
        assert_int_equal(batch->slots[task].outcome.status, state == TASK_DONE ? 0 : -EOWNERDEAD);
    }
}

static void live(struct world *world, uint32_t death_rate)
{
    struct batch *batch = &world->batch;
    uint32_t chunk;

    batch_reset(batch);
    batch->chunk = 1 + draw(6);
    world->workers = 1 + draw(WORKERS_MAX);
    for (unsigned i = 0; i < world->workers; i++) {
        world->actors[i] = (struct actor){.owner = ++world->owners};
    }
    while (world->ended < batch->tasks || batch->done < batch->tasks) {
        struct actor *actor = &world->actors[draw(world->workers)];

        if (draw(3) == 0) {
            act_as_caller(world);
        } else if (death_rate > 0 && draw(100) < death_rate) {
            die(world, actor);
        } else {
            step(world, actor);
        }
    }
    assert_false(batch_claim(batch, 1, &chunk) || batch_next(batch, &chunk));
    expect_end(world);
}

static void every_task_ends_once_whoever_dies(void **unused)
{
    const char *given = getenv("TVP_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20250115;
    unsigned deaths = 0;

    (void)unused;
    print_message("TVP_SEED=%llu replays this\n", (unsigned long long)seed);
    random_state = seed;
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint32_t tasks = 1 + draw(TASKS_MAX);
        struct world first = {.heirs = draw(2)};

        assert_int_equal(batch_open(&workload, &env, tasks, 0, &first.batch), 0);
        struct world second = first;
        live(&first, draw(3) * 20);
        deaths += first.deaths;
        /* Another sample in the same memory. */
        second.batch = first.batch;
        live(&second, draw(2) * 10);
        batch_close(&first.batch);
    }
    assert_true(deaths > ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_ends_once_whoever_dies),
    };

    alarm(30);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
