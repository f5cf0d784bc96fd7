/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void encoder_put(struct base64_encoder *encoder)
{
    const uint32_t bits = encoder->bits << 8 * (3 - encoder->bytes);

    for (unsigned i = 0; i < 4; i++) {
        putc_unlocked(i <= encoder->bytes ? alphabet[bits >> (18 - 6 * i) & 63] : '=',
                      encoder->out);
    }
    encoder->bits = 0;
    encoder->bytes = 0;
}

void base64_encode(struct base64_encoder *encoder, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < size; i++) {
        encoder->bits = encoder->bits << 8 | p[i];
        if (++encoder->bytes == 3) {
            encoder_put(encoder);
        }
    }
}

void base64_end(struct base64_encoder *encoder)
{
    if (encoder->bytes > 0) {
        encoder_put(encoder);
    }
}

int base64_value(char letter)
{
    const char *found = letter ? strchr(alphabet, letter) : NULL;

    return found ? (int)(found - alphabet) : -1;
}
