/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glibc moves the text into memory of its size when its stream is closed. If there is none,
 * fclose() returns 0 all the same, and the text is NULL. */
#include "base/stream.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

int stream_end(FILE *stream, char **text)
{
    bool lost = !stream || ferror(stream);

    if (stream && fclose(stream) != 0) {
        lost = true;
    }
    if (lost || !*text) {
        free(*text);
        *text = NULL;
        return -ENOMEM;
    }
    return 0;
}
