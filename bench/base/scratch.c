/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/scratch.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 32u
#define TRIES 8
#define ROUNDS_MAX 100 /* somebody may still be writing into it */
#define RANDOM "XXXXXX"

static const char *const kinds[] = {"tvp-run-", "tvp-trial-", NULL};

static void remove_entries(int folder_fd, dev_t device, unsigned depth);

static void remove_entry(int folder_fd, const char *name, dev_t device, unsigned depth)
{
    if (unlinkat(folder_fd, name, 0) == 0 || (errno != EISDIR && errno != EPERM)) {
        return;
    }
    int fd = openat(folder_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) {
        remove_entries(fd, device, depth + 1);
        close(fd);
    }
    (void)unlinkat(folder_fd, name, AT_REMOVEDIR);
}

/* System calls alone, and no memory but the stack: this also happens in a signal handler. Other
 * file systems that are mounted below are left alone, and links are never followed. */
static void remove_entries(int folder_fd, dev_t device, unsigned depth)
{
    alignas(struct dirent64) char buffer[2048];
    struct stat status;
    ssize_t size;

    if (depth > DEPTH_MAX || fstat(folder_fd, &status) < 0 || status.st_dev != device ||
        lseek(folder_fd, 0, SEEK_SET) < 0) {
        return;
    }
    while ((size = getdents64(folder_fd, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; at < size;) {
            const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);

            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
                remove_entry(folder_fd, entry->d_name, device, depth);
            }
            at += entry->d_reclen;
        }
    }
}

static void remove_tree(int parent_fd, const char *name, int folder_fd)
{
    struct stat status;

    if (fstat(folder_fd, &status) < 0) {
        return;
    }
    for (int i = 0; i < ROUNDS_MAX; i++) {
        remove_entries(folder_fd, status.st_dev, 0);
        if (unlinkat(parent_fd, name, AT_REMOVEDIR) == 0 || errno != ENOTEMPTY) {
            return;
        }
    }
}

static bool is_scratch(const char *name)
{
    for (const char *const *kind = kinds; *kind; kind++) {
        size_t length = strlen(*kind);

        if (strncmp(name, *kind, length) == 0 && strlen(name) == length + strlen(RANDOM)) {
            const char *p = name + length;

            while (isalnum((unsigned char)*p)) {
                p++;
            }
            return *p == '\0';
        }
    }
    return false;
}

/* Ours, made as we make them, and nobody holds it. */
static void remove_stale(int parent_fd, const char *name)
{
    int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;

    if (fd < 0) {
        return;
    }
    if (fstat(fd, &status) == 0 && status.st_uid == geteuid() && (status.st_mode & 0777) == 0700 &&
        flock(fd, LOCK_EX | LOCK_NB) == 0) {
        remove_tree(parent_fd, name, fd);
    }
    close(fd);
}

static void remove_all_stale(const char *parent)
{
    DIR *folder = opendir(parent);
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        if (is_scratch(entry->d_name)) {
            remove_stale(dirfd(folder), entry->d_name);
        }
    }
    if (folder) {
        closedir(folder);
    }
}

/* 0; 1: somebody took it for a stale one before it was locked, so make another. Where folders
 * cannot be locked, nobody can lock a stale one either. */
static int lock(struct scratch *scratch)
{
    scratch->lock_fd = open(scratch->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (scratch->lock_fd < 0) {
        return errno == ENOENT ? 1 : -errno;
    }
    bool taken = flock(scratch->lock_fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    if (taken || access(scratch->path, F_OK) < 0) {
        close(scratch->lock_fd);
        return 1;
    }
    return 0;
}

int scratch_make(const char *parent, const char *kind, struct scratch *ret_scratch)
{
    const char *standard = getenv("TMPDIR");
    int r = 1;

    parent = parent ? parent : standard && *standard ? standard : "/tmp";
    remove_all_stale(parent);
    for (int i = 0; r == 1 && i < TRIES; i++) {
        *ret_scratch = (struct scratch){.lock_fd = -1};
        if (snprintf(ret_scratch->path, PATH_MAX, "%s/tvp-%s-" RANDOM, parent, kind) >= PATH_MAX) {
            ret_scratch->path[0] = '\0';
            return -ENAMETOOLONG;
        }
        r = mkdtemp(ret_scratch->path) ? lock(ret_scratch) : -errno;
    }
    return r > 0 ? -EEXIST : r;
}

void scratch_remove(struct scratch *scratch)
{
    if (scratch->path[0] == '\0' || scratch->lock_fd < 0) {
        return;
    }
    remove_tree(AT_FDCWD, scratch->path, scratch->lock_fd);
    close(scratch->lock_fd);
    scratch->lock_fd = -1;
    scratch->path[0] = '\0';
}
