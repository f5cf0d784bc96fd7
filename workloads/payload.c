/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does it cost to hand back a large result? Threads leave it where it is, processes may
 * have to copy it. Making the bytes is as cheap as can be, so that moving them shows. */
#include "workloads/workload.h"

#include <errno.h>
#include <string.h>
#include <time.h>

static const struct param payload_params[] = {
    {"bytes", PARAM_SIZE, "1MiB", 1, 1ull << 30, NULL, "result of one task"},
    {.name = NULL},
};

static size_t payload_bytes(const struct env *env)
{
    return env->args[0].number;
}

/* The shared state is one mark, new with every sample, that goes into every word. So bytes left
 * over from the sample before cannot pass for bytes that were delivered. */
static int payload_reset(const struct env *env)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    *(uint64_t *)env->shared = (uint64_t)now.tv_sec << 30 | (uint64_t)now.tv_nsec;
    return 0;
}

static uint64_t word_at(unsigned number, uint64_t mark, size_t offset)
{
    return ((number + 1) * 0xbf58476d1ce4e5b9u + offset * 0x9e3779b97f4a7c15u) ^ mark;
}

static int payload_run(const struct env *env, struct task *task)
{
    const uint64_t mark = *(const uint64_t *)env->shared;
    const size_t tail = payload_bytes(env) % sizeof(mark), body = payload_bytes(env) - tail;
    const uint64_t last = word_at(task->number, mark, body);
    char *payload = task->payload;
    uint64_t checksum = last ^ mark;

    for (size_t offset = 0; offset < body; offset += sizeof(mark)) {
        const uint64_t word = word_at(task->number, mark, offset);

        memcpy(payload + offset, &word, sizeof(word));
        checksum = (checksum << 1 | checksum >> 63) + (word ^ mark);
    }
    memcpy(payload + body, &last, tail);
    task->value = checksum;
    return 0;
}

/* Whether any word of the payload of a task is not what the task made. No early end, and a sum in
 * the place of a product, so that the compiler can look at many words at once: after every sample
 * all bytes are looked at, and that should take no time worth telling. */
static bool payload_is_wrong(const struct env *env, unsigned number)
{
    const uint64_t mark = *(const uint64_t *)env->shared;
    const uint64_t step = word_at(0, 0, sizeof(mark)) - word_at(0, 0, 0);
    const size_t tail = payload_bytes(env) % sizeof(mark), body = payload_bytes(env) - tail;
    const char *payload = env->payloads + number * payload_bytes(env);
    const uint64_t last = word_at(number, mark, body);
    uint64_t expected = word_at(number, 0, 0), wrong = 0;

    for (size_t offset = 0; offset < body; offset += sizeof(mark)) {
        uint64_t word;

        memcpy(&word, payload + offset, sizeof(word));
        wrong |= word ^ mark ^ expected;
        expected += step;
    }
    return wrong != 0 || memcmp(payload + body, &last, tail) != 0;
}

/* Where the payload of a task is not what the task made; its size if it is. */
static size_t payload_differs(const struct env *env, unsigned number)
{
    const uint64_t mark = *(const uint64_t *)env->shared;
    const size_t tail = payload_bytes(env) % sizeof(mark), body = payload_bytes(env) - tail;
    const char *payload = env->payloads + number * payload_bytes(env);
    const uint64_t last = word_at(number, mark, body);

    for (size_t offset = 0; offset < body; offset += sizeof(mark)) {
        uint64_t word;

        memcpy(&word, payload + offset, sizeof(word));
        if (word != word_at(number, mark, offset)) {
            return offset;
        }
    }
    return memcmp(payload + body, &last, tail) != 0 ? body : payload_bytes(env);
}

/* Looks at every byte, since a pipe may lose any of them. */
static int payload_check(const struct env *env, struct finding *ret_finding, char *text)
{
    (void)ret_finding;
    for (unsigned n = 0; n < env->tasks; n++) {
        if (payload_is_wrong(env, n)) {
            snprintf(text, TASK_TEXT_SIZE, "payload of task %u is wrong at byte %zu", n,
                     payload_differs(env, n));
            return -EILSEQ;
        }
    }
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "payload",
    .summary = "returns many bytes: the cost of moving a result",
    .params = payload_params,
    .tasks = 8,
    .shared_size = sizeof(uint64_t),
    .payload_size = payload_bytes,
    .reset = payload_reset,
    .run = payload_run,
    .check = payload_check,
};
