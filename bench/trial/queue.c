/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of a batch: chunks are handed out by the caller and claimed by workers, who sleep when
 * there are none. */
#include "trial/batch.h"

#include "base/futex.h"

/* count calls were answered, or had been for nobody. */
static void lower_called(struct counters *counters, uint32_t count)
{
    uint32_t called = atomic_load(&counters->called);

    while (called > 0 && !atomic_compare_exchange_weak(&counters->called, &called,
                                                       called > count ? called - count : 0)) {
    }
}

/* Who has been woken and is not awake yet will find new chunks without being woken again, which is
 * a system call for every submit. */
static void wake_idle(struct counters *counters, uint32_t fresh)
{
    uint32_t idle = atomic_load(&counters->idle);
    uint32_t called = idle > 0 ? atomic_load(&counters->called) : 0;

    if (idle > called) {
        uint32_t count = fresh < idle - called ? fresh : idle - called;

        atomic_fetch_add(&counters->called, count);
        uint32_t woken = futex_wake(&counters->submitted, count);
        if (woken < count) {
            lower_called(counters, count - woken);
        }
    }
}

void batch_submit(struct batch *batch, uint32_t count)
{
    const uint32_t left = batch->tasks - batch->tasks_submitted, most = batch->chunk;
    uint32_t chunks;

    count = count < left ? count : left;
    for (chunks = most == 1 ? count : 0; most > 1 && count > 0; chunks++) {
        uint32_t *size = &batch->slots[batch->tasks_submitted].count;

        *size = count < most ? count : most;
        batch->tasks_submitted += *size;
        count -= *size;
    }
    batch->tasks_submitted += count;
    /* Who claims one of these sees that the caller may want to know of it alone. */
    atomic_store_explicit(&batch->counters->patient, 0, memory_order_relaxed);
    atomic_store(&batch->counters->submitted, batch->tasks_submitted);

    wake_idle(batch->counters, chunks);
}

void batch_shut(struct batch *batch)
{
    atomic_fetch_or(&batch->counters->submitted, BATCH_CLOSED);
    futex_wake(&batch->counters->submitted, UINT32_MAX);
}

/* Who moves the hint past a chunk is the first to try to own it. It may die in between, or be
 * overtaken where the hint was lowered after a death: only the owner is the truth. */
static bool claim_below(struct batch *batch, uint32_t submitted, uint32_t owner,
                        uint32_t *ret_chunk)
{
    _Atomic uint32_t *hint = &batch->counters->claim_hint;
    uint32_t i = atomic_load_explicit(hint, memory_order_relaxed);

    while (i < submitted) {
        const uint32_t count = batch_count(batch, i);
        uint32_t free = CHUNK_FREE;

        if (!atomic_compare_exchange_weak(hint, &i, i + count)) {
            continue;
        }
        _Atomic uint32_t *place = &batch->slots[i].owner;
        /* Read first: a page that a process writes to before it has read it is faulted in alone,
         * and not with its neighbours. */
        if (atomic_load_explicit(place, memory_order_relaxed) == CHUNK_FREE &&
            atomic_compare_exchange_strong(place, &free, owner)) {
            *ret_chunk = i;
            return true;
        }
        i += count;
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
        lower_called(counters, 1);
        atomic_store(asleep, 0);
        atomic_fetch_sub(&counters->idle, 1);
    }
}
