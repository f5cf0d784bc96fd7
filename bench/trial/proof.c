/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/proof.h"

#include <errno.h>
#include <stdio.h>

/* The log must have every chunk once, and count the tasks in them. */
static int check_log(struct batch *batch, char *why)
{
    uint32_t logged = 0;

    for (uint32_t i = 0; i < batch->chunks_submitted; i++) {
        uint64_t entry = atomic_load(&batch->log[i]);
        uint32_t number = (uint32_t)entry - 1;

        if (entry == 0 || number >= batch->chunks_submitted) {
            snprintf(why, PROOF_WHY_SIZE, "the completion log ends after %u chunks", i);
            return -EPROTO;
        }
        if (batch->chunks[number].proven) {
            snprintf(why, PROOF_WHY_SIZE, "chunk %u is in the completion log twice", number);
            return -EPROTO;
        }
        batch->chunks[number].proven = 1;
        logged += batch->chunks[number].count;
        if (entry >> 32 != logged) {
            snprintf(why, PROOF_WHY_SIZE, "the completion log counts %u tasks where there are %u",
                     (uint32_t)(entry >> 32), logged);
            return -EPROTO;
        }
    }
    if (logged != batch->tasks) {
        snprintf(why, PROOF_WHY_SIZE, "%u of %u tasks are in the completion log", logged,
                 batch->tasks);
        return -EPROTO;
    }
    return 0;
}

int proof_check(struct batch *batch, char *why)
{
    for (uint32_t i = 0; i < batch->tasks; i++) {
        uint32_t state = atomic_load(&batch->slots[i].state);

        if (state != TASK_DONE && state != TASK_LOST) {
            snprintf(why, PROOF_WHY_SIZE, "task %u has not ended", i);
            return -EPROTO;
        }
    }
    return check_log(batch, why);
}
