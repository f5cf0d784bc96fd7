/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock is one on the file itself, so it ends with its holder and leaves nothing behind. A save
 * brings another file under the same name; it is locked before it has that name, and the old one is
 * let go of after. */
#include "record/record_file.h"

#include "record/complaint.h"
#include "record/document.h"
#include "record/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 8u /* while another file takes the name of the one that was opened */

static bool same_file(int fd, const char *path)
{
    struct stat ours, there;

    return fstat(fd, &ours) == 0 && stat(path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

/* The descriptor of a regular file that is locked and still at path; -EBUSY, -EAGAIN: it was
 * replaced meanwhile; else what the system said. */
static int open_locked(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC), r = 0;
    struct stat status;

    if (fd < 0) {
        return -errno;
    }
    if (fstat(fd, &status) < 0) {
        r = -errno;
    } else if (S_ISDIR(status.st_mode)) {
        r = -EISDIR;
    } else if (!S_ISREG(status.st_mode)) {
        r = -EINVAL;
    } else if (flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
        r = -EBUSY;
    } else if (!same_file(fd, path)) {
        r = -EAGAIN;
    }
    if (r < 0) {
        (void)close(fd);
    }
    return r < 0 ? r : fd;
}

static int open_at_last(const char *path)
{
    int fd = -EAGAIN;

    for (unsigned i = 0; fd == -EAGAIN && i < TRIES; i++) {
        fd = open_locked(path);
    }
    return fd == -EAGAIN ? -EBUSY : fd;
}

int record_file_begin(const char *path, struct record_file *ret_file)
{
    int fd = open_at_last(path);

    if (fd == -EBUSY || fd == -ELOOP) {
        return fd;
    }
    /* What cannot be read can be replaced all the same. */
    *ret_file = (struct record_file){.path = path, .fd = fd < 0 ? -1 : fd, .fresh = fd == -ENOENT};
    return 0;
}

static int open_complain(int error, char *why)
{
    switch (error) {
    case -EBUSY:
        return complain(why, error, "is being written by another run");
    case -EISDIR:
        return complain(why, error, "is a folder, not a result file");
    case -EINVAL:
        return complain(why, error, "is not a regular file");
    case -ELOOP:
        return complain(why, error, "is a symbolic link: name the file itself");
    default:
        return complain(why, error, "cannot be opened: %s", strerror(-error));
    }
}

int record_file_resume(const char *path, struct record_file *ret_file, struct record *ret_record,
                       char *why)
{
    int fd = open_at_last(path);

    if (fd < 0) {
        return open_complain(fd, why);
    }
    int r = record_load(path, ret_record, why);
    if (r < 0) {
        (void)close(fd);
        return r;
    }
    file_replace_clean(path);
    *ret_file = (struct record_file){.path = path, .fd = fd};
    return 0;
}

int record_file_save(struct record_file *file, const struct record *record)
{
    struct stat there;
    int fd = -1;

    if (stat(file->path, &there) == 0 &&
        (file->fd >= 0 ? !same_file(file->fd, file->path) : file->fresh)) {
        return -ESTALE;
    }
    int r = document_save(record, file->path, &fd);
    if (r == 0) {
        record_file_end(file);
        file->fd = fd;
    }
    return r;
}

void record_file_end(struct record_file *file)
{
    if (file->path && file->fd >= 0) {
        (void)close(file->fd);
    }
    file->fd = -1;
}
