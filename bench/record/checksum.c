/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes a dump as it is made, so that a document of any size needs no copy of its text. Sorted
 * keys make the checksum independent of the order in which a writer added them. Nearly all of a
 * result file are integers, so these and what holds them are written here; jansson, which would
 * format and hand over each number by itself, writes everything else. */
#include "record/checksum.h"

#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define OTHERS_FLAGS (JSON_COMPACT | JSON_ENCODE_ANY)
#define DIGITS_SIZE 20u

struct hash {
    SHA2_CTX context;
    size_t used;
    char buffer[4096];
};

static void hash_flush(struct hash *hash)
{
    SHA256Update(&hash->context, (const uint8_t *)hash->buffer, hash->used);
    hash->used = 0;
}

static int hash_add(const char *text, size_t size, void *data)
{
    struct hash *hash = data;

    if (size > sizeof(hash->buffer) - hash->used) {
        hash_flush(hash);
    }
    if (size > sizeof(hash->buffer)) {
        SHA256Update(&hash->context, (const uint8_t *)text, size);
    } else {
        memcpy(hash->buffer + hash->used, text, size);
        hash->used += size;
    }
    return 0;
}

static void hash_number(struct hash *hash, uint64_t number)
{
    char digits[DIGITS_SIZE];
    size_t begin = DIGITS_SIZE;

    do {
        digits[--begin] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    (void)hash_add(digits + begin, DIGITS_SIZE - begin, hash);
}

static int hash_node(struct hash *hash, const json_t *node);

static int hash_array(struct hash *hash, const json_t *array)
{
    const json_t *value;
    size_t i;

    (void)hash_add("[", 1, hash);
    json_array_foreach(array, i, value)
    {
        (void)hash_add(",", i > 0, hash);
        int r = hash_node(hash, value);
        if (r < 0) {
            return r;
        }
    }
    return hash_add("]", 1, hash);
}

static int key_compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int hash_key(struct hash *hash, const char *key)
{
    json_t *string = json_string_nocheck(key);
    int r = string ? json_dump_callback(string, hash_add, hash, OTHERS_FLAGS) : -ENOMEM;

    json_decref(string);
    return r < 0 ? -ENOMEM : hash_add(":", 1, hash);
}

/* Without the member `left_out`; NULL: all. */
static int hash_object(struct hash *hash, const json_t *object, const char *left_out)
{
    const char **keys = calloc(json_object_size(object) + 1, sizeof(*keys)), *key;
    json_t *value;
    size_t count = 0;
    int r = keys ? 0 : -ENOMEM;

    json_object_foreach((json_t *)object, key, value)
    {
        if (keys && (!left_out || strcmp(key, left_out) != 0)) {
            keys[count++] = key;
        }
    }
    if (keys) {
        qsort(keys, count, sizeof(*keys), key_compare);
    }
    (void)hash_add("{", 1, hash);
    for (size_t i = 0; i < count && r == 0; i++) {
        (void)hash_add(",", i > 0, hash);
        r = hash_key(hash, keys[i]);
        r = r < 0 ? r : hash_node(hash, json_object_get(object, keys[i]));
    }
    free(keys);
    return r < 0 ? r : hash_add("}", 1, hash);
}

static int hash_node(struct hash *hash, const json_t *node)
{
    if (json_is_integer(node) && json_integer_value(node) >= 0) {
        hash_number(hash, (uint64_t)json_integer_value(node));
        return 0;
    }
    if (json_is_array(node)) {
        return hash_array(hash, node);
    }
    if (json_is_object(node)) {
        return hash_object(hash, node, NULL);
    }
    return json_dump_callback(node, hash_add, hash, OTHERS_FLAGS) < 0 ? -ENOMEM : 0;
}

int checksum_make(const json_t *document, char hex[CHECKSUM_SIZE])
{
    struct hash hash = {.used = 0};

    SHA256Init(&hash.context);
    int r = hash_object(&hash, document, "checksum");
    if (r == 0) {
        hash_flush(&hash);
        (void)SHA256End(&hash.context, hex);
    }
    return r;
}
