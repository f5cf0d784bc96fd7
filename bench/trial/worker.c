/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/worker.h"

#include "base/clock.h"
#include "base/units.h"
#include "trial/channel.h"

#include <errno.h>
#include <unistd.h>

static void limit_arm(const struct worker *worker, uint64_t limit_ns)
{
    struct itimerspec limit = {.it_value = {.tv_sec = (time_t)(limit_ns / 1000000000u),
                                            .tv_nsec = (long)(limit_ns % 1000000000u)}};

    (void)timer_settime(*worker->limit_timer, 0, &limit, NULL);
}

/* A thread cannot be stopped, so its overlong task is told about when it has ended. */
static int overran(const struct batch *batch, uint64_t took_ns, struct task *task)
{
    char took[UNITS_SIZE], limit[UNITS_SIZE];

    return task_fail(task, -ETIME, "took %s, limit %s: could not be stopped",
                     format_duration((double)took_ns, took),
                     format_duration((double)batch->task_limit_ns, limit));
}

/* The result leaves by the pipe. */
static void send_result(struct batch *batch, const struct worker *worker, uint32_t chunk,
                        const struct outcome *outcome, const struct task *task)
{
    if (channel_send(worker, batch, chunk, outcome, task) < 0) {
        _exit(1); /* the caller is gone, or will see this death */
    }
}

/* since_ns: when the task before it ended, which is when this one starts; 0: some time ago. Returns
 * the same for the next one. */
static uint64_t run_task(struct batch *batch, const struct worker *worker, uint32_t chunk,
                         uint32_t number, uint64_t since_ns)
{
    struct slot *slot = &batch->slots[number];
    bool by_pipe = worker->pipe_fd >= 0;
    bool limited = batch->task_limit_ns > 0 && worker->limit_timer;
    struct task task; /* not zeroed as a whole: the text is long and mostly unused */

    task.number = number;
    task.value = 0;
    task.payload = by_pipe ? worker->payload : batch_payload(batch, number);
    task.text[0] = '\0';
    const uint64_t start_ns = batch->stamps && since_ns == 0 ? clock_ns() : since_ns;
    slot->outcome.lane = worker->lane;
    slot->outcome.start_ns = start_ns;
    atomic_store_explicit(&slot->state, TASK_RUNNING, memory_order_release);
    if (limited) {
        limit_arm(worker, batch->task_limit_ns);
    }
    int status = batch->workload->run(batch->env, &task);
    if (limited) {
        limit_arm(worker, 0);
    }
    const uint64_t end_ns = batch->stamps ? clock_ns() : 0;
    if (status == 0 && batch->task_limit_ns > 0 && end_ns - start_ns > batch->task_limit_ns) {
        status = overran(batch, end_ns - start_ns, &task);
    }
    if (by_pipe) {
        const struct outcome outcome = {status, worker->lane, task.value, start_ns, end_ns};

        send_result(batch, worker, chunk, &outcome, &task);
        return 0; /* sending is no part of the next task */
    }
    /* One by one: put together on the stack and copied, wide loads would wait in the store buffer
     * for narrow stores, which takes as long as all the rest of an empty task. */
    slot->outcome.status = status;
    slot->outcome.value = task.value;
    slot->outcome.end_ns = end_ns;
    if (task.text[0] != '\0') {
        batch_set_text(batch, slot, task.text);
    }
    atomic_store_explicit(&slot->state, TASK_DONE, memory_order_release);
    return task.text[0] != '\0' ? 0 : end_ns;
}

void worker_run_tasks(struct batch *batch, const struct worker *worker, uint32_t first,
                      uint32_t count)
{
    uint64_t since_ns = 0;

    for (uint32_t i = first; i < first + count; i++) {
        if (atomic_load_explicit(&batch->slots[i].state, memory_order_relaxed) == TASK_PENDING) {
            since_ns = run_task(batch, worker, first, i, since_ns);
        }
    }
}

void worker_run_chunk(struct batch *batch, const struct worker *worker, uint32_t chunk)
{
    worker_run_tasks(batch, worker, chunk, batch_count(batch, chunk));
    if (worker->pipe_fd < 0) {
        batch_log(batch, chunk);
    }
}

void worker_serve(struct batch *batch, const struct worker *worker, _Atomic uint32_t *asleep)
{
    struct chain chain = {0};
    uint32_t chunk;

    while (batch_claim_or_sleep(batch, worker->owner, &chain, asleep, &chunk)) {
        worker_run_tasks(batch, worker, chunk, batch_count(batch, chunk));
        if (worker->pipe_fd < 0) {
            batch_log_later(batch, &chain, chunk);
        }
    }
}
