/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strategies of tvp-trial-peers: our own, the limits, and the peers that this machine has. */
#include "peers/peer.h"

const struct strategy *const strategies[] = {
    &strategy_serial,
    &strategy_pthread,
    &strategy_fork,
    &strategy_thread_pool,
    &strategy_process_pool,
    &strategy_serial_thread,
    &strategy_bare_loop,
    &strategy_bare_pthread,
    &strategy_bare_fork,
#ifdef PEER_OMP
    &strategy_omp,
#endif
#ifdef PEER_TBB
    &strategy_tbb,
#endif
#ifdef PEER_GLIB
    &strategy_glib,
#endif
#ifdef PEER_LIBUV
    &strategy_libuv,
#endif
    NULL,
};
