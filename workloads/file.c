/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained when tasks write and read files? Each writes one, reads it back and removes
 * it: workers meet in the kernel, at the folder and at the disk, and nowhere else. */
#include "workloads/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum { BYTES, FSYNC };

/* 16 KiB, because it lies on the stack of the worker, which may have 64 KiB in all. */
#define PIECE_WORDS 2048u

static const struct param file_params[] = {
    {"bytes", PARAM_SIZE, "256KiB", 1, 1ull << 40, NULL, "size of one file"},
    {"fsync", PARAM_CHOICE, "no", 0, 0, "no yes", "whether to wait for the disk"},
    {.name = NULL},
};

static size_t piece_size(uint64_t left)
{
    return left < PIECE_WORDS * sizeof(uint64_t) ? left : PIECE_WORDS * sizeof(uint64_t);
}

static int file_write(const struct env *env, struct task *task, int fd, uint64_t *piece)
{
    const uint64_t bytes = env->args[BYTES].number;
    ssize_t written;

    for (uint64_t offset = 0; offset < bytes; offset += (uint64_t)written) {
        const size_t size = piece_size(bytes - offset);

        for (unsigned i = 0; i < PIECE_WORDS; i++) {
            piece[i] = (task->number + 1) * 0x9e3779b97f4a7c15u + offset + i;
        }
        written = write(fd, piece, size);
        if (written < 0) {
            return task_fail(task, -errno, "cannot write: %m");
        }
        if ((size_t)written < size) {
            return task_fail(task, -EIO, "wrote %zd of %zu bytes", written, size);
        }
    }
    if (env->args[FSYNC].number == 1 && fsync(fd) != 0) {
        return task_fail(task, -errno, "cannot fsync: %m");
    }
    return 0;
}

/* The digest is FNV-1a, 64 bits at a time; the last word of a file is filled up with zeros. */
static int file_digest(const struct env *env, struct task *task, int fd, uint64_t *piece)
{
    const uint64_t bytes = env->args[BYTES].number;
    uint64_t digest = 0xcbf29ce484222325u;
    ssize_t got;

    for (uint64_t offset = 0; offset < bytes; offset += (uint64_t)got) {
        const size_t size = piece_size(bytes - offset);

        piece[(size - 1) / sizeof(uint64_t)] = 0;
        got = pread(fd, piece, size, (off_t)offset);
        if (got < 0) {
            return task_fail(task, -errno, "cannot read: %m");
        }
        if ((size_t)got < size) {
            return task_fail(task, -EIO, "read %zd of %zu bytes", got, size);
        }
        for (unsigned i = 0; i * sizeof(uint64_t) < size; i++) {
            digest = (digest ^ piece[i]) * 0x100000001b3u;
        }
    }
    task->value = digest;
    return 0;
}

static int file_run(const struct env *env, struct task *task)
{
    uint64_t piece[PIECE_WORDS];
    char path[PATH_MAX];

    if (snprintf(path, sizeof(path), "%s/%u", env->scratch, task->number) >= (int)sizeof(path)) {
        return task_fail(task, -ENAMETOOLONG, "the path of the scratch folder is too long");
    }
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0) {
        return task_fail(task, -errno, "cannot create: %m");
    }
    int r = file_write(env, task, fd, piece);

    if (r == 0) {
        r = file_digest(env, task, fd, piece);
    }
    if (close(fd) != 0 && r == 0) {
        r = task_fail(task, -errno, "cannot close: %m");
    }
    if (unlink(path) != 0 && r == 0) {
        r = task_fail(task, -errno, "cannot remove: %m");
    }
    return r;
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "file",
    .summary = "writes a file, reads it back and digests it",
    .params = file_params,
    .tasks = 16,
    .needs_scratch = true,
    .run = file_run,
};
