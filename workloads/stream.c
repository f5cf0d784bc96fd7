/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained when memory is the limit? Each task streams through arrays of its own that are
 * larger than its share of the caches: more workers help until the memory is busy, whatever they
 * are. The kernels are those of McCalpin's STREAM, in integers, so that the answer is exact. */
#include "workloads/workload.h"

#include <errno.h>
#include <sys/mman.h>

enum { KERNEL, BYTES, ROUNDS };
enum { KERNEL_COPY, KERNEL_ADD };
#define HUGE_PAGE (2u << 20)

static const struct param stream_params[] = {
    {"kernel", PARAM_CHOICE, "copy", 0, 0, "copy add", "c = a, or c = a + b"},
    {"bytes", PARAM_SIZE, "16MiB", 4096, 1ull << 40, NULL, "memory of a task, all arrays together"},
    {"rounds", PARAM_COUNT, "4", 1, 1000000000, NULL, "how often a task streams through it"},
    {.name = NULL},
};

static void stream_once(uint64_t kernel, uint64_t *memory, uint64_t words, uint64_t round)
{
    const uint64_t part = words / (kernel == KERNEL_COPY ? 2 : 3);
    uint64_t *a = memory, *c = memory + part, *b = memory + 2 * part;

    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): 4 KiB at least */
    a[round % part] += round; /* so that no round repeats the one before */
    if (kernel == KERNEL_COPY) {
        for (uint64_t i = 0; i < part; i++) {
            c[i] = a[i];
        }
    } else {
        for (uint64_t i = 0; i < part; i++) {
            c[i] = a[i] + b[i];
        }
    }
    /* Tells the compiler that all of it may be read and written here. */
    __asm__ volatile("" : : "r"(memory) : "memory");
}

static int stream_run(const struct env *env, struct task *task)
{
    const uint64_t kernel = env->args[KERNEL].number, words = env->args[BYTES].number / 8;
    const size_t size = env->args[BYTES].number;
    uint64_t *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        return task_fail(task, -errno, "cannot map: %m");
    }
    /* Faults are the business of `pagefault`: with huge pages there are hardly any. */
    (void)madvise(memory, size, MADV_HUGEPAGE);
    for (uint64_t i = 0; i < words; i++) {
        memory[i] = task->number + i;
    }
    for (uint64_t round = 0; round < env->args[ROUNDS].number; round++) {
        stream_once(kernel, memory, words, round);
    }
    for (uint64_t i = 0; i < words; i += 512) {
        task->value = task->value * 31 + memory[i];
    }
    munmap(memory, size);
    return 0;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "stream",
    .summary = "streams through private memory: its bandwidth",
    .params = stream_params,
    .tasks = 8,
    .run = stream_run,
};
