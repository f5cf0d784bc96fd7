/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workers kept for many tasks: thread-pool and process-pool. Both are this code; only the
 * creation of a worker, and what can happen to it, differ. */
#include "strategies/member.h"
#include "trial/channel.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Each pool has one option more, of its own. */
enum { OPTION_CHUNK, OPTION_OF_THREADS, OPTION_OF_PROCESSES = OPTION_OF_THREADS };
#define CHUNK_PARAM                                                                                \
    {                                                                                              \
        "chunk", PARAM_COUNT, "1",                                                                 \
            .min = 1, .max = BATCH_TASKS_MAX,                                                      \
            .help = "tasks that a worker takes at once, as map(chunksize) does",                   \
    }
static const struct param thread_pool_options[] = {CHUNK_PARAM, STACK_PARAM, {0}};
static const struct param process_pool_options[] = {CHUNK_PARAM, CHANNEL_PARAM, {0}};

struct pool {
    struct crew *crew;
    struct batch *batch;
    bool processes, failed;
    enum channel channel;
    unsigned workers;   /* how many there are */
    uint32_t owners;    /* owner numbers given out so far */
    unsigned stillborn; /* the last so many that died had not begun to work */
    struct member *members;
    struct signs *signs;
    size_t signs_size;
};

static int start_member(struct pool *pool, unsigned lane)
{
    struct member *member = &pool->members[lane];

    *member = (struct member){
        .crew = pool->crew,
        .signs = pool->signs,
        .worker = {.owner = ++pool->owners, .lane = lane, .pipe_fd = -1},
        .process = {.pipe_fd = -1},
        .pid_fd = -1,
    };
    return pool->processes
               ? member_start_process(member, pool->channel)
               : member_start_thread(member, pool->crew->options[OPTION_OF_THREADS].number);
}

/* A worker is dead. Its task is lost; a new worker takes its place and the rest of its chunk. */
static int replace_member(struct pool *pool, struct member *member)
{
    uint32_t owner = member->worker.owner, lane = member->worker.lane;
    char text[TASK_TEXT_SIZE];

    /* It may have died after the last look at its pipe, and its results must not die with it. */
    while (pool->channel == CHANNEL_PIPE && channel_receive(&member->process, pool->batch)) {
    }
    bool killed = process_death(member_end_process(member, false), text);
    if (atomic_exchange(&pool->signs[lane].asleep, 0)) {
        atomic_fetch_sub(&pool->batch->counters->idle, 1);
    }
    atomic_store(&pool->batch->counters->called, 0); /* it may have died on its way */
    batch_settle(pool->batch, owner, pool->owners + 1, killed, text);
    /* What keeps as many from beginning as there are places keeps all that would follow. */
    pool->stillborn = atomic_exchange(&pool->signs[lane].born, 0) ? 0 : pool->stillborn + 1;
    /* Each task can kill one worker; when more die, they die of something else, for ever. */
    if (pool->stillborn > pool->workers || pool->owners > pool->workers + pool->batch->tasks) {
        return -ECHILD;
    }
    return start_member(pool, lane);
}

/* Something happened to a process: a result came, or it died. */
static int hear_member(struct pool *pool, uint32_t lane)
{
    struct member *member = &pool->members[lane];

    if (pool->channel == CHANNEL_PIPE && channel_receive(&member->process, pool->batch)) {
        return 0;
    }
    return replace_member(pool, member);
}

/* Nothing has been heard for long: somebody may be dead whose pipe others hold open. */
static int look_around(struct pool *pool)
{
    int r = 0;

    for (unsigned i = 0; r == 0 && pool->processes && i < pool->workers; i++) {
        if (process_has_ended(&pool->members[i].process)) {
            r = replace_member(pool, &pool->members[i]);
        }
    }
    return r;
}

/* The log is left unread: nobody here asks which tasks have ended, and this is timed. */
static int pool_wait(void *state, unsigned done)
{
    struct pool *pool = state;
    struct batch *batch = pool->batch;

    while (batch_want(batch, done)) {
        uint32_t lane = bell_sleep(&batch->bell);
        int r = lane == BELL_RUNG     ? 0
                : lane == BELL_SILENT ? look_around(pool)
                                      : hear_member(pool, lane);

        if (r < 0) {
            pool->crew->reached = pool->workers - 1;
            pool->failed = true;
            return r;
        }
    }
    batch->done = batch_ended(batch);
    return 0;
}

static int pool_submit(void *state, unsigned count)
{
    struct pool *pool = state;

    batch_submit(pool->batch, count);
    return 0;
}

static void pool_free(struct pool *pool)
{
    if (pool->signs) {
        munmap(pool->signs, pool->signs_size);
    }
    free(pool->members);
    free(pool);
}

static void pool_close(void *state)
{
    struct pool *pool = state;

    if (!pool->failed) {
        (void)pool_wait(pool, pool->batch->tasks_submitted);
    }
    batch_shut(pool->batch);
    for (unsigned i = 0; i < pool->workers; i++) {
        struct member *member = &pool->members[i];

        if (!pool->processes) {
            member_join_thread(member);
        } else if (member->process.pid > 0) {
            (void)member_end_process(member, pool->failed);
        }
    }
    pool_free(pool);
}

/* Memory for the members; NULL without any. */
static struct pool *pool_new(struct crew *crew, unsigned workers)
{
    struct pool *pool = calloc(1, sizeof(*pool));

    if (!pool) {
        return NULL;
    }
    pool->crew = crew;
    pool->batch = crew->batch;
    pool->members = calloc(workers, sizeof(*pool->members));
    pool->signs_size = workers * sizeof(*pool->signs);
    void *signs =
        mmap(NULL, pool->signs_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool->signs = signs == MAP_FAILED ? NULL : signs;
    if (!pool->members || !pool->signs) {
        pool_free(pool);
        return NULL;
    }
    return pool;
}

static int pool_open(struct crew *crew, bool processes, void **ret_state)
{
    unsigned workers = crew->workers > 0 ? crew->workers : crew->batch->tasks;
    struct pool *pool = pool_new(crew, workers);

    if (!pool) {
        return -ENOMEM;
    }
    crew->batch->chunk = crew->one_by_one ? 1 : (uint32_t)crew->options[OPTION_CHUNK].number;
    pool->processes = processes;
    pool->channel =
        processes ? (enum channel)crew->options[OPTION_OF_PROCESSES].number : CHANNEL_SHM;
    for (; pool->workers < workers; pool->workers++) {
        int r = start_member(pool, pool->workers);

        if (r < 0) {
            crew->reached = pool->workers;
            pool->failed = true;
            pool_close(pool);
            return r;
        }
    }
    *ret_state = pool;
    return 0;
}

static int thread_pool_open(struct crew *crew, void **ret_state)
{
    return pool_open(crew, false, ret_state);
}

static int process_pool_open(struct crew *crew, void **ret_state)
{
    return pool_open(crew, true, ret_state);
}

const struct strategy strategy_thread_pool = {
    .name = "thread-pool",
    .summary = "threads kept for many tasks",
    .options = thread_pool_options,
    .traits = TRAIT_KEPT | TRAIT_SHARES_MEMORY,
    .open = thread_pool_open,
    .submit = pool_submit,
    .wait = pool_wait,
    .close = pool_close,
};

const struct strategy strategy_process_pool = {
    .name = "process-pool",
    .summary = "processes kept for many tasks",
    .options = process_pool_options,
    .traits = TRAIT_PROCESSES | TRAIT_KEPT | TRAIT_ISOLATES | TRAIT_STOPS_TASKS,
    .open = process_pool_open,
    .submit = pool_submit,
    .wait = pool_wait,
    .close = pool_close,
};
