/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents one after another, as `cat` and `ssh` make them: every file and every pipe is a stream
 * of one or more result files, and so is a report that holds them. Read one at a time, so that a
 * long stream needs little memory. */
#ifndef TVP_RECORD_STREAM_H
#define TVP_RECORD_STREAM_H

#include "record/checksum.h"
#include "record/record.h"

struct record_stream;

/* path "-" is stdin, anything else a regular file. Errors and why as those of record_load(). */
int record_stream_open(const char *path, struct record_stream **ret_stream, char *why);
/* 1: a record, to be released by the caller, and its checksum; 0: nothing is left. Negative, with
 * why: this document is not a good one, but the next call goes on behind it; what follows
 * something that is not JSON cannot be found and counts as the end. A stream of nothing at all is
 * not JSON. */
int record_stream_next(struct record_stream *stream, struct record *ret_record,
                       char checksum[CHECKSUM_SIZE], char *why);
/* Instead of the above: the one document of a stream, with nothing but blanks around it. 0, or the
 * errors and why of record_load(); a file that is too large is turned away before it is read. */
int record_stream_only(struct record_stream *stream, struct record *ret_record, char *why);
/* The number of the document that the last call was about, from 1. */
size_t record_stream_number(const struct record_stream *stream);
void record_stream_close(struct record_stream *stream);

#endif
