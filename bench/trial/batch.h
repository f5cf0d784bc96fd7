/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch: the tasks of one sample, their queue, their outcomes and the order in which they
 * ended, in memory that threads share and processes map alike. All strategies of ours submit and
 * log their tasks here, and all but pthread, whose threads are born with a task, claim them here;
 * so a difference between them cannot come from here.
 *
 * Properties
 * - Tasks are handed out in order, in chunks. A chunk is known by the number of its first task, and
 * claimed by a compare-and-swap on its owner, which lies in the slot of that task, where the
 * claimer writes anyway; the counter beside it is a hint. The completion log is a list through the
 * same slots, newest first, to which a chunk is added by one compare-and-swap that counts its tasks
 * as well. So whoever is killed, wherever, leaves neither a hole nor a lock: batch_settle() finds
 * what the dead one owned by looking.
 * - A slot has a cache line to itself: where tasks go out one by one, two workers that take turns
 * would wait for each other's lines at every task, and take half as long again.
 * - A task that began is never begun again. A worker killed within a task loses that task alone.
 * - Workers sleep on the futex `submitted`; the caller sleeps in its bell (bell.h), which a
 *   worker rings only when the number waited for has been reached.
 *
 * The struct is private to the caller and inherited by its processes; what its pointers lead to
 * is shared. Only the caller calls functions that change the private part. */
#ifndef TVP_BATCH_H
#define TVP_BATCH_H

#include "trial/bell.h"
#include "workloads/workload.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define CACHE_LINE 128  /* two lines: adjacent ones are fetched in pairs */
#define BATCH_TEXTS 64u /* failures beyond these keep their status but no text */
#define BATCH_CLOSED 0x80000000u
#define BATCH_TASKS_MAX 16777216u /* 2^24 */
#define CHUNK_FREE 0u

enum task_state { TASK_PENDING, TASK_RUNNING, TASK_DONE, TASK_LOST };

/* What a task ended with. */
struct outcome {
    int32_t status; /* 0 or a negative errno */
    uint32_t lane;  /* which worker, from 0 */
    uint64_t value;
    uint64_t start_ns, end_ns; /* clock_ns(); 0 without stamps */
};

struct slot {
    alignas(
        64) _Atomic uint32_t state; /* enum task_state; released after the outcome is complete */
    uint32_t text;                  /* 1 + index into texts, 0: none */
    struct outcome outcome;
    /* Of the chunk that begins with this task: */
    _Atomic uint32_t owner;    /* CHUNK_FREE, or the worker's owner number */
    _Atomic uint32_t previous; /* 1 + the chunk that was logged before it; 0: none */
    uint32_t next;  /* the caller's own: 1 + the chunk that was logged after it; 0: unknown */
    uint32_t count; /* tasks in it; ask batch_count() */
};

/* The counters, apart by who writes them: a worker that logs a chunk goes on to claim the next, so
 * the log and the hint travel between cores together. */
struct counters {
    alignas(CACHE_LINE) _Atomic uint32_t submitted; /* tasks; BATCH_CLOSED: no more will come */
    _Atomic uint32_t wanted;                        /* ended tasks the caller sleeps for */
    _Atomic uint32_t patient; /* that is all there are, and it asks for nothing in between */
    alignas(CACHE_LINE) _Atomic uint64_t logged; /* ended tasks << 32 | 1 + chunk logged last */
    _Atomic uint32_t claim_hint;                 /* tasks below are claimed, or about to be */
    alignas(
        CACHE_LINE) _Atomic uint32_t idle; /* sleeping workers; may be too high, never too low */
    _Atomic uint32_t called; /* of these, woken and not yet awake; may be too low, never too high */
    _Atomic uint32_t texts_used;
};

/* Chunks that a worker has run and not logged yet. Its own, and lost with it: nobody needs it to
 * settle its death. */
struct chain {
    uint32_t oldest, newest; /* 1 + the chunk; between them each slot leads to the one before it */
    uint32_t chunks, tasks;
};

struct batch {
    const struct workload *workload;
    const struct env *env;
    uint32_t tasks;
    uint32_t chunk;         /* tasks handed out at once; 1 unless a strategy says otherwise, before
                             * there are workers: processes keep what they were born with */
    bool stamps;            /* stamp start and end of every task */
    uint64_t task_limit_ns; /* 0: none */

    struct counters *counters;
    struct slot *slots;
    char (*texts)[TASK_TEXT_SIZE];
    char *payloads;
    void *shared; /* the workload's */

    struct bell bell;
    void *mapping;
    size_t mapping_size;
    uint32_t tasks_submitted;
    uint32_t oldest, newest; /* 1 + the chunks that were logged first and last, as far as known */
    uint32_t read;           /* 1 + the chunk that batch_next() told last; 0: none */
    uint32_t read_tasks;     /* tasks in the chunks it has told */
    uint32_t done;           /* tasks that are known to have ended */
    uint32_t settled;        /* tasks below are known to have ended, */
    uint32_t owned;          /* tasks below have an owner, */
    uint32_t hinted;         /* no task from here on ever had one, as far as known */
};

/* Map and touch all memory. payload_size: bytes a task. -ENOMEM: also when more is needed than the
 * machine has left. */
int batch_open(const struct workload *workload, const struct env *env, uint32_t tasks,
               size_t payload_size, struct batch *ret_batch);
void batch_close(struct batch *batch);
/* Forget everything: a new sample begins. No worker may exist. */
void batch_reset(struct batch *batch);

/* Hand out the next count tasks (at most those left) and wake as many idle workers as needed. */
void batch_submit(struct batch *batch, uint32_t count);
/* Nothing more will come: idle workers wake and leave. */
void batch_shut(struct batch *batch);

/* Claim the next chunk for owner (not CHUNK_FREE). False: nothing is left for now. */
bool batch_claim(struct batch *batch, uint32_t owner, uint32_t *ret_chunk);
/* Claim, or log the chain and sleep until there is something to claim. False: shut. */
bool batch_claim_or_sleep(struct batch *batch, uint32_t owner, struct chain *chain,
                          _Atomic uint32_t *asleep, uint32_t *ret_chunk);
/* All tasks of a chunk have ended: log it, and ring the bell if the caller waits for it. */
void batch_log(struct batch *batch, uint32_t chunk);
/* The same, but while the caller is patient, many at once. */
void batch_log_later(struct batch *batch, struct chain *chain, uint32_t chunk);
void batch_log_chain(struct batch *batch, struct chain *chain);

/* Caller: the next chunk in the order of completion, counted into done. False: none yet. */
bool batch_next(struct batch *batch, uint32_t *ret_chunk);
/* Caller: how many tasks have ended, found without reading the log. */
uint32_t batch_ended(const struct batch *batch);
/* Caller: learn what has been logged; from batch->oldest on, chunks lead from one to the next. */
void batch_look(struct batch *batch);
/* Caller: have the bell rung as soon as that many tasks have ended; false if they have. */
bool batch_want(struct batch *batch, uint32_t done);

/* Keep why a task failed; safe from any worker. */
void batch_set_text(struct batch *batch, struct slot *slot, const char *text);
const char *batch_text(const struct batch *batch, const struct slot *slot);
char *batch_payload(const struct batch *batch, uint32_t task);
/* Tasks in a chunk. Single ones are not counted anywhere: to write that down would touch each line
 * once more, and whoever reads it takes the line from the one who gets the task. */
static inline uint32_t batch_count(const struct batch *batch, uint32_t chunk)
{
    return batch->chunk == 1 ? 1 : batch->slots[chunk].count;
}

/* Caller: owner is dead, for the reason in text. The task it was running is lost with
 * -EOWNERDEAD; what else it owned passes to heir (CHUNK_FREE: nobody; such tasks are lost as
 * well). killed: by SIGKILL, as the limit of a task does; one that ran past it has timed out. */
void batch_settle(struct batch *batch, uint32_t owner, uint32_t heir, bool killed,
                  const char *text);
/* Worker process: the chunk that passed to it from a dead one, or false. */
bool batch_inherit(const struct batch *batch, uint32_t owner, uint32_t *ret_chunk);

#endif
