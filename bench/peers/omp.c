/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenMP's parallel loop. The caller is one of the workers, as it always is there; the others are
 * ended when the strategy is closed, as ours are, and so do not spin beside other trials. */
#include "peers/peer.h"

#include <errno.h>
#include <omp.h>

enum { OPTION_SCHEDULE = PEER_CHUNK + 1 };
static const struct param options[] = {
    PEER_CHUNK_PARAM,
    {"schedule", PARAM_CHOICE, "dynamic", .choices = "dynamic guided static",
     .help = "how pieces are dealt out, as schedule() says"},
    {0},
};

static int start_team(struct peer *peer)
{
    static const omp_sched_t kinds[] = {omp_sched_dynamic, omp_sched_guided, omp_sched_static};
    omp_sched_t kind = kinds[peer->crew->options[OPTION_SCHEDULE].number];
    unsigned team = 0;

    omp_set_dynamic(0);
    omp_set_schedule(kind, kind == omp_sched_static ? 0 : 1); /* 0: one share each */
#pragma omp parallel num_threads(peer->workers) reduction(+ : team)
    team++;
    peer->crew->reached = team;
    return team == peer->workers ? 0 : -EAGAIN;
}

static int run_all(struct peer *peer)
{
#pragma omp parallel for schedule(runtime) num_threads(peer->workers)
    for (uint32_t i = 0; i < peer->pieces; i++) {
        peer_run(peer, i, (unsigned)omp_get_thread_num());
    }
    return 0;
}

static void end_team(struct peer *peer)
{
    (void)peer;
    (void)omp_pause_resource_all(omp_pause_hard);
}

static const struct peer_engine engine = {
    .chunks = true, .open = start_team, .finish = run_all, .close = end_team};

static int omp_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
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
