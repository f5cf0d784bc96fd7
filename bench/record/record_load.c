/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document out of a file or stdin, parsed as it arrives: a file that lies about its size, or
 * never ends, meets the limit and not the memory. */
#include "record/complaint.h"
#include "record/record.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_SIZE_MAX (1ULL << 30)

struct source {
    int fd;
    uint64_t total;
    int error; /* 0, or why reading stopped before the end */
    char *why;
};

static size_t source_read(void *buffer, size_t size, void *data)
{
    struct source *source = data;
    ssize_t n;

    do {
        n = read(source->fd, buffer, size);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        source->error = -errno;
        (void)complain(source->why, 0, "cannot be read: %s", strerror(-source->error));
        return (size_t)-1;
    }
    source->total += (size_t)n;
    if (source->total > FILE_SIZE_MAX) {
        source->error = complain(source->why, -EPROTO, "it is larger than 1 GiB");
        return (size_t)-1;
    }
    if (memchr(buffer, '\0', (size_t)n)) {
        source->error = complain(source->why, -EPROTO, "not JSON: it holds a NUL byte");
        return (size_t)-1;
    }
    return (size_t)n;
}

/* Words of our own where jansson's speak to programmers. */
static int parse_complain(const json_error_t *error, char *why)
{
    const char *text = error->text;

    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return complain(why, -ENOMEM, "out of memory");
    case json_error_null_character:
    case json_error_null_byte_in_key:
        text = "a string with a NUL character";
        break;
    case json_error_stack_overflow:
        text = "nested too deeply";
        break;
    default:
        break;
    }
    return complain(why, -EPROTO, "not JSON: line %d, column %d: %s", error->line, error->column,
                    text);
}

static int stream_load(int fd, struct record *ret_record, char *why)
{
    struct source source = {.fd = fd, .why = why};
    json_error_t error;
    json_t *document;
    int r;

    document = json_load_callback(source_read, &source, JSON_REJECT_DUPLICATES, &error);
    if (source.error) {
        json_decref(document);
        return source.error;
    }
    if (!document) {
        return source.total ? parse_complain(&error, why)
                            : complain(why, -EPROTO, "not JSON: it is empty");
    }
    r = record_from_json(document, ret_record, why);
    json_decref(document);
    return r;
}

/* Opening must not hang on a FIFO, nor do anything to a device. */
static int regular_open(const char *path, char *why)
{
    struct stat status;
    int fd, r;

    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
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
    } else if ((uint64_t)status.st_size > FILE_SIZE_MAX) {
        r = complain(why, -EPROTO, "it is larger than 1 GiB");
    } else {
        return fd;
    }
    (void)close(fd);
    return r;
}

int record_load(const char *path, struct record *ret_record, char *why)
{
    int fd, r;

    if (!strcmp(path, "-")) {
        return stream_load(STDIN_FILENO, ret_record, why);
    }
    fd = regular_open(path, why);
    if (fd < 0) {
        return fd;
    }
    r = stream_load(fd, ret_record, why);
    (void)close(fd);
    return r;
}
