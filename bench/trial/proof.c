/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/proof.h"

#include <errno.h>
#include <stdio.h>

/* The log must lead through every chunk once, and count the tasks in them. A way that ends passes
 * nothing twice; so if it counts as many tasks as there are, it has passed all. */
static int check_log(struct batch *batch, char *why)
{
    uint32_t stations = 0, tasks = 0, counted = batch_ended(batch);

    batch_look(batch);
    for (uint32_t next = batch->oldest; next != 0; next = batch->slots[next - 1].next) {
        if (++stations > batch->tasks) {
            snprintf(why, PROOF_WHY_SIZE, "a chunk is in the completion log twice");
            return -EPROTO;
        }
        tasks += batch_count(batch, next - 1);
    }
    if (tasks != batch->tasks) {
        snprintf(why, PROOF_WHY_SIZE, "%u of %u tasks are in the completion log", tasks,
                 batch->tasks);
        return -EPROTO;
    }
    if (counted != tasks) {
        snprintf(why, PROOF_WHY_SIZE, "the completion log counts %u tasks where there are %u",
                 counted, tasks);
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
