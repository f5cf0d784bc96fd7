/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new thread for every task, at most crew->workers alive at once. */
#include "base/affinity.h"
#include "strategies/lanes.h"
#include "strategies/strategy.h"
#include "trial/worker.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

enum { OPTION_STACK };
static const struct param pthread_options[] = {
    STACK_PARAM,
    {0},
};

/* The thread of one task. */
struct thread {
    struct spawner *spawner;
    pthread_t id;
    uint32_t lane;
};

struct spawner {
    struct crew *crew;
    struct batch *batch;
    pthread_attr_t attributes;
    struct lanes lanes;
    struct thread *threads; /* by task number, which is the chunk's number */
    uint32_t started, joined;
    bool failed; /* a thread could not be created: start no more */
};

static void *thread_main(void *argument)
{
    const struct thread *thread = argument;
    struct batch *batch = thread->spawner->batch;
    uint32_t number = (uint32_t)(thread - thread->spawner->threads);
    const struct worker worker = {.owner = number + 1, .lane = thread->lane, .pipe_fd = -1};

    worker_run_chunk(batch, &worker, number);
    return NULL;
}

static int start_thread(struct spawner *spawner)
{
    struct thread *thread = &spawner->threads[spawner->started];
    const struct crew *crew = spawner->crew;

    thread->spawner = spawner;
    thread->lane = lanes_take(&spawner->lanes);
    if (crew->cpu_count > 0) {
        cpu_set_t set = affinity_of(crew->cpus[thread->lane % crew->cpu_count]);

        pthread_attr_setaffinity_np(&spawner->attributes, sizeof(set), &set);
    }
    int r = pthread_create(&thread->id, &spawner->attributes, thread_main, thread);
    if (r != 0) {
        lanes_give(&spawner->lanes, thread->lane);
        spawner->crew->reached = spawner->started - spawner->joined;
        spawner->failed = true;
        return -r;
    }
    spawner->started++;
    return 0;
}

static int start_threads(struct spawner *spawner)
{
    while (spawner->started < spawner->batch->tasks_submitted && spawner->lanes.count > 0) {
        int r = start_thread(spawner);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static void spawner_free(struct spawner *spawner)
{
    pthread_attr_destroy(&spawner->attributes);
    lanes_release(&spawner->lanes);
    free(spawner->threads);
    free(spawner);
}

static int pthread_open(struct crew *crew, void **ret_state)
{
    uint32_t workers = crew->workers > 0 ? crew->workers : crew->batch->tasks;
    size_t stack = crew->options[OPTION_STACK].number;
    struct spawner *spawner = calloc(1, sizeof(*spawner));

    if (!spawner) {
        return -ENOMEM;
    }
    crew->batch->chunk = 1;
    spawner->crew = crew;
    spawner->batch = crew->batch;
    spawner->threads = calloc(crew->batch->tasks, sizeof(*spawner->threads));
    pthread_attr_init(&spawner->attributes);
    int r = lanes_init(&spawner->lanes, workers);
    if (r == 0 && stack > 0) {
        r = -pthread_attr_setstacksize(&spawner->attributes, stack);
    }
    if (r < 0 || !spawner->threads) {
        spawner_free(spawner);
        return r < 0 ? r : -ENOMEM;
    }
    *ret_state = spawner;
    return 0;
}

static int pthread_submit(void *state, unsigned count)
{
    struct spawner *spawner = state;

    batch_submit(spawner->batch, count);
    return start_threads(spawner);
}

/* Threads whose tasks have ended are joined at once, so that their stacks are used again. */
static void join_ended(struct spawner *spawner)
{
    uint32_t chunk;

    while (batch_next(spawner->batch, &chunk)) {
        pthread_join(spawner->threads[chunk].id, NULL);
        lanes_give(&spawner->lanes, spawner->threads[chunk].lane);
        spawner->joined++;
    }
}

static int pthread_wait_done(void *state, unsigned done)
{
    struct spawner *spawner = state;
    struct batch *batch = spawner->batch;

    for (;;) {
        join_ended(spawner);
        int r = start_threads(spawner);
        if (r < 0 || batch->done >= done) {
            return r;
        }
        bool waiting = spawner->started < batch->tasks_submitted;
        if (batch_want(batch, waiting ? batch->done + 1 : done)) {
            bell_sleep(&batch->bell);
        }
    }
}

static void pthread_close(void *state)
{
    struct spawner *spawner = state;
    struct batch *batch = spawner->batch;

    if (!spawner->failed) {
        (void)pthread_wait_done(spawner, batch->tasks_submitted);
    }
    join_ended(spawner);
    while (spawner->joined < spawner->started) {
        if (batch_want(batch, batch->done + 1)) {
            bell_sleep(&batch->bell);
        }
        join_ended(spawner);
    }
    spawner_free(spawner);
}

const struct strategy strategy_pthread = {
    .name = "pthread",
    .summary = "a new thread for every task",
    .options = pthread_options,
    .traits = TRAIT_SHARES_MEMORY,
    .open = pthread_open,
    .submit = pthread_submit,
    .wait = pthread_wait_done,
    .close = pthread_close,
};
