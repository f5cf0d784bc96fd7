/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/batch.h"

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
    batch->tasks_submitted = 0;
    batch->oldest = batch->newest = batch->read = batch->read_tasks = batch->done = 0;
    batch->settled = batch->owned = batch->hinted = 0;
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
        atomic_store_explicit(&batch->slots[chain->oldest - 1].previous, (uint32_t)seen,
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
    struct chain one = {chunk + 1, chunk + 1, 1, batch_count(batch, chunk)};

    batch_log_chain(batch, &one);
}

void batch_log_later(struct batch *batch, struct chain *chain, uint32_t chunk)
{
    if (chain->chunks == 0) {
        chain->oldest = chunk + 1;
    } else {
        atomic_store_explicit(&batch->slots[chunk].previous, chain->newest, memory_order_relaxed);
    }
    chain->newest = chunk + 1;
    chain->chunks++;
    chain->tasks += batch_count(batch, chunk);
    if (chain->chunks == CHAIN_MOST ||
        !atomic_load_explicit(&batch->counters->patient, memory_order_relaxed)) {
        batch_log_chain(batch, chain);
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
