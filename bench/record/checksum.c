/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes a dump as it is made. Sorted keys make the checksum independent of the order in which a
 * writer added them. */
#include "record/checksum.h"

#include <sha2.h>
#include <stdint.h>
#include <sys/types.h>

static void hash_give(const char *text, size_t size, void *data)
{
    SHA256Update(data, (const uint8_t *)text, size);
}

int checksum_make_special(const json_t *document, const struct compact_member *special,
                          char hex[CHECKSUM_SIZE])
{
    SHA2_CTX context;
    struct compact compact = {.give = hash_give, .data = &context, .sorted = true};

    SHA256Init(&context);
    int r = compact_object(&compact, document, special);
    if (r == 0) {
        compact_flush(&compact);
        (void)SHA256End(&context, hex);
    }
    return r;
}

int checksum_make(const json_t *document, char hex[CHECKSUM_SIZE])
{
    static const struct compact_member left_out = {.name = "checksum"};

    return checksum_make_special(document, &left_out, hex);
}
