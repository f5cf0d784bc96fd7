/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/batch.h"

#include "base/futex.h"
#include "base/memory.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define NOBODY UINT32_MAX /* counters.wanted: the caller is not asleep */
#define CHAIN_MOST 64u    /* beyond that, one line more for each chunk is nothing */

/* Carve size bytes out of the mapping, on cache lines of their own. */
static void *carve(char *base, size_t *offset, size_t size)
{
    void *p = base ? base + *offset : NULL;

    *offset += (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    return p;
}

/* Called twice: without a mapping to learn its size, then with one to place the parts. */
static size_t batch_place(struct batch *batch, char *base, size_t payload_size)
{
    size_t offset = 0;

    batch->counters = carve(base, &offset, sizeof(*batch->counters));
    batch->chunks = carve(base, &offset, batch->tasks * sizeof(*batch->chunks));
    batch->slots = carve(base, &offset, batch->tasks * sizeof(*batch->slots));
    batch->texts = carve(base, &offset, BATCH_TEXTS * sizeof(*batch->texts));
    batch->shared = carve(base, &offset, batch->workload->shared_size);
    /* Last, so that batch_reset() can leave it alone. */
    batch->payloads = carve(base, &offset, batch->tasks * payload_size);
    return offset;
}

int batch_open(const struct workload *workload, const struct env *env, uint32_t tasks,
               size_t payload_size, struct batch *ret_batch)
{
    struct batch batch = {.workload = workload, .env = env, .tasks = tasks, .chunk = 1};
    size_t payloads;

    if (tasks == 0 || tasks > BATCH_TASKS_MAX ||
        __builtin_mul_overflow(payload_size, tasks, &payloads) || payloads > SIZE_MAX / 2) {
        return -EINVAL;
    }
    batch.mapping_size = batch_place(&batch, NULL, payload_size);
    /* All of it is touched: what does not fit, the system would take from somebody by force. */
    if (batch.mapping_size > memory_available()) {
        return -ENOMEM;
    }
    batch.mapping = mmap(NULL, batch.mapping_size, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (batch.mapping == MAP_FAILED) {
        return -errno;
    }
    batch_place(&batch, batch.mapping, payload_size);
    int r = bell_open(&batch.bell);
    if (r < 0) {
        munmap(batch.mapping, batch.mapping_size);
        return r;
    }
    *ret_batch = batch;
    batch_reset(ret_batch);
    return 0;
}

void batch_close(struct batch *batch)
{
    if (batch->mapping) {
        bell_close(&batch->bell);
        munmap(batch->mapping, batch->mapping_size);
        batch->mapping = NULL;
    }
}

void batch_reset(struct batch *batch)
{
    memset(batch->mapping, 0, (size_t)(batch->payloads - (char *)batch->mapping));
    atomic_store(&batch->counters->wanted, NOBODY);
    batch->tasks_submitted = batch->chunks_submitted = 0;
    batch->oldest = batch->newest = batch->read = batch->read_tasks = batch->done = 0;
    batch->settled = batch->owned = batch->hinted = 0;
}

void batch_submit(struct batch *batch, uint32_t count)
{
    uint32_t left = batch->tasks - batch->tasks_submitted;
    uint32_t before = batch->chunks_submitted;

    count = count < left ? count : left;
    while (count > 0) {
        struct chunk *chunk = &batch->chunks[batch->chunks_submitted++];

        chunk->first = batch->tasks_submitted;
        chunk->count = count < batch->chunk ? count : batch->chunk;
        batch->tasks_submitted += chunk->count;
        count -= chunk->count;
    }
    /* Who claims one of these sees that the caller may want to know of it alone. */
    atomic_store_explicit(&batch->counters->patient, 0, memory_order_relaxed);
    atomic_store(&batch->counters->submitted, batch->chunks_submitted);

    uint32_t idle = atomic_load(&batch->counters->idle);
    if (idle > 0) {
        uint32_t fresh = batch->chunks_submitted - before;

        futex_wake(&batch->counters->submitted, fresh < idle ? fresh : idle);
    }
}

void batch_shut(struct batch *batch)
{
    atomic_fetch_or(&batch->counters->submitted, BATCH_CLOSED);
    futex_wake(&batch->counters->submitted, UINT32_MAX);
}

void batch_log_chain(struct batch *batch, struct chain *chain)
{
    struct counters *counters = batch->counters;
    uint64_t seen, mine;

    if (chain->chunks == 0) {
        return;
    }
    seen = atomic_load_explicit(&counters->logged, memory_order_relaxed);
    /* A count that only grows: no two states of the log are alike. */
    do {
        atomic_store_explicit(&batch_head(batch, chain->oldest - 1)->previous, (uint32_t)seen,
                              memory_order_relaxed);
        mine = ((seen >> 32) + chain->tasks) << 32 | chain->newest;
    } while (!atomic_compare_exchange_weak(&counters->logged, &seen, mine));
    *chain = (struct chain){0};
    if (mine >> 32 >= atomic_load(&counters->wanted) &&
        atomic_exchange(&counters->wanted, NOBODY) != NOBODY) {
        bell_ring(&batch->bell);
    }
}

void batch_log(struct batch *batch, uint32_t chunk)
{
    struct chain one = {chunk + 1, chunk + 1, 1, batch->chunks[chunk].count};

    batch_log_chain(batch, &one);
}

void batch_log_later(struct batch *batch, struct chain *chain, uint32_t chunk)
{
    if (chain->chunks == 0) {
        chain->oldest = chunk + 1;
    } else {
        atomic_store_explicit(&batch_head(batch, chunk)->previous, chain->newest,
                              memory_order_relaxed);
    }
    chain->newest = chunk + 1;
    chain->chunks++;
    chain->tasks += batch->chunks[chunk].count;
    if (chain->chunks == CHAIN_MOST ||
        !atomic_load_explicit(&batch->counters->patient, memory_order_relaxed)) {
        batch_log_chain(batch, chain);
    }
}

/* Who moves the hint past a chunk is the first to try to own it. It may die in between, or be
 * overtaken where the hint was lowered after a death: only the owner is the truth. */
static bool claim_below(struct batch *batch, uint32_t submitted, uint32_t owner,
                        uint32_t *ret_chunk)
{
    _Atomic uint32_t *hint = &batch->counters->claim_hint;
    uint32_t i = atomic_load_explicit(hint, memory_order_relaxed);

    while (i < submitted) {
        uint32_t free = CHUNK_FREE;

        if (!atomic_compare_exchange_weak(hint, &i, i + 1)) {
            continue;
        }
        _Atomic uint32_t *place = &batch_head(batch, i)->owner;
        /* Read first: a page that a process writes to before it has read it is faulted in alone,
         * and not with its neighbours. */
        if (atomic_load_explicit(place, memory_order_relaxed) == CHUNK_FREE &&
            atomic_compare_exchange_strong(place, &free, owner)) {
            *ret_chunk = i;
            return true;
        }
        i++;
    }
    return false;
}

bool batch_claim(struct batch *batch, uint32_t owner, uint32_t *ret_chunk)
{
    uint32_t submitted = atomic_load(&batch->counters->submitted) & ~BATCH_CLOSED;

    return claim_below(batch, submitted, owner, ret_chunk);
}

bool batch_claim_or_sleep(struct batch *batch, uint32_t owner, struct chain *chain,
                          _Atomic uint32_t *asleep, uint32_t *ret_chunk)
{
    struct counters *counters = batch->counters;

    for (;;) {
        uint32_t submitted = atomic_load(&counters->submitted);

        if (claim_below(batch, submitted & ~BATCH_CLOSED, owner, ret_chunk)) {
            return true;
        }
        batch_log_chain(batch, chain);
        if (submitted & BATCH_CLOSED) {
            return false;
        }
        /* Counted before flagged and unflagged before uncounted: a worker killed in between
         * leaves the count too high, which costs a needless wake-up; too low would hang. */
        atomic_fetch_add(&counters->idle, 1);
        atomic_store(asleep, 1);
        futex_wait(&counters->submitted, submitted);
        atomic_store(asleep, 0);
        atomic_fetch_sub(&counters->idle, 1);
    }
}

uint32_t batch_ended(const struct batch *batch)
{
    return (uint32_t)(atomic_load(&batch->counters->logged) >> 32);
}

bool batch_want(struct batch *batch, uint32_t done)
{
    struct counters *counters = batch->counters;

    if (batch->done >= done) {
        return false;
    }
    /* With stamps the order of completion is told, and it must be the true one. */
    atomic_store_explicit(&counters->patient, done >= batch->tasks_submitted && !batch->stamps,
                          memory_order_relaxed);
    atomic_store(&counters->wanted, done);
    /* A worker logs first and looks at wanted after; so one of the two sees the other. */
    if (batch_ended(batch) >= done) {
        atomic_store(&counters->wanted, NOBODY);
        return false;
    }
    return true;
}
