/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peers/peer.h"

#include "trial/worker.h"

#include <errno.h>
#include <stdlib.h>

int peer_open(const struct peer_engine *engine, struct crew *crew, void **ret_state)
{
    struct peer *peer = calloc(1, sizeof(*peer));

    if (!peer) {
        return -ENOMEM;
    }
    peer->engine = engine;
    peer->crew = crew;
    peer->batch = crew->batch;
    peer->workers = crew->workers > 0 ? crew->workers : crew->batch->tasks;
    peer->chunk =
        engine->chunks && !crew->one_by_one ? (uint32_t)crew->options[PEER_CHUNK].number : 1;
    bool refused =
        crew->cpu_count > 0 || (engine->shares_out && crew->batch->workload->together > 1);
    int r = refused ? -EOPNOTSUPP : engine->open ? engine->open(peer) : 0;
    if (r < 0) {
        free(peer);
        return r;
    }
    *ret_state = peer;
    return 0;
}

/* The single chunk of what is running grows: that is cheaper than a chunk for every submit, which
 * the peer would have to pay for. */
static void grow(const struct peer *peer, uint32_t count)
{
    peer->batch->slots[peer->first].count += count;
    peer->batch->tasks_submitted += count;
}

int peer_submit(void *state, unsigned count)
{
    struct peer *peer = state;
    struct batch *batch = peer->batch;
    uint32_t left = batch->tasks - batch->tasks_submitted;

    if (peer->running && !peer->engine->start) {
        return -EBUSY;
    }
    count = count < left ? count : left;
    if (count % peer->chunk != 0 && count < left) {
        return -EINVAL;
    }
    if (count == 0) {
        return 0;
    }
    if (peer->running) {
        grow(peer, count);
    } else {
        peer->first = batch->tasks_submitted;
        peer->pieces = 0;
        peer->running = true;
        batch->chunk = batch->tasks;
        batch_submit(batch, count);
    }
    peer->started = peer->pieces;
    peer->pieces += count / peer->chunk + (count % peer->chunk != 0);
    return peer->engine->start ? peer->engine->start(peer) : 0;
}

int peer_wait(void *state, unsigned done)
{
    struct peer *peer = state;
    struct batch *batch = peer->batch;
    uint32_t chunk;

    (void)done; /* it is all or nothing */
    if (!peer->running) {
        return 0;
    }
    int r = peer->engine->finish(peer);
    peer->running = false;
    if (r == 0) {
        batch_log(batch, peer->first);
        batch_next(batch, &chunk);
    }
    return r;
}

void peer_close(void *state)
{
    struct peer *peer = state;

    (void)peer_wait(peer, 0);
    if (peer->engine->close) {
        peer->engine->close(peer);
    }
    free(peer);
}

void peer_run(const struct peer *peer, uint32_t piece, unsigned lane)
{
    const struct worker worker = {.owner = lane + 1, .lane = lane, .pipe_fd = -1};
    uint32_t first = peer->first + piece * peer->chunk;
    uint32_t left =
        peer->batch->tasks - first; /* only the last piece of all can be a smaller one */

    worker_run_tasks(peer->batch, &worker, first, peer->chunk < left ? peer->chunk : left);
}

unsigned peer_lane(const struct peer *peer)
{
    static _Atomic unsigned threads;
    static _Thread_local unsigned thread;

    if (thread == 0) {
        thread = atomic_fetch_add(&threads, 1) + 1;
    }
    return (thread - 1) % peer->workers;
}
