/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes of result files come from: a file or stdin, JSON as it is or inside a page. */
#ifndef TVP_SOURCE_H
#define TVP_SOURCE_H

#include "record/embedded.h"

#include <sys/types.h>

struct source {
    int fd;
    bool begun, page;
    struct embedded embedded;
};

/* path "-" is stdin, anything else a regular file; opening never hangs on a FIFO. 0 or a negative
 * errno with why (RECORD_WHY_SIZE bytes). */
int source_open(const char *path, struct source *ret_source, char *why);
/* The next bytes of JSON, 0 at the end, or a negative errno with why. A page without a result is
 * an error, not an end. */
ssize_t source_read(struct source *source, char *buffer, size_t size, char *why);
/* Whether the whole is a regular file larger than so many bytes. */
bool source_exceeds(const struct source *source, uint64_t size);
void source_close(struct source *source);

#endif
