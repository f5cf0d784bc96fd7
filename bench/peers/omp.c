/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenMP's parallel loop. The caller is one of the workers, as it always is there; the others are
 * ended when the strategy is closed, as ours are, and so do not spin beside other trials. */
#include "peers/peer.h"

#include <errno.h>
#include <omp.h>

enum { OPTION_SCHEDULE = PEER_CHUNK + 1 };
enum { SCHEDULE_DYNAMIC, SCHEDULE_GUIDED, SCHEDULE_STATIC };
static const struct param options[] = {
    PEER_CHUNK_PARAM,
    {"schedule", PARAM_CHOICE, "dynamic", .choices = "dynamic guided static",
     .help = "how pieces are dealt out, as schedule() says"},
    {0},
};

static void end_team(struct peer *peer)
{
    (void)peer;
    (void)omp_pause_resource_all(omp_pause_hard);
}

static int start_team(struct peer *peer)
{
    unsigned team = 0;

    omp_set_dynamic(0);
#pragma omp parallel num_threads(peer->workers) reduction(+ : team)
    team++;
    peer->crew->reached = team;
    if (team < peer->workers) {
        end_team(peer);
        return -EAGAIN;
    }
    return 0;
}

static void run_piece(const struct peer *peer, uint32_t piece)
{
    peer_run(peer, piece, (unsigned)omp_get_thread_num());
}

/* A loop for each schedule: schedule(runtime) would ask for every piece which one it is. */
static int run_all(struct peer *peer)
{
    const uint32_t pieces = peer->pieces;

    switch (peer->crew->options[OPTION_SCHEDULE].number) {
    case SCHEDULE_DYNAMIC:
#pragma omp parallel for schedule(dynamic, 1) num_threads(peer->workers)
        for (uint32_t i = 0; i < pieces; i++) {
            run_piece(peer, i);
        }
        break;
    case SCHEDULE_GUIDED:
#pragma omp parallel for schedule(guided, 1) num_threads(peer->workers)
        for (uint32_t i = 0; i < pieces; i++) {
            run_piece(peer, i);
        }
        break;
    default:
#pragma omp parallel for schedule(static) num_threads(peer->workers)
        for (uint32_t i = 0; i < pieces; i++) {
            run_piece(peer, i);
        }
    }
    return 0;
}

static const struct peer_engine engine = {
    .chunks = true, .open = start_team, .finish = run_all, .close = end_team};
static const struct peer_engine engine_of_shares = {
    .chunks = true, .shares_out = true, .open = start_team, .finish = run_all, .close = end_team};

static int omp_open(struct crew *crew, void **ret_state)
{
    bool dynamic = crew->options[OPTION_SCHEDULE].number == SCHEDULE_DYNAMIC;

    return peer_open(dynamic ? &engine : &engine_of_shares, crew, ret_state);
}

const struct strategy strategy_omp = {
    .name = "omp",
    .summary = "a peer: OpenMP's parallel loop",
    .options = options,
    .traits = TRAIT_KEPT | TRAIT_SHARES_MEMORY,
    .open = omp_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
