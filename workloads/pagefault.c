/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does fresh memory cost, page by page? Each task maps pages, touches them and unmaps them:
 * the kernel hands out and clears every one, to threads in one address space or to processes in
 * one each. */
#include "workloads/workload.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES, ROUNDS };

static const struct param pagefault_params[] = {
    {"pages", PARAM_COUNT, "128", 1, 1ull << 28, NULL, "pages that are mapped at once"},
    {"rounds", PARAM_COUNT, "4", 1, 1000000000, NULL, "mappings of a task, one after the other"},
    {.name = NULL},
};

static int map_and_touch(struct task *task, size_t pages, size_t page, uint64_t round)
{
    unsigned char *memory =
        mmap(NULL, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        return task_fail(task, -errno, "cannot map: %m");
    }
    /* One fault a page is what is counted here, also where huge pages are always on. */
    (void)madvise(memory, pages * page, MADV_NOHUGEPAGE);
    for (size_t i = 0; i < pages; i++) {
        volatile unsigned char *byte = &memory[i * page];

        /* Written first: reading would map the page of zeros, and writing fault once more. */
        *byte = (unsigned char)(task->number + round + i);
        task->value += *byte;
    }
    return munmap(memory, pages * page) == 0 ? 0 : task_fail(task, -errno, "cannot unmap: %m");
}

static int pagefault_run(const struct env *env, struct task *task)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int r = 0;

    for (uint64_t i = 0; i < env->args[ROUNDS].number && r == 0; i++) {
        r = map_and_touch(task, env->args[PAGES].number, page, i);
    }
    return r;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "pagefault",
    .summary = "maps fresh pages, touches each and unmaps them",
    .params = pagefault_params,
    .tasks = 8,
    .run = pagefault_run,
};
