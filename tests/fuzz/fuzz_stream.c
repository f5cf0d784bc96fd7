/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents one after another, bare or inside a page, as every command reads them. */
#include "record/record_stream.h"
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static void read_all(const char *path, size_t size)
{
    char why[RECORD_WHY_SIZE] = "", checksum[CHECKSUM_SIZE];
    struct record_stream *stream;
    struct record record;
    int r;

    REQUIRE(record_stream_open(path, &stream, why) == 0);
    for (size_t i = 0; (r = record_stream_next(stream, &record, checksum, why)) != 0; i++) {
        REQUIRE(i <= size);
        REQUIRE(record_stream_number(stream) == i + 1);
        if (r > 0) {
            REQUIRE(strlen(checksum) == CHECKSUM_SIZE - 1);
            record_release(&record);
        } else {
            REQUIRE(r == -EPROTO);
            REQUIRE(strlen(why) > 5);
            require_printable(why);
        }
    }
    record_stream_close(stream);
}

static void read_one(const char *path)
{
    char why[RECORD_WHY_SIZE] = "";
    struct record record;
    int r = record_load(path, &record, why);

    if (r == 0) {
        record_release(&record);
    } else {
        REQUIRE(r == -EPROTO);
        require_printable(why);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int fd = memfd_create("document", MFD_CLOEXEC);

    REQUIRE(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    read_all(path, size);
    read_one(path);
    close(fd);
    return 0;
}
