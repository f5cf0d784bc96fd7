/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/compact.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define OTHERS_FLAGS (JSON_COMPACT | JSON_ENCODE_ANY)
#define DIGITS_SIZE 20u

void compact_flush(struct compact *compact)
{
    compact->give(compact->buffer, compact->used, compact->data);
    compact->used = 0;
}

void compact_text(struct compact *compact, const char *text, size_t size)
{
    if (size > sizeof(compact->buffer) - compact->used) {
        compact_flush(compact);
    }
    if (size > sizeof(compact->buffer)) {
        compact->give(text, size, compact->data);
    } else {
        memcpy(compact->buffer + compact->used, text, size);
        compact->used += size;
    }
}

/* jansson's way to hand over. */
static int other_give(const char *text, size_t size, void *data)
{
    compact_text(data, text, size);
    return 0;
}

/* With a comma before it or not: one piece, for there are millions. */
static void put_number(struct compact *compact, uint64_t number, bool comma)
{
    char digits[DIGITS_SIZE + 1];
    size_t begin = sizeof(digits);

    do {
        digits[--begin] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    if (comma) {
        digits[--begin] = ',';
    }
    if (sizeof(compact->buffer) - compact->used < sizeof(digits)) {
        compact_flush(compact);
    }
    for (char *to = compact->buffer + compact->used; begin < sizeof(digits); begin++) {
        *to++ = digits[begin];
        compact->used++;
    }
}

static int put_array(struct compact *compact, const json_t *array)
{
    size_t count = json_array_size(array);

    compact_text(compact, "[", 1);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(array, i);
        json_int_t number = json_is_integer(value) ? json_integer_value(value) : -1;

        if (number >= 0) {
            put_number(compact, (uint64_t)number, i > 0);
            continue;
        }
        compact_text(compact, ",", i > 0);
        int r = compact_node(compact, value);
        if (r < 0) {
            return r;
        }
    }
    compact_text(compact, "]", 1);
    return 0;
}

static int put_key(struct compact *compact, const char *key)
{
    json_t *string = json_string_nocheck(key);
    int r = string ? json_dump_callback(string, other_give, compact, OTHERS_FLAGS) : -ENOMEM;

    json_decref(string);
    compact_text(compact, ":", 1);
    return r < 0 ? -ENOMEM : 0;
}

static int key_compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Those that are written, in their order; to be freed. NULL without memory. */
static const char **keys_make(const struct compact *compact, const json_t *object,
                              const struct compact_member *special, size_t *ret_count)
{
    const char **keys = calloc(json_object_size(object) + 1, sizeof(*keys)), *key;
    json_t *value;
    size_t count = 0;

    if (!keys) {
        return NULL;
    }
    json_object_foreach((json_t *)object, key, value)
    {
        if (!special || special->write || strcmp(key, special->name) != 0) {
            keys[count++] = key;
        }
    }
    if (compact->sorted) {
        qsort(keys, count, sizeof(*keys), key_compare);
    }
    *ret_count = count;
    return keys;
}

int compact_members(struct compact *compact, const json_t *object,
                    const struct compact_member *special)
{
    size_t count = 0;
    const char **keys = keys_make(compact, object, special, &count);
    int r = keys ? 0 : -ENOMEM;

    for (size_t i = 0; i < count && r == 0; i++) {
        compact_text(compact, ",", i > 0);
        r = put_key(compact, keys[i]);
        if (r == 0 && special && strcmp(keys[i], special->name) == 0) {
            r = special->write(compact, special->data);
        } else if (r == 0) {
            r = compact_node(compact, json_object_get(object, keys[i]));
        }
    }
    free(keys);
    return r;
}

int compact_object(struct compact *compact, const json_t *object,
                   const struct compact_member *special)
{
    compact_text(compact, "{", 1);
    int r = compact_members(compact, object, special);

    compact_text(compact, "}", 1);
    return r;
}

int compact_node(struct compact *compact, const json_t *node)
{
    if (json_is_integer(node) && json_integer_value(node) >= 0) {
        put_number(compact, (uint64_t)json_integer_value(node), false);
        return 0;
    }
    if (json_is_array(node)) {
        return put_array(compact, node);
    }
    if (json_is_object(node)) {
        return compact_object(compact, node, NULL);
    }
    return json_dump_callback(node, other_give, compact, OTHERS_FLAGS) < 0 ? -ENOMEM : 0;
}
