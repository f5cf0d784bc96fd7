/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The baseline: the caller runs the tasks itself, one after the other, through the same queue,
 * body and log as everybody else. */
#include "strategies/strategy.h"
#include "trial/worker.h"

#define OWNER 1u

static int serial_open(struct crew *crew, void **ret_state)
{
    crew->batch->chunk = 1;
    *ret_state = crew->batch;
    return 0;
}

static int serial_submit(void *state, unsigned count)
{
    batch_submit(state, count);
    return 0;
}

static int serial_wait(void *state, unsigned done)
{
    const struct worker worker = {.owner = OWNER, .pipe_fd = -1};
    struct batch *batch = state;
    uint32_t chunk;

    while (batch_ended(batch) < done && batch_claim(batch, OWNER, &chunk)) {
        worker_run_chunk(batch, &worker, chunk);
    }
    batch->done = batch_ended(batch);
    return 0;
}

static void serial_close(void *state)
{
    struct batch *batch = state;

    serial_wait(batch, batch->tasks_submitted);
}

const struct strategy strategy_serial = {
    .name = "serial",
    .summary = "one task after the other, by the caller itself: the baseline",
    .traits = TRAIT_SHARES_MEMORY | TRAIT_CALLER,
    .open = serial_open,
    .submit = serial_submit,
    .wait = serial_wait,
    .close = serial_close,
};
