/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oneTBB's parallel loop, with the partitioner that it chooses by itself. The caller is one of the
 * workers; the others are ended when the strategy is closed, as ours are. */
#include "peers/peer.h"
#include "peers/tbb_loop.h"

#include <errno.h>

static const struct param options[] = {PEER_CHUNK_PARAM, {0}};

static int open_arena(struct peer *peer)
{
    peer->own = tbb_loop_open(peer->workers);
    return peer->own ? 0 : -EAGAIN;
}

static void run_piece(void *context, uint32_t piece, unsigned lane)
{
    peer_run(context, piece, lane);
}

static int run_all(struct peer *peer)
{
    tbb_loop_run(peer->own, peer->pieces, run_piece, peer);
    return 0;
}

static void close_arena(struct peer *peer)
{
    tbb_loop_close(peer->own);
}

static const struct peer_engine engine = {.chunks = true,
                                          .shares_out = true,
                                          .open = open_arena,
                                          .finish = run_all,
                                          .close = close_arena};

static int tbb_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
}

const struct strategy strategy_tbb = {
    .name = "tbb",
    .summary = "a peer: oneTBB's parallel_for",
    .options = options,
    .traits = TRAIT_KEPT | TRAIT_SHARES_MEMORY,
    .open = tbb_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
