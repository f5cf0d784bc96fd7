/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libuv's thread pool, one uv_queue_work() a piece. The process has one pool, whose size is read
 * from the environment when it is first used and which ends with the process: after the first
 * sample, open and close cost nothing here. */
#include "peers/peer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

static const struct param options[] = {PEER_CHUNK_PARAM, {0}};

struct pool {
    uv_loop_t loop;
    uv_work_t works[]; /* by piece */
};

static void run_piece(uv_work_t *work)
{
    const struct peer *peer = work->data;
    const struct pool *pool = peer->own;

    peer_run(peer, (uint32_t)(work - pool->works), peer_lane(peer));
}

static int open_loop(struct peer *peer)
{
    size_t pieces = peer->batch->tasks / peer->chunk + 1;
    struct pool *pool = peer->own = calloc(1, sizeof(*pool) + pieces * sizeof(pool->works[0]));
    char size[16];

    snprintf(size, sizeof(size), "%u", peer->workers);
    int r = !pool                                          ? -ENOMEM
            : setenv("UV_THREADPOOL_SIZE", size, true) < 0 ? -errno
                                                           : uv_loop_init(&pool->loop);
    if (r < 0) {
        free(pool);
        return r;
    }
    /* Touched here: ours finds all its memory touched as well. */
    for (size_t i = 0; i < pieces; i++) {
        pool->works[i].data = peer;
    }
    return 0;
}

static int queue_all(struct peer *peer)
{
    struct pool *pool = peer->own;
    int r = 0;

    for (uint32_t i = peer->started; r == 0 && i < peer->pieces; i++) {
        r = uv_queue_work(&pool->loop, &pool->works[i], run_piece, NULL);
    }
    return r;
}

static int wait_for_all(struct peer *peer)
{
    struct pool *pool = peer->own;

    return uv_run(&pool->loop, UV_RUN_DEFAULT);
}

static void close_loop(struct peer *peer)
{
    struct pool *pool = peer->own;

    (void)uv_loop_close(&pool->loop);
    free(pool);
}

static const struct peer_engine engine = {.chunks = true,
                                          .open = open_loop,
                                          .start = queue_all,
                                          .finish = wait_for_all,
                                          .close = close_loop};

static int libuv_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
}

const struct strategy strategy_libuv = {
    .name = "libuv",
    .summary = "a peer: libuv's thread pool, one uv_queue_work() a piece",
    .options = options,
    .traits = TRAIT_KEPT | TRAIT_SHARES_MEMORY,
    .open = libuv_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
