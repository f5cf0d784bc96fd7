/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker of a pool: a thread or a process that serves a batch. The only place where the two
 * pools differ. */
#ifndef TVP_MEMBER_H
#define TVP_MEMBER_H

#include "strategies/process.h"
#include "strategies/strategy.h"
#include "trial/worker.h"

#include <pthread.h>

/* Signs of life of one worker, in shared memory, apart from its neighbours'. */
struct signs {
    alignas(CACHE_LINE) _Atomic uint32_t asleep;
    _Atomic uint32_t born; /* a process: it got as far as looking for tasks */
};

struct member {
    struct crew *crew;
    struct signs *signs; /* of all members, by lane */
    struct worker worker;
    pthread_t thread;
    struct process process;
    int pid_fd; /* channel=shm: tells of the death; -1 otherwise */
};

/* Start a worker that serves crew->batch until it is shut. A process is watched by the batch's
 * bell under its lane as key. On failure nothing is left behind. */
int member_start_thread(struct member *member, size_t stack);
int member_start_process(struct member *member, enum channel channel);

/* Wait for its end. Processes: returns the wait status; now: it is killed first. */
void member_join_thread(struct member *member);
int member_end_process(struct member *member, bool now);

#endif
