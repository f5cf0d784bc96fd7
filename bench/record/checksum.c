/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes a dump as it is made, so that a document of any size needs no copy of its text. Sorted
 * keys make the checksum independent of the order in which a writer added them. */
#include "record/checksum.h"

#include <errno.h>
#include <sha2.h>
#include <sys/types.h>

static int chunk_hash(const char *text, size_t size, void *data)
{
    SHA256Update(data, (const uint8_t *)text, size);
    return 0;
}

int checksum_make(const json_t *document, char hex[CHECKSUM_SIZE])
{
    SHA2_CTX context;
    json_t *bare;
    int r = 0;

    /* jansson only counts references in the original. */
    bare = json_copy((json_t *)document);
    if (!bare) {
        return -ENOMEM;
    }
    (void)json_object_del(bare, "checksum");
    SHA256Init(&context);
    if (json_dump_callback(bare, chunk_hash, &context, JSON_COMPACT | JSON_SORT_KEYS)) {
        r = -ENOMEM;
    } else {
        (void)SHA256End(&context, hex);
    }
    json_decref(bare);
    return r;
}
