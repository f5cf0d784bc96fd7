/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document out of a file or stdin: a stream that must hold no other. */
#include "record/record.h"
#include "record/record_stream.h"

int record_load(const char *path, struct record *ret_record, char *why)
{
    struct record_stream *stream = NULL;
    int r = record_stream_open(path, &stream, why);

    if (r < 0) {
        return r;
    }
    r = record_stream_only(stream, ret_record, why);
    record_stream_close(stream);
    return r;
}
