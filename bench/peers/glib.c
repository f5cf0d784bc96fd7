/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib's thread pool, one push a piece. It cannot be waited for, so who uses it counts, as here. */
#include "peers/peer.h"

#include <errno.h>
#include <glib.h>

static const struct param options[] = {PEER_CHUNK_PARAM, {0}};

struct pool {
    GThreadPool *threads;
    gint ended;  /* pieces */
    gint wanted; /* pieces that are waited for; 0: nobody waits */
    GMutex mutex;
    GCond over;
};

static void run_piece(gpointer data, gpointer context)
{
    const struct peer *peer = context;
    struct pool *pool = peer->own;

    peer_run(peer, GPOINTER_TO_UINT(data) - 1, peer_lane(peer)); /* 0 would be NULL */
    if (g_atomic_int_add(&pool->ended, 1) + 1 == g_atomic_int_get(&pool->wanted)) {
        g_mutex_lock(&pool->mutex);
        g_cond_signal(&pool->over);
        g_mutex_unlock(&pool->mutex);
    }
}

static int open_pool(struct peer *peer)
{
    struct pool *pool = peer->own = g_new0(struct pool, 1);
    GError *error = NULL;

    pool->threads = g_thread_pool_new(run_piece, peer, (gint)peer->workers, TRUE, &error);
    /* There is a pool all the same, with the threads that could be had. */
    if (error) {
        peer->crew->reached = g_thread_pool_get_num_threads(pool->threads);
        g_thread_pool_free(pool->threads, TRUE, TRUE);
        g_error_free(error);
        g_free(pool);
        return -EAGAIN;
    }
    return 0;
}

static int push_all(struct peer *peer)
{
    struct pool *pool = peer->own;

    for (uint32_t i = peer->started; i < peer->pieces; i++) {
        g_thread_pool_push(pool->threads, GUINT_TO_POINTER(i + 1), NULL);
    }
    return 0;
}

static int wait_for_all(struct peer *peer)
{
    struct pool *pool = peer->own;

    g_atomic_int_set(&pool->wanted, (gint)peer->pieces);
    g_mutex_lock(&pool->mutex);
    while (g_atomic_int_get(&pool->ended) < (gint)peer->pieces) {
        g_cond_wait(&pool->over, &pool->mutex);
    }
    g_mutex_unlock(&pool->mutex);
    g_atomic_int_set(&pool->wanted, 0);
    g_atomic_int_set(&pool->ended, 0);
    return 0;
}

static void close_pool(struct peer *peer)
{
    struct pool *pool = peer->own;

    g_thread_pool_free(pool->threads, FALSE, TRUE);
    g_free(pool);
}

static const struct peer_engine engine = {.chunks = true,
                                          .open = open_pool,
                                          .start = push_all,
                                          .finish = wait_for_all,
                                          .close = close_pool};

static int glib_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
}

const struct strategy strategy_glib = {
    .name = "glib",
    .summary = "a peer: GLib's GThreadPool, one push a piece",
    .options = options,
    .traits = TRAIT_KEPT | TRAIT_SHARES_MEMORY,
    .open = glib_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
