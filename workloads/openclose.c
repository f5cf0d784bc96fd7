/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does it cost that threads share one table of descriptors? Each task opens and closes a file
 * of its own, over and over: what workers have in common is the table, if they are threads, and the
 * kernel in any case. */
#include "workloads/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum { TIMES };

static const struct param openclose_params[] = {
    {"times", PARAM_COUNT, "500", 1, 1000000000, NULL, "how often a task opens its file"},
    {.name = NULL},
};

static int open_and_close(const char *path, struct task *task, uint64_t times)
{
    for (; task->value < times; task->value++) {
        const int fd = open(path, O_RDONLY | O_CLOEXEC);

        if (fd < 0) {
            return task_fail(task, -errno, "cannot open: %m");
        }
        if (close(fd) != 0) {
            return task_fail(task, -errno, "cannot close: %m");
        }
    }
    return 0;
}

static int openclose_run(const struct env *env, struct task *task)
{
    char path[PATH_MAX];

    if (snprintf(path, sizeof(path), "%s/%u", env->scratch, task->number) >= (int)sizeof(path)) {
        return task_fail(task, -ENAMETOOLONG, "the path of the scratch folder is too long");
    }
    /* It is there already if the task was killed in an earlier sample. */
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0) {
        return task_fail(task, -errno, "cannot create: %m");
    }
    close(fd);
    int r = open_and_close(path, task, env->args[TIMES].number);

    if (unlink(path) != 0 && r == 0) {
        r = task_fail(task, -errno, "cannot remove: %m");
    }
    return r;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "openclose",
    .summary = "opens and closes a file of its own, over and over",
    .params = openclose_params,
    .tasks = 8,
    .needs_scratch = true,
    .run = openclose_run,
};
