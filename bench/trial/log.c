/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The completion log as the caller reads it: workers only add to its newest end. */
#include "trial/batch.h"

void batch_look(struct batch *batch)
{
    const uint32_t newest = (uint32_t)atomic_load(&batch->counters->logged);
    uint32_t after = 0;

    /* From the newest back to what is known, each learns who came after it. A log that bites its
     * own tail, which only a strategy that logs twice can make, is for proof_check() to tell. */
    uint32_t chunk = newest;
    for (uint32_t n = 0; chunk != batch->newest && chunk != 0 && n < batch->tasks_submitted; n++) {
        batch->slots[chunk - 1].next = after;
        after = chunk;
        chunk = atomic_load_explicit(&batch->slots[chunk - 1].previous, memory_order_relaxed);
    }
    if (after != 0 && batch->newest != 0) {
        batch->slots[batch->newest - 1].next = after;
    } else if (after != 0) {
        batch->oldest = after;
    }
    batch->newest = newest;
}

static uint32_t unread(const struct batch *batch)
{
    return batch->read ? batch->slots[batch->read - 1].next : batch->oldest;
}

bool batch_next(struct batch *batch, uint32_t *ret_chunk)
{
    if (unread(batch) == 0) {
        batch_look(batch);
    }
    if (unread(batch) == 0) {
        return false;
    }
    batch->read = unread(batch);
    batch->read_tasks += batch_count(batch, batch->read - 1);
    if (batch->done < batch->read_tasks) {
        batch->done = batch->read_tasks;
    }
    *ret_chunk = batch->read - 1;
    return true;
}
