/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a batch keeps for tasks that fail, and what becomes of a dead worker's tasks. */
#include "base/clock.h"
#include "base/units.h"
#include "trial/batch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

char *batch_payload(const struct batch *batch, uint32_t task)
{
    return batch->payloads + task * batch->env->payload_size;
}

void batch_set_text(struct batch *batch, struct slot *slot, const char *text)
{
    uint32_t i = atomic_load(&batch->counters->texts_used);

    while (i < BATCH_TEXTS &&
           !atomic_compare_exchange_weak(&batch->counters->texts_used, &i, i + 1)) {
    }
    if (i < BATCH_TEXTS) {
        snprintf(batch->texts[i], TASK_TEXT_SIZE, "%s", text);
        slot->text = i + 1;
    }
}

const char *batch_text(const struct batch *batch, const struct slot *slot)
{
    return slot->text ? batch->texts[slot->text - 1] : strerror(-slot->outcome.status);
}

static void lose_task(struct batch *batch, struct slot *slot, bool killed, const char *text)
{
    struct outcome *outcome = &slot->outcome;
    uint64_t now_ns = batch->stamps ? clock_ns() : 0;
    char late[TASK_TEXT_SIZE], limit[UNITS_SIZE];

    outcome->status = -EOWNERDEAD;
    outcome->value = 0; /* the dead one may have got as far as writing it */
    if (outcome->start_ns == 0) {
        outcome->start_ns = now_ns; /* it died before the task began */
    }
    outcome->end_ns = now_ns;
    if (killed && batch->task_limit_ns > 0 && now_ns - outcome->start_ns >= batch->task_limit_ns) {
        snprintf(late, sizeof(late), "timed out after %s",
                 format_duration((double)batch->task_limit_ns, limit));
        outcome->status = -ETIMEDOUT;
        text = late;
    }
    slot->text = 0;
    batch_set_text(batch, slot, text);
    atomic_store_explicit(&slot->state, TASK_LOST, memory_order_release);
}

/* True if tasks of the chunk are left that nobody has begun. */
static bool settle_chunk(struct batch *batch, const struct chunk *chunk, bool inherited,
                         bool killed, const char *text)
{
    bool left = false;

    for (uint32_t i = 0; i < chunk->count; i++) {
        struct slot *slot = &batch->slots[chunk->first + i];
        uint32_t state = atomic_load(&slot->state);

        if (state == TASK_RUNNING || (state == TASK_PENDING && !inherited)) {
            lose_task(batch, slot, killed, text);
        } else if (state == TASK_PENDING) {
            left = true;
        }
    }
    return left;
}

/* Chunks that were claimed and whose end has not been seen. They lie close together, as chunks are
 * claimed in order: a death costs the same however many tasks there are. */
static bool chunk_may_be_open(const struct batch *batch, uint32_t chunk)
{
    return chunk < batch->chunks_submitted &&
           atomic_load(&batch->chunks[chunk].owner) != CHUNK_FREE;
}

void batch_settle(struct batch *batch, uint32_t owner, uint32_t heir, bool killed, const char *text)
{
    uint32_t i;

    /* The log is the truth about which chunks have ended, and the dead one adds nothing to it. */
    while (batch_next(batch, &i)) {
    }
    while (batch->settled < batch->chunks_submitted && batch->chunks[batch->settled].seen) {
        batch->settled++;
    }
    for (i = batch->settled; chunk_may_be_open(batch, i); i++) {
        struct chunk *chunk = &batch->chunks[i];

        if (chunk->seen || atomic_load(&chunk->owner) != owner) {
            continue;
        }
        if (settle_chunk(batch, chunk, heir != CHUNK_FREE, killed, text)) {
            atomic_store(&chunk->owner, heir);
        } else {
            batch_log(batch, i);
        }
    }
}

bool batch_inherit(const struct batch *batch, uint32_t owner, uint32_t *ret_chunk)
{
    for (uint32_t i = batch->settled; chunk_may_be_open(batch, i); i++) {
        if (atomic_load(&batch->chunks[i].owner) == owner) {
            *ret_chunk = i;
            return true;
        }
    }
    return false;
}
