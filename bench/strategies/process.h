/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worker processes: how they begin, and how their end is told. */
#ifndef TVP_PROCESS_H
#define TVP_PROCESS_H

#include "strategies/strategy.h"
#include "trial/worker.h"

#include <sys/types.h>

/* The option `channel` of both process strategies. */
enum channel { CHANNEL_SHM, CHANNEL_PIPE };
#define CHANNEL_PARAM                                                                              \
    {                                                                                              \
        "channel", PARAM_CHOICE, "shm",                                                            \
            .choices = "shm pipe",                                                                 \
            .help = "how results come back: written in shared memory, or copied through a pipe",   \
    }

/* What a worker process does between its birth and its _exit(0). */
typedef void process_body(struct batch *batch, const struct worker *worker, void *argument);

struct process {
    pid_t pid;   /* 0: none */
    int pipe_fd; /* the caller's end of its result pipe, non-blocking; -1: channel=shm */
};

/* Fork a worker. It dies with the caller, is pinned as the crew says, and has a timer for the
 * limit of its tasks. On failure nothing is left behind. The caller must have no other threads. */
int process_start(const struct crew *crew, uint32_t owner, uint32_t lane, enum channel channel,
                  process_body *body, void *argument, struct process *ret_process);
/* Wait for its end and forget it; returns its wait status, 0 if somebody else reaped it. */
int process_reap(struct process *process);
/* Has it ended? It stays to be reaped. */
bool process_has_ended(const struct process *process);
/* End it at once, whatever it does, and reap it. Copes with none. */
void process_kill(struct process *process);

/* "killed by SIGSEGV", "exited with status 3". True: by SIGKILL, perhaps at a task's limit. */
bool process_death(int wait_status, char text[TASK_TEXT_SIZE]);

#endif
