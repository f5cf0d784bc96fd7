/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents are parsed as they arrive: a file that lies about its size, or never ends, meets the
 * limit and not the memory. What has arrived of a document is kept until it has been read, for it
 * is read by hand first, and by jansson where that gives up. What was read too much of is the
 * beginning of the next document. */
#include "record/record_stream.h"

#include "record/arrived.h"
#include "record/complaint.h"
#include "record/document.h"
#include "record/fast_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT_SIZE_MAX (1ULL << 30)

struct record_stream {
    struct arrived arrived; /* this document first */
    size_t number;
    bool ended;
    size_t given; /* bytes of it that jansson has got */
};

int record_stream_open(const char *path, struct record_stream **ret_stream, char *why)
{
    struct record_stream *stream = calloc(1, sizeof(*stream));

    if (!stream) {
        return complain(why, -ENOMEM, "out of memory");
    }
    int r = source_open(path, &stream->arrived.source, why);
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
        arrived_close(&stream->arrived);
    }
    free(stream);
}

size_t record_stream_number(const struct record_stream *stream)
{
    return stream->number;
}

static size_t stream_give(void *buffer, size_t size, void *data)
{
    struct record_stream *stream = data;
    int r = stream->given < stream->arrived.size ? 1 : arrived_grow(&stream->arrived);
    size_t left = stream->arrived.size - stream->given;

    if (r <= 0) {
        return r < 0 ? (size_t)-1 : 0;
    }
    size = size < left ? size : left;
    if (size > DOCUMENT_SIZE_MAX - stream->given) {
        stream->arrived.error = complain(stream->arrived.why, -EPROTO, "it is larger than 1 GiB");
        return (size_t)-1;
    }
    memcpy(buffer, stream->arrived.text + stream->given, size);
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
    size_t at = 0;
    int r = 1;

    while (r > 0 && (at == stream->arrived.size || strchr(" \t\r\n", stream->arrived.text[at]))) {
        at += at < stream->arrived.size;
        r = at == stream->arrived.size ? arrived_grow(&stream->arrived) : 1;
    }
    arrived_use(&stream->arrived, at);
    return r;
}

static int fast_more(struct fast_source *source)
{
    struct record_stream *stream = source->data;
    int r = stream->arrived.size > DOCUMENT_SIZE_MAX ? 0 : arrived_grow(&stream->arrived);

    source->text = stream->arrived.text;
    source->size = stream->arrived.size;
    return r;
}

/* Nothing but blanks from there on. */
static bool is_end(struct fast_source *source, size_t at)
{
    for (;; at++) {
        if (at == source->size && source->more(source) <= 0) {
            return true;
        }
        if (!strchr(" \t\r\n", source->text[at])) {
            return false;
        }
    }
}

static int jansson_read(struct record_stream *stream, size_t flags, json_t **ret_document)
{
    json_error_t error;
    json_t *document;

    stream->given = 0;
    errno = 0;
    document = json_load_callback(stream_give, stream, JSON_REJECT_DUPLICATES | flags, &error);
    if (stream->arrived.error) {
        json_decref(document);
        return stream->arrived.error;
    }
    if (!document) {
        return stream->arrived.size > 0
                   ? parse_complain(&error, errno == ENOMEM, stream->arrived.why)
                   : complain(stream->arrived.why, -EPROTO, "not JSON: it is empty");
    }
    arrived_use(&stream->arrived, (size_t)error.position);
    *ret_document = document;
    return 0;
}

/* only: nothing may follow. */
static int document_read(struct record_stream *stream, bool only, json_t **ret_document)
{
    struct fast_source source = {stream->arrived.text, stream->arrived.size, fast_more, stream};
    size_t at = 0;
    json_t *document = fast_json_read(&source, &at);

    if (document && only && !is_end(&source, at)) {
        json_decref(document);
        document = NULL;
    }
    if (stream->arrived.error) {
        json_decref(document);
        return stream->arrived.error;
    }
    if (!document) {
        return jansson_read(stream, only ? 0 : JSON_DISABLE_EOF_CHECK, ret_document);
    }
    arrived_use(&stream->arrived, at);
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
    stream->arrived.why = why;
    r = blanks_skip(stream);
    if (r == 0 && stream->number > 0) {
        stream->ended = true;
        return 0;
    }
    stream->number++;
    r = r == 0  ? complain(why, -EPROTO, "not JSON: it is empty")
        : r > 0 ? document_read(stream, false, &document)
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

    stream->arrived.why = why;
    stream->number = 1;
    stream->ended = true;
    if (source_exceeds(&stream->arrived.source, DOCUMENT_SIZE_MAX)) {
        return complain(why, -EPROTO, "it is larger than 1 GiB");
    }
    r = document_read(stream, true, &document);
    if (r < 0) {
        return r;
    }
    r = record_take_json(document, ret_record, why);
    json_decref(document);
    return r;
}
