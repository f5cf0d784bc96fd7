/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the adapters share that put other people's engines behind the strategy contract. A peer
 * hands out tasks in its own way and knows in its own way when they have ended, so our queue and
 * our log stay out of it: to them, all that is submitted at once is a single chunk, which the
 * caller logs when the peer says that it is over. The tasks run in the same body as everybody's,
 * which writes the same outcomes, so the values are checked as all are. */
#ifndef TVP_PEER_H
#define TVP_PEER_H

#include "strategies/strategy.h"

enum { PEER_CHUNK }; /* the first option of every peer that has options */
#define PEER_CHUNK_PARAM                                                                           \
    {                                                                                              \
        "chunk", PARAM_COUNT, "1",                                                                 \
            .min = 1, .max = BATCH_TASKS_MAX,                                                      \
            .help = "tasks in a piece of work, of which the peer knows nothing further",           \
    }

struct peer {
    const struct peer_engine *engine;
    struct crew *crew;
    struct batch *batch;
    unsigned workers;
    uint32_t chunk;   /* tasks in a piece */
    uint32_t first;   /* task of what has been submitted and not been waited for, */
    uint32_t pieces;  /* and pieces in it, */
    uint32_t started; /* of which so many had been handed out by earlier submits */
    bool running;     /* there is something to be waited for */
    void *own;        /* the adapter's, as it likes */
};

/* What an adapter has to say. Each returns 0 or a negative errno. */
struct peer_engine {
    bool chunks;                      /* the strategy has the option chunk, as its first */
    bool shares_out;                  /* a worker may be given pieces that follow each other */
    int (*open)(struct peer *peer);   /* NULL: nothing to do; leaves nothing behind if it fails */
    int (*start)(struct peer *peer);  /* hand out pieces from peer->started to peer->pieces; called
                                         for every submit; NULL: finish() does it, for one */
    int (*finish)(struct peer *peer); /* return when all pieces have ended */
    void (*close)(struct peer *peer); /* NULL: nothing to do */
};

/* For the strategy: its open() names the engine, the others are these. -EOPNOTSUPP: workers are to
 * be pinned, which peers do not do, or tasks wait for each other that one worker may be given.
 * -EBUSY: submitted again, to an engine without start(), before it was waited for; -EINVAL:
 * submitted in parts that are no whole pieces. */
int peer_open(const struct peer_engine *engine, struct crew *crew, void **ret_state);
int peer_submit(void *state, unsigned count);
int peer_wait(void *state, unsigned done);
void peer_close(void *state);

/* Any thread: run the tasks of a piece. lane: who it is, from 0 to workers - 1. */
void peer_run(const struct peer *peer, uint32_t piece, unsigned lane);
/* A lane for a thread of an engine that does not number its threads. */
unsigned peer_lane(const struct peer *peer);

extern const struct strategy strategy_bare_fork;
extern const struct strategy strategy_bare_loop;
extern const struct strategy strategy_bare_pthread;
extern const struct strategy strategy_glib;
extern const struct strategy strategy_libuv;
extern const struct strategy strategy_omp;
extern const struct strategy strategy_tbb;

#endif
