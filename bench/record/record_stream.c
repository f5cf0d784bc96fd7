/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents are parsed as they arrive: a file that lies about its size, or never ends, meets the
 * limit and not the memory. jansson asks for the next bytes only when it has used up the last ones,
 * and tells how many it read; what it was given too much of is the beginning of the next
 * document. */
#include "record/record_stream.h"

#include "record/complaint.h"
#include "record/document.h"
#include "record/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT_SIZE_MAX (1ULL << 30)
#define BUFFER_SIZE 65536u

struct record_stream {
    struct source source;
    size_t number;
    bool ended;
    uint64_t given; /* bytes of this document that jansson has got */
    int error;      /* 0, or why reading stopped before the end */
    char *why;
    size_t begin, end; /* what of the buffer is still to be given out */
    char buffer[BUFFER_SIZE];
};

int record_stream_open(const char *path, struct record_stream **ret_stream, char *why)
{
    struct record_stream *stream = calloc(1, sizeof(*stream));

    if (!stream) {
        return complain(why, -ENOMEM, "out of memory");
    }
    int r = source_open(path, &stream->source, why);
    if (r < 0) {
        free(stream);
        return r;
    }
    *ret_stream = stream;
    return 0;
}

void record_stream_close(struct record_stream *stream)
{
    if (stream) {
        source_close(&stream->source);
    }
    free(stream);
}

size_t record_stream_number(const struct record_stream *stream)
{
    return stream->number;
}

/* 1: there are bytes in the buffer; 0: the end; negative: an error. */
static int buffer_fill(struct record_stream *stream)
{
    ssize_t n;

    if (stream->begin < stream->end) {
        return 1;
    }
    n = source_read(&stream->source, stream->buffer, sizeof(stream->buffer), stream->why);
    if (n < 0) {
        stream->error = (int)n;
        return stream->error;
    }
    if (memchr(stream->buffer, '\0', (size_t)n)) {
        stream->error = complain(stream->why, -EPROTO, "not JSON: it holds a NUL byte");
        return stream->error;
    }
    stream->begin = 0;
    stream->end = (size_t)n;
    return n > 0;
}

static size_t stream_give(void *buffer, size_t size, void *data)
{
    struct record_stream *stream = data;
    int r = buffer_fill(stream);
    size_t left = stream->end - stream->begin;

    if (r <= 0) {
        return r < 0 ? (size_t)-1 : 0;
    }
    size = size < left ? size : left;
    if (size > DOCUMENT_SIZE_MAX - stream->given) {
        stream->error = complain(stream->why, -EPROTO, "it is larger than 1 GiB");
        return (size_t)-1;
    }
    memcpy(buffer, stream->buffer + stream->begin, size);
    stream->begin += size;
    stream->given += size;
    return size;
}

/* Words of our own where jansson's speak to programmers. */
static int parse_complain(const json_error_t *error, bool out_of_memory, char *why)
{
    const char *text = error->text;

    /* Where jansson runs out of memory in the middle of a word it speaks of a wrong one. */
    if (out_of_memory) {
        return complain(why, -ENOMEM, "out of memory");
    }
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

/* 1: a document begins here; 0: nothing but blanks was left; negative: an error. */
static int blanks_skip(struct record_stream *stream)
{
    int r;

    while ((r = buffer_fill(stream)) > 0) {
        while (stream->begin < stream->end && strchr(" \t\r\n", stream->buffer[stream->begin])) {
            stream->begin++;
        }
        if (stream->begin < stream->end) {
            return 1;
        }
    }
    return r;
}

static int document_read(struct record_stream *stream, size_t flags, json_t **ret_document)
{
    json_error_t error;
    json_t *document;

    stream->given = 0;
    errno = 0;
    document = json_load_callback(stream_give, stream, JSON_REJECT_DUPLICATES | flags, &error);
    if (stream->error) {
        json_decref(document);
        return stream->error;
    }
    if (!document) {
        return stream->given > 0 ? parse_complain(&error, errno == ENOMEM, stream->why)
                                 : complain(stream->why, -EPROTO, "not JSON: it is empty");
    }
    stream->begin -= (size_t)(stream->given - (uint64_t)error.position);
    *ret_document = document;
    return 0;
}

int record_stream_next(struct record_stream *stream, struct record *ret_record,
                       char checksum[CHECKSUM_SIZE], char *why)
{
    json_t *document = NULL;
    int r;

    if (stream->ended) {
        return 0;
    }
    stream->why = why;
    r = blanks_skip(stream);
    if (r == 0 && stream->number > 0) {
        stream->ended = true;
        return 0;
    }
    stream->number++;
    r = r == 0  ? complain(why, -EPROTO, "not JSON: it is empty")
        : r > 0 ? document_read(stream, JSON_DISABLE_EOF_CHECK, &document)
                : r;
    if (r < 0) {
        stream->ended = true;
        return r;
    }
    r = record_take_json(document, ret_record, why);
    if (r == 0) {
        const char *value =
            json_string_value(json_object_get(json_object_get(document, "checksum"), "value"));

        (void)snprintf(checksum, CHECKSUM_SIZE, "%s", value);
        r = 1;
    }
    json_decref(document);
    return r;
}

int record_stream_only(struct record_stream *stream, struct record *ret_record, char *why)
{
    json_t *document = NULL;
    int r;

    stream->why = why;
    stream->number = 1;
    stream->ended = true;
    if (source_exceeds(&stream->source, DOCUMENT_SIZE_MAX)) {
        return complain(why, -EPROTO, "it is larger than 1 GiB");
    }
    r = document_read(stream, 0, &document);
    if (r < 0) {
        return r;
    }
    r = record_take_json(document, ret_record, why);
    json_decref(document);
    return r;
}
