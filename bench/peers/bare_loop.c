/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No engine at all: the caller runs the tasks in a loop. What serial takes longer is the price of
 * our queue and log. */
#include "peers/peer.h"

static int run_all(struct peer *peer)
{
    for (uint32_t i = 0; i < peer->pieces; i++) {
        peer_run(peer, i, 0);
    }
    return 0;
}

static int take_all_at_once(struct peer *peer)
{
    peer->chunk = peer->batch->tasks;
    return 0;
}

static const struct peer_engine engine = {.open = take_all_at_once, .finish = run_all};

static int bare_loop_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
}

const struct strategy strategy_bare_loop = {
    .name = "bare-loop",
    .summary = "a limit: the caller runs the tasks in a plain loop, without our queue and log",
    .traits = TRAIT_SHARES_MEMORY | TRAIT_CALLER,
    .open = bare_loop_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
