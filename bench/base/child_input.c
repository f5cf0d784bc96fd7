/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a child hears of us, and that there is no more of it. */
#include "base/child.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int child_write_line(struct child *child, const char *line)
{
    size_t size = strlen(line);

    while (size > 0) {
        ssize_t written = write(child->in_fd, line, size);

        if (written < 0 && errno != EINTR) {
            return -errno;
        }
        line += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return 0;
}

void child_let_go(struct child *child)
{
    if (child->pid > 0 && child->in_fd >= 0) {
        close(child->in_fd);
        child->in_fd = -1;
    }
}
