/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing but pthread_create() and pthread_join(): what a thread for every task costs at the least.
 * As many as there are workers are alive at once; the oldest is joined first. */
#include "peers/peer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct thread {
    const struct peer *peer;
    pthread_t id;
    uint32_t piece;
    unsigned lane;
};

static void *run_piece(void *argument)
{
    const struct thread *thread = argument;

    peer_run(thread->peer, thread->piece, thread->lane);
    return NULL;
}

static int make_room(struct peer *peer)
{
    peer->own = calloc(peer->workers, sizeof(struct thread));
    return peer->own ? 0 : -ENOMEM;
}

static int run_all(struct peer *peer)
{
    struct thread *threads = peer->own;
    uint32_t created = 0, joined = 0;
    int r = 0;

    while (joined < created || (r == 0 && created < peer->pieces)) {
        unsigned lane = created % peer->workers;

        if (r < 0 || created == peer->pieces || created - joined == peer->workers) {
            pthread_join(threads[joined++ % peer->workers].id, NULL);
            continue;
        }
        threads[lane] = (struct thread){.peer = peer, .piece = created, .lane = lane};
        r = -pthread_create(&threads[lane].id, NULL, run_piece, &threads[lane]);
        created += r == 0;
    }
    return r;
}

static void free_room(struct peer *peer)
{
    free(peer->own);
}

static const struct peer_engine engine = {.open = make_room, .finish = run_all, .close = free_room};

static int bare_pthread_open(struct crew *crew, void **ret_state)
{
    return peer_open(&engine, crew, ret_state);
}

const struct strategy strategy_bare_pthread = {
    .name = "bare-pthread",
    .summary = "a limit: pthread_create() and pthread_join() for every task and nothing else",
    .traits = TRAIT_SHARES_MEMORY,
    .open = bare_pthread_open,
    .submit = peer_submit,
    .wait = peer_wait,
    .close = peer_close,
};
