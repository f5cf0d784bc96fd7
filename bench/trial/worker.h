/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker body: the one piece of code that runs tasks, whoever calls it. What differs between
 * strategies is who that is and when that someone was made, nothing else. */
#ifndef TVP_WORKER_H
#define TVP_WORKER_H

#include "trial/batch.h"

#include <time.h>

/* Who runs. Private to the worker. */
struct worker {
    uint32_t owner;             /* never CHUNK_FREE and never used again after a death */
    uint32_t lane;              /* place among the workers that live at the same time, from 0 */
    int pipe_fd;                /* results leave by this pipe; -1: they are written in place */
    char *payload;              /* pipe: where a payload is built before it is sent */
    const timer_t *limit_timer; /* kills this process when a task runs too long; NULL: cannot */
};

/* Run the tasks of a chunk that this worker owns and that nobody has begun, and log it. */
void worker_run_chunk(struct batch *batch, const struct worker *worker, uint32_t chunk);

/* The same without the log, and of a part that begins anywhere if no pipe takes the results, which
 * would lead to a chunk of that number: for engines that are not ours and know themselves what has
 * ended. */
void worker_run_tasks(struct batch *batch, const struct worker *worker, uint32_t first,
                      uint32_t count);

/* Run chunks until the batch is shut, asleep whenever there is none. asleep: in shared memory,
 * true while the worker sleeps. */
void worker_serve(struct batch *batch, const struct worker *worker, _Atomic uint32_t *asleep);

#endif
