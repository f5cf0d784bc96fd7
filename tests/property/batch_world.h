/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workers that exist only in a test and take the steps of a real one, each when the test says so.
 */
#ifndef TVP_BATCH_WORLD_H
#define TVP_BATCH_WORLD_H

#include "trial/batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#define TASKS_MAX 40u
#define WORKERS_MAX 4u

enum phase { IDLE, PAST_HINT, BETWEEN_TASKS, IN_TASK, OUT_OF_TASKS };

struct actor {
    enum phase phase;
    uint32_t owner, chunk, task;
    struct chain chain; /* chunks it has run and not logged */
};

/* One batch, the actors on it, and what must be true of it. */
struct world {
    struct batch batch;
    struct actor actors[WORKERS_MAX];
    unsigned workers;
    uint32_t owners;
    bool heirs;                 /* the dead are inherited from, as in a pool */
    uint32_t wanted;            /* the caller sleeps for that many; 0: it does not */
    uint32_t ended;             /* tasks of logged chunks */
    uint8_t begun[TASKS_MAX];   /* how often */
    bool settled_as[TASKS_MAX]; /* must be lost */
    unsigned deaths;
};

static uint64_t random_state;

/* splitmix64 */
static inline uint32_t draw(uint32_t bound)
{
    uint64_t z = (random_state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (uint32_t)((z ^ (z >> 31)) % bound);
}

/* So many tasks must have come into the log; and the bell must have rung if, and only if, the
 * number slept for has been reached just now. */
static inline void count_logged(struct world *world, uint32_t tasks)
{
    uint64_t rings = 0;

    world->ended += tasks;
    assert_int_equal(batch_ended(&world->batch), world->ended);
    bool due = tasks > 0 && world->wanted > 0 && world->ended >= world->wanted;
    (void)!read(world->batch.bell.event_fd, &rings, sizeof(rings));
    assert_int_equal(rings, due);
    if (due) {
        world->wanted = 0;
    }
}

static inline void log_chain(struct world *world, struct actor *actor)
{
    uint32_t tasks = actor->chain.tasks;

    batch_log_chain(&world->batch, &actor->chain);
    count_logged(world, tasks);
}

static inline void log_later(struct world *world, struct actor *actor)
{
    uint32_t tasks = actor->chain.tasks + batch_count(&world->batch, actor->chunk);

    batch_log_later(&world->batch, &actor->chain, actor->chunk);
    count_logged(world, tasks - actor->chain.tasks);
}

/* On to the next task of the chunk that nobody has begun, as the worker body does. */
static inline void find_task(struct world *world, struct actor *actor)
{
    const uint32_t end = actor->chunk + batch_count(&world->batch, actor->chunk);

    for (actor->task = actor->chunk; actor->task < end; actor->task++) {
        if (atomic_load(&world->batch.slots[actor->task].state) == TASK_PENDING) {
            actor->phase = BETWEEN_TASKS;
            return;
        }
    }
    actor->phase = OUT_OF_TASKS;
}

/* The first half of a claim; the second is to own the chunk. */
static inline void pass_hint(struct world *world, struct actor *actor)
{
    _Atomic uint32_t *hint = &world->batch.counters->claim_hint;

    actor->chunk = atomic_load(hint);
    if (actor->chunk < world->batch.tasks_submitted) {
        atomic_store(hint, actor->chunk + batch_count(&world->batch, actor->chunk));
        actor->phase = PAST_HINT;
    }
}

static inline void step(struct world *world, struct actor *actor)
{
    struct slot *slot = &world->batch.slots[actor->task];
    uint32_t free = CHUNK_FREE;

    switch (actor->phase) {
    case PAST_HINT:
        actor->phase = IDLE;
        if (atomic_compare_exchange_strong(&world->batch.slots[actor->chunk].owner, &free,
                                           actor->owner)) {
            find_task(world, actor);
        }
        return;
    case IDLE:
        if (draw(2) == 0) {
            pass_hint(world, actor);
        } else if (batch_claim(&world->batch, actor->owner, &actor->chunk)) {
            find_task(world, actor);
        } else {
            log_chain(world, actor); /* it would go to sleep */
        }
        return;
    case BETWEEN_TASKS:
        assert_int_equal(atomic_load(&world->batch.slots[actor->chunk].owner), actor->owner);
        world->begun[actor->task]++;
        atomic_store(&slot->state, TASK_RUNNING);
        actor->phase = IN_TASK;
        return;
    case IN_TASK:
        slot->outcome = (struct outcome){.value = actor->task + 1};
        atomic_store(&slot->state, TASK_DONE);
        find_task(world, actor);
        return;
    case OUT_OF_TASKS:
        log_later(world, actor);
        actor->phase = IDLE;
    }
}

#endif
