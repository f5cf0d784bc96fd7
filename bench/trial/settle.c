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
static bool settle_chunk(struct batch *batch, uint32_t chunk, bool inherited, bool killed,
                         const char *text)
{
    bool left = false;

    for (uint32_t i = chunk; i < chunk + batch_count(batch, chunk); i++) {
        struct slot *slot = &batch->slots[i];
        uint32_t state = atomic_load(&slot->state);

        if (state == TASK_RUNNING || (state == TASK_PENDING && !inherited)) {
            lose_task(batch, slot, killed, text);
        } else if (state == TASK_PENDING) {
            left = true;
        }
    }
    return left;
}

/* After batch_look(). */
static bool chunk_has_ended(const struct batch *batch, uint32_t chunk)
{
    return batch->newest == chunk + 1 || batch->slots[chunk].next != 0;
}

static uint32_t chunk_owner(const struct batch *batch, uint32_t chunk)
{
    return atomic_load(&batch->slots[chunk].owner);
}

/* Between which chunks the dead can have owned any: claimed in order, they lie close together, and
 * a death costs the same however many tasks there are. */
static void find_open_chunks(struct batch *batch)
{
    const uint32_t hint = atomic_load(&batch->counters->claim_hint);

    batch_look(batch);
    while (batch->settled < batch->tasks_submitted && chunk_has_ended(batch, batch->settled)) {
        batch->settled += batch_count(batch, batch->settled);
    }
    batch->hinted = hint > batch->hinted ? hint : batch->hinted;
}

/* The dead one may have moved the hint past a chunk, and not have come to own it. Who is alive in
 * that moment still may: then it is there first, or finds out that it is not. */
static void reopen_claims(struct batch *batch)
{
    _Atomic uint32_t *hint = &batch->counters->claim_hint;
    uint32_t now = atomic_load(hint);

    while (batch->owned < now && chunk_owner(batch, batch->owned) != CHUNK_FREE) {
        batch->owned += batch_count(batch, batch->owned);
    }
    while (now > batch->owned && !atomic_compare_exchange_weak(hint, &now, batch->owned)) {
    }
    batch->hinted = now > batch->hinted ? now : batch->hinted;
}

void batch_settle(struct batch *batch, uint32_t owner, uint32_t heir, bool killed, const char *text)
{
    find_open_chunks(batch);
    for (uint32_t i = batch->settled; i < batch->hinted; i += batch_count(batch, i)) {
        if (chunk_owner(batch, i) != owner || chunk_has_ended(batch, i)) {
            continue;
        }
        if (settle_chunk(batch, i, heir != CHUNK_FREE, killed, text)) {
            atomic_store(&batch->slots[i].owner, heir);
        } else {
            batch_log(batch, i);
        }
    }
    reopen_claims(batch);
}

bool batch_inherit(const struct batch *batch, uint32_t owner, uint32_t *ret_chunk)
{
    for (uint32_t i = batch->settled; i < batch->hinted; i += batch_count(batch, i)) {
        if (chunk_owner(batch, i) == owner) {
            *ret_chunk = i;
            return true;
        }
    }
    return false;
}
