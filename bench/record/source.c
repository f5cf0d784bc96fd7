/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/source.h"

#include "record/complaint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opening must not hang on a FIFO, nor do anything to a device. */
static int regular_open(const char *path, char *why)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), r;

    if (fd < 0) {
        r = -errno;
        return complain(why, r, "cannot be opened: %s", strerror(-r));
    }
    if (fstat(fd, &status)) {
        r = -errno;
        (void)complain(why, r, "cannot be read: %s", strerror(-r));
    } else if (S_ISDIR(status.st_mode)) {
        r = complain(why, -EISDIR, "is a folder, not a result file");
    } else if (!S_ISREG(status.st_mode)) {
        r = complain(why, -EPROTO, "is not a regular file (\"-\" reads a pipe)");
    } else {
        return fd;
    }
    (void)close(fd);
    return r;
}

int source_open(const char *path, struct source *ret_source, char *why)
{
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : regular_open(path, why);

    if (fd < 0) {
        return fd;
    }
    *ret_source = (struct source){.fd = fd};
    return 0;
}

static ssize_t bytes_read(int fd, char *buffer, size_t size, char *why)
{
    ssize_t n;

    do {
        n = read(fd, buffer, size);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        int r = -errno;

        return complain(why, r, "cannot be read: %s", strerror(-r));
    }
    return n;
}

/* JSON never begins with this; every page does, after blanks and a byte order mark. */
static bool begins_page(const char *buffer, size_t size)
{
    size_t i = size >= 3 && memcmp(buffer, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (i < size && buffer[i] && strchr(" \t\r\n", buffer[i])) {
        i++;
    }
    return i < size && buffer[i] == '<';
}

ssize_t source_read(struct source *source, char *buffer, size_t size, char *why)
{
    ssize_t n;

    do {
        n = bytes_read(source->fd, buffer, size, why);
        if (n > 0 && !source->begun) {
            source->begun = true;
            source->page = begins_page(buffer, (size_t)n);
        }
        if (n == 0 && source->page && !source->embedded.found) {
            return complain(why, -EPROTO, "is a page that holds no result file");
        }
        if (n > 0 && source->page) {
            size_t length = embedded_extract(&source->embedded, buffer, (size_t)n);

            if (length > 0) {
                return (ssize_t)length;
            }
        }
    } while (n > 0 && source->page);
    return n;
}

bool source_exceeds(const struct source *source, uint64_t size)
{
    struct stat status;

    return fstat(source->fd, &status) == 0 && S_ISREG(status.st_mode) &&
           source->fd != STDIN_FILENO && (uint64_t)status.st_size > size;
}

void source_close(struct source *source)
{
    if (source->fd != STDIN_FILENO) {
        (void)close(source->fd);
    }
}
