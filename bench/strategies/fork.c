/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new process for every task, at most crew->workers alive at once. */
#include "strategies/lanes.h"
#include "strategies/process.h"
#include "trial/channel.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

enum { OPTION_CHANNEL };
static const struct param fork_options[] = {CHANNEL_PARAM, {0}};

/* The process of one task. */
struct child {
    struct process process;
    uint32_t lane;
};

struct forker {
    struct crew *crew;
    struct batch *batch;
    enum channel channel;
    struct lanes lanes;
    struct child *children; /* by task number, which is the chunk's number */
    uint32_t started, ended, last_reaped;
    bool failed; /* a process could not be created: start no more */
};

static void run_one(struct batch *batch, const struct worker *worker, void *argument)
{
    (void)argument;
    worker_run_chunk(batch, worker, worker->owner - 1);
}

static int start_children(struct forker *forker)
{
    struct batch *batch = forker->batch;
    uint32_t chunk;

    while (!forker->failed && forker->started < batch->tasks_submitted && forker->lanes.count > 0) {
        uint32_t number = forker->started;
        struct child *child = &forker->children[number];

        batch_claim(batch, number + 1, &chunk);
        child->lane = lanes_take(&forker->lanes);
        int r = process_start(forker->crew, number + 1, child->lane, forker->channel, run_one, NULL,
                              &child->process);
        if (r == 0 && forker->channel == CHANNEL_PIPE) {
            r = bell_watch(&batch->bell, child->process.pipe_fd, number);
        }
        if (r < 0) {
            process_kill(&child->process);
            forker->crew->reached = forker->started - forker->ended;
            forker->failed = true;
            return r;
        }
        forker->started++;
    }
    return 0;
}

/* One more child has been reaped. If it did not log its task, that died with it. */
static void child_ended(struct forker *forker, uint32_t number, int wait_status)
{
    struct batch *batch = forker->batch;
    char text[TASK_TEXT_SIZE];
    uint32_t chunk;

    if (wait_status != 0 || atomic_load(&batch->slots[number].state) != TASK_DONE) {
        bool killed = process_death(wait_status, text);

        batch_settle(batch, number + 1, CHUNK_FREE, killed, text);
    }
    lanes_give(&forker->lanes, forker->children[number].lane);
    forker->ended++;
    while (batch_next(batch, &chunk)) {
    }
}

/* Who that was. Children mostly end in the order in which they began, so the search begins
 * behind the one found last. */
static bool find_child(struct forker *forker, pid_t pid, uint32_t *ret_number)
{
    for (uint32_t i = 0; i < forker->started; i++) {
        uint32_t number = (forker->last_reaped + 1 + i) % forker->started;

        if (forker->children[number].process.pid == pid) {
            *ret_number = forker->last_reaped = number;
            return true;
        }
    }
    return false;
}

/* channel=shm: the death of the child is the news, and waiting for it is what fork costs; a
 * pidfd for each would add 8 %. Any child is waited for, because a task may have left our process
 * group. So a workload's helper that dies meanwhile is reaped here (see workload.h), and so is what
 * tasks left behind when the trial is a subreaper. */
static int reap_one(struct forker *forker)
{
    uint32_t number;
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, 0)) < 0 && errno == EINTR) {
    }
    if (pid < 0) {
        return -errno;
    }
    if (find_child(forker, pid, &number)) {
        forker->children[number].process.pid = 0;
        child_ended(forker, number, status);
    }
    return 0;
}

static void end_piped(struct forker *forker, uint32_t number)
{
    struct process *process = &forker->children[number].process;

    (void)channel_receive(process, forker->batch);
    bell_unwatch(&forker->batch->bell, process->pipe_fd);
    child_ended(forker, number, process_reap(process));
}

/* channel=pipe: the result arrives before the death. If none does and what the task has left behind
 * holds its pipe open, the death is found by looking. */
static int receive_one(struct forker *forker)
{
    uint32_t number = bell_sleep(&forker->batch->bell);

    for (uint32_t i = 0; number == BELL_SILENT && i < forker->started; i++) {
        if (process_has_ended(&forker->children[i].process)) {
            end_piped(forker, i);
        }
    }
    if (number < forker->started) {
        end_piped(forker, number);
    }
    return 0;
}

static int fork_wait(void *state, unsigned done)
{
    struct forker *forker = state;
    int r = 0;

    while (r == 0 && forker->ended < done) {
        r = forker->channel == CHANNEL_PIPE ? receive_one(forker) : reap_one(forker);
        if (r == 0) {
            r = start_children(forker);
        }
    }
    return r;
}

static int fork_submit(void *state, unsigned count)
{
    struct forker *forker = state;

    batch_submit(forker->batch, count);
    return start_children(forker);
}

static void fork_close(void *state)
{
    struct forker *forker = state;

    if (!forker->failed) {
        (void)fork_wait(forker, forker->batch->tasks_submitted);
    }
    for (uint32_t i = 0; i < forker->started; i++) {
        process_kill(&forker->children[i].process);
    }
    lanes_release(&forker->lanes);
    free(forker->children);
    free(forker);
}

static int fork_open(struct crew *crew, void **ret_state)
{
    struct batch *batch = crew->batch;
    struct forker *forker = calloc(1, sizeof(*forker));

    if (!forker) {
        return -ENOMEM;
    }
    batch->chunk = 1;
    forker->crew = crew;
    forker->batch = batch;
    forker->channel = (enum channel)crew->options[OPTION_CHANNEL].number;
    forker->children = calloc(batch->tasks, sizeof(*forker->children));
    int r = lanes_init(&forker->lanes, crew->workers > 0 ? crew->workers : batch->tasks);
    if (r < 0 || !forker->children) {
        lanes_release(&forker->lanes);
        free(forker->children);
        free(forker);
        return -ENOMEM;
    }
    *ret_state = forker;
    return 0;
}

const struct strategy strategy_fork = {
    .name = "fork",
    .summary = "a new process for every task",
    .options = fork_options,
    .traits = TRAIT_PROCESSES | TRAIT_ISOLATES | TRAIT_STOPS_TASKS,
    .open = fork_open,
    .submit = fork_submit,
    .wait = fork_wait,
    .close = fork_close,
};
