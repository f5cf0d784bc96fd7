/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/fast_json.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SMALL 4096u    /* integers below are shared */
#define DEPTH_MAX 24u  /* results have 6 */
#define DIGITS_MAX 18u /* fit into 63 bits */
#define KEY_SIZE 64u

struct reader {
    struct fast_source *source;
    size_t at;
    unsigned depth;
    json_t *small[SMALL]; /* made when they are first met */
};

/* The byte that is next, or -1 at the end. */
static int peek(struct reader *reader)
{
    while (reader->at == reader->source->size) {
        if (reader->source->more(reader->source) <= 0) {
            return -1;
        }
    }
    return (unsigned char)reader->source->text[reader->at];
}

static int peek_word(struct reader *reader)
{
    int byte;

    while ((byte = peek(reader)) == ' ' || byte == '\n' || byte == '\t' || byte == '\r') {
        reader->at++;
    }
    return byte;
}

static bool take(struct reader *reader, char byte)
{
    if (peek_word(reader) != byte) {
        return false;
    }
    reader->at++;
    return true;
}

static json_t *read_integer(struct reader *reader)
{
    size_t begin = reader->at;
    uint64_t value = 0;
    int byte;

    while ((byte = peek(reader)) >= '0' && byte <= '9') {
        value = value * 10 + (uint64_t)(byte - '0');
        if (++reader->at - begin > DIGITS_MAX) {
            return NULL;
        }
    }
    bool zeros = reader->at - begin > 1 && reader->source->text[begin] == '0';
    if (zeros || byte < 0 || byte == '.' || byte == 'e' || byte == 'E') {
        return NULL;
    }
    if (value >= SMALL) {
        return json_integer((json_int_t)value);
    }
    if (!reader->small[value]) {
        reader->small[value] = json_integer((json_int_t)value);
    }
    return json_incref(reader->small[value]);
}

/* Behind the closing quote of the string that begins at its opening one. False: there is none.
 * *ret_plain: printable ASCII without an escape. */
static bool skip_string(struct reader *reader, bool *ret_plain)
{
    bool plain = true;
    int byte;

    reader->at++;
    while ((byte = peek(reader)) != '"') {
        if (byte < ' ') {
            return false;
        }
        plain = plain && byte != '\\' && byte < 0x7f;
        reader->at++;
        if (byte == '\\') {
            if (peek(reader) < 0) {
                return false;
            }
            reader->at++;
        }
    }
    reader->at++;
    *ret_plain = plain;
    return true;
}

static json_t *read_string(struct reader *reader)
{
    size_t begin = reader->at;
    bool plain;

    if (!skip_string(reader, &plain)) {
        return NULL;
    }
    const char *text = reader->source->text + begin;
    size_t size = reader->at - begin;
    return plain ? json_stringn_nocheck(text + 1, size - 2)
                 : json_loadb(text, size, JSON_DECODE_ANY, NULL);
}

static json_t *read_word(struct reader *reader, const char *word, json_t *value)
{
    for (const char *p = word; *p; p++) {
        if (peek(reader) != *p) {
            return NULL;
        }
        reader->at++;
    }
    return value; /* these three are not counted */
}

static json_t *read_value(struct reader *reader);

static bool read_elements(struct reader *reader, json_t *array)
{
    if (take(reader, ']')) {
        return true;
    }
    do {
        if (json_array_append_new(array, read_value(reader)) < 0) {
            return false;
        }
    } while (take(reader, ','));
    return take(reader, ']');
}

static bool read_key(struct reader *reader, char key[KEY_SIZE])
{
    if (peek_word(reader) != '"') {
        return false;
    }
    size_t begin = reader->at;
    bool plain;
    if (!skip_string(reader, &plain) || !plain || reader->at - begin - 2 >= KEY_SIZE) {
        return false;
    }
    size_t length = reader->at - begin - 2;
    memcpy(key, reader->source->text + begin + 1, length);
    key[length] = '\0';
    return true;
}

static bool read_members(struct reader *reader, json_t *object)
{
    char key[KEY_SIZE];

    if (take(reader, '}')) {
        return true;
    }
    do {
        if (!read_key(reader, key) || !take(reader, ':') || json_object_get(object, key) ||
            json_object_set_new_nocheck(object, key, read_value(reader)) < 0) {
            return false;
        }
    } while (take(reader, ','));
    return take(reader, '}');
}

static json_t *read_group(struct reader *reader, bool is_object)
{
    json_t *group = is_object ? json_object() : json_array();

    reader->at++;
    if (!group || ++reader->depth > DEPTH_MAX ||
        !(is_object ? read_members(reader, group) : read_elements(reader, group))) {
        json_decref(group);
        return NULL;
    }
    reader->depth--;
    return group;
}

static json_t *read_value(struct reader *reader)
{
    int byte = peek_word(reader);

    switch (byte) {
    case '{':
    case '[':
        return read_group(reader, byte == '{');
    case '"':
        return read_string(reader);
    case 't':
        return read_word(reader, "true", json_true());
    case 'f':
        return read_word(reader, "false", json_false());
    case 'n':
        return read_word(reader, "null", json_null());
    default:
        return byte >= '0' && byte <= '9' ? read_integer(reader) : NULL;
    }
}

json_t *fast_json_read(struct fast_source *source, size_t *at)
{
    struct reader *reader = calloc(1, sizeof(*reader));
    json_t *document = NULL;

    if (!reader) {
        return NULL;
    }
    reader->source = source;
    reader->at = *at;
    if (peek_word(reader) == '{') {
        document = read_value(reader);
    }
    for (size_t i = 0; i < SMALL; i++) {
        json_decref(reader->small[i]);
    }
    if (document) {
        *at = reader->at;
    }
    free(reader);
    return document;
}
