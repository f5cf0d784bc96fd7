/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAMES_TRIED 100u /* for the temporary file, if others left theirs behind */
#define TEMPORARY_SIZE 48u
#define TEMPORARY_PATTERN ".tvp-*-*.tmp"

static int write_all(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t written = write(fd, data, size);

        if (written < 0 && errno != EINTR) {
            return -errno;
        }
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

static int folder_open(const char *path, const char **ret_name)
{
    const char *slash = strrchr(path, '/');
    char *folder;
    int fd;

    if (!slash) {
        folder = strdup(".");
    } else {
        /* The slash stays: the folder of "/result.json" is "/". */
        folder = strndup(path, (size_t)(slash - path) + 1);
    }
    if (!folder) {
        return -ENOMEM;
    }
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        fd = -errno;
    } else {
        *ret_name = slash ? slash + 1 : path;
    }
    free(folder);
    return fd;
}

/* Short, whatever the length of the final name. Never follows or overwrites what is there. Locked
 * for who cleans up, and for who wants to go on with the file; some file systems have no locks. */
static int temporary_open(int folder_fd, char name[TEMPORARY_SIZE])
{
    unsigned i;
    int fd = -1;

    for (i = 0; i < NAMES_TRIED; i++) {
        (void)snprintf(name, TEMPORARY_SIZE, ".tvp-%ld-%u.tmp", (long)getpid(), i);
        fd = openat(folder_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (fd >= 0 || errno != EEXIST) {
            break;
        }
    }
    if (fd < 0) {
        return -errno;
    }
    (void)flock(fd, LOCK_EX | LOCK_NB);
    return fd;
}

static int replace_within(int folder_fd, const char *name, const char *text, size_t size,
                          int *ret_fd)
{
    char temporary[TEMPORARY_SIZE];
    int fd = temporary_open(folder_fd, temporary), r;

    if (fd < 0) {
        return fd;
    }
    r = write_all(fd, text, size);
    if (!r && fsync(fd)) {
        r = -errno;
    }
    if (!r && renameat(folder_fd, temporary, folder_fd, name)) {
        r = -errno;
    }
    if (r) {
        (void)close(fd);
        (void)unlinkat(folder_fd, temporary, 0);
        return r;
    }
    *ret_fd = fd;
    /* Some file systems cannot sync a folder; the rename is done all the same. */
    return fsync(folder_fd) && errno != EINVAL ? -errno : 0;
}

int file_replace(const char *path, const char *text, size_t size, int *ret_fd)
{
    const char *name = NULL;
    int folder_fd = folder_open(path, &name), fd = -1, r;

    if (folder_fd < 0) {
        return folder_fd;
    }
    r = replace_within(folder_fd, name, text, size, &fd);
    (void)close(folder_fd);
    if (r == 0 && ret_fd) {
        *ret_fd = fd;
    } else if (fd >= 0) {
        (void)close(fd);
    }
    return r;
}

/* A lock on it is ours for the asking only if its writer is gone. */
static bool is_left_behind(int folder_fd, const char *name)
{
    int fd = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat status;

    if (fd < 0) {
        return false;
    }
    bool left = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
                flock(fd, LOCK_EX | LOCK_NB) == 0;
    (void)close(fd);
    return left;
}

void file_replace_clean(const char *path)
{
    const char *name = NULL;
    const struct dirent *entry;
    int folder_fd = folder_open(path, &name);
    DIR *folder = folder_fd < 0 ? NULL : fdopendir(folder_fd);

    while (folder && (entry = readdir(folder))) {
        if (fnmatch(TEMPORARY_PATTERN, entry->d_name, 0) == 0 &&
            is_left_behind(folder_fd, entry->d_name)) {
            (void)unlinkat(folder_fd, entry->d_name, 0);
        }
    }
    if (folder) {
        (void)closedir(folder);
    } else if (folder_fd >= 0) {
        (void)close(folder_fd);
    }
}
