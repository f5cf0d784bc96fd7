/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/shortage.h"

#include "base/memory.h"
#include "base/units.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* A limit, and how many workers it allows at the most. */
struct bound {
    const char *name;
    uint64_t value, workers;
    bool is_size;
};

static void tighten(struct bound *tightest, struct bound bound)
{
    if (bound.workers < tightest->workers) {
        *tightest = bound;
    }
}

/* The number in a file; UINT64_MAX if there is none, as in "max". */
static uint64_t read_number(const char *path)
{
    FILE *file = fopen(path, "re");
    unsigned long long number;
    uint64_t value = file && fscanf(file, "%llu", &number) == 1 ? number : UINT64_MAX;

    if (file) {
        fclose(file);
    }
    return value;
}

/* The tightest pids.max from a folder up to its first `root` bytes. */
static uint64_t walk_pids_max(char *folder, size_t root)
{
    uint64_t most = UINT64_MAX;

    for (;;) {
        char name[PATH_MAX + 16], *slash = strrchr(folder, '/');

        snprintf(name, sizeof(name), "%s/pids.max", folder);
        uint64_t here = read_number(name);
        most = here < most ? here : most;
        if (!slash || slash < folder + root) {
            return most;
        }
        *slash = '\0';
    }
}

/* Of our control group and of those above it: "4:pids:/path" (version 1), "0::/path" (2). */
static uint64_t cgroup_pids_max(void)
{
    FILE *file = fopen("/proc/self/cgroup", "re");
    char line[PATH_MAX], folder[PATH_MAX];
    uint64_t most = UINT64_MAX;

    while (file && fgets(line, sizeof(line), file)) {
        const char *names = strchr(line, ':'), *path = names ? strchr(names + 1, ':') : NULL;
        const char *root = !path                              ? NULL
                           : path == names + 1                ? "/sys/fs/cgroup"
                           : strncmp(names, ":pids:", 6) == 0 ? "/sys/fs/cgroup/pids"
                                                              : NULL;

        if (root && snprintf(folder, sizeof(folder), "%s%.*s", root, (int)strcspn(path + 1, "\n"),
                             path + 1) < (int)sizeof(folder)) {
            uint64_t here = walk_pids_max(folder, strlen(root));
            most = here < most ? here : most;
        }
    }
    if (file) {
        fclose(file);
    }
    return most;
}

/* The option `stack` of threads; 0: the system's default. -1: workers are processes. */
static int find_stack(const struct trial *trial, uint64_t *ret_bytes)
{
    for (size_t i = 0; i < trial->options.count; i++) {
        if (strcmp(trial->options.params[i].name, "stack") == 0) {
            *ret_bytes = trial->options.items[i].number;
            return 0;
        }
    }
    return -1;
}

static void add_thread_bounds(uint64_t stack, struct bound *tightest)
{
    uint64_t maps = read_number("/proc/sys/vm/max_map_count");
    struct rlimit limit;

    if (stack == 0) {
        stack = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY
                    ? limit.rlim_cur
                    : 2u << 20;
    }
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        tighten(tightest,
                (struct bound){"ulimit -v", limit.rlim_cur, limit.rlim_cur / stack, true});
    }
    /* A stack and its guard. */
    tighten(tightest, (struct bound){"vm.max_map_count", maps, maps / 2, false});
}

static void add_task_bounds(struct bound *tightest)
{
    uint64_t group = cgroup_pids_max(), pids = read_number("/proc/sys/kernel/pid_max");
    uint64_t threads = read_number("/proc/sys/kernel/threads-max");
    struct rlimit limit;

    /* The superuser is not held to it. */
    if (geteuid() != 0 && getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        tighten(tightest, (struct bound){"ulimit -u", limit.rlim_cur, limit.rlim_cur, false});
    }
    tighten(tightest, (struct bound){"pids.max of the cgroup", group, group, false});
    tighten(tightest, (struct bound){"kernel.pid_max", pids, pids, false});
    tighten(tightest, (struct bound){"kernel.threads-max", threads, threads, false});
}

void shortage_tell(const struct trial *trial, int error, char text[SHORTAGE_SIZE])
{
    struct bound tightest = {.workers = UINT64_MAX};
    char value[UNITS_SIZE];
    uint64_t stack;
    struct rlimit limit;

    text[0] = '\0';
    if (error == -EMFILE && getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        tightest = (struct bound){"ulimit -n", limit.rlim_cur, 0, false};
    } else if (error == -EAGAIN) {
        add_task_bounds(&tightest);
        if (find_stack(trial, &stack) == 0) {
            add_thread_bounds(stack, &tightest);
        }
    } else if (error == -ENOMEM) {
        bool limited = getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;

        tightest = limited ? (struct bound){"ulimit -v", limit.rlim_cur, 0, true}
                           : (struct bound){"the memory that is left", memory_available(), 0, true};
    }
    if (tightest.name) {
        snprintf(text, SHORTAGE_SIZE, "; %s is %s", tightest.name,
                 tightest.is_size ? format_size(tightest.value, value)
                                  : format_count(tightest.value, value));
    }
}

int shortage_check_stack(const struct trial *trial, char *why)
{
    long least = sysconf(_SC_THREAD_STACK_MIN);
    char asked[UNITS_SIZE], needed[UNITS_SIZE];
    uint64_t stack;

    if (find_stack(trial, &stack) < 0 || stack == 0 || least <= 0 || stack >= (uint64_t)least) {
        return 0;
    }
    snprintf(
        why, TRIAL_WHY_SIZE, "strategy %s: stack: %s is too small for a thread, which needs %s",
        trial->strategy->name, format_size(stack, asked), format_size((uint64_t)least, needed));
    return -EINVAL;
}
