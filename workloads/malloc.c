/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does memory cost that is taken and given back all the time? Large pieces are mapped and
 * unmapped: threads queue for their one address space, and each piece that goes away has to be
 * forgotten by the other cores too. Processes have an address space each. */
#include "workloads/workload.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { BYTES, TOUCH, ROUNDS };

/* So large that glibc maps every piece anew, whatever it has learned from those before (its
 * threshold grows up to 32 MiB), and hardly touched: filling it would take longer than mapping. */
static const struct param malloc_params[] = {
    {"bytes", PARAM_SIZE, "128MB", 1, 1ull << 40, NULL, "size of a piece"},
    {"touch", PARAM_SIZE, "4KiB", 1, 1ull << 40, NULL, "how much of it is written, at most all"},
    {"rounds", PARAM_COUNT, "100", 1, 1000000000, NULL, "pieces of a task, one after the other"},
    {.name = NULL},
};

/* Writes one byte a page, and adds up what it reads back. */
static uint64_t piece_touch(volatile unsigned char *piece, uint64_t bytes, uint64_t mark)
{
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t sum = 0;

    for (uint64_t offset = 0; offset < bytes; offset += page) {
        piece[offset] = (unsigned char)(mark + offset / page);
        sum += piece[offset];
    }
    return sum;
}

static int malloc_run(const struct env *env, struct task *task)
{
    const uint64_t bytes = env->args[BYTES].number, touch = env->args[TOUCH].number;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < env->args[ROUNDS].number; i++) {
        unsigned char *piece = malloc(bytes);

        if (!piece) {
            return task_fail(task, -ENOMEM, "cannot allocate: %m");
        }
        sum += piece_touch(piece, touch < bytes ? touch : bytes, task->number + i);
        free(piece);
    }
    task->value = sum;
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "malloc",
    .summary = "allocates memory, touches some of it and frees it",
    .params = malloc_params,
    .tasks = 8,
    .run = malloc_run,
};
