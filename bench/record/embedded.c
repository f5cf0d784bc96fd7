/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/embedded.h"

#include "base/base64.h"
#include "record/record_text.h"

#include <errno.h>

static void encoder_give(const char *text, size_t size, void *data)
{
    base64_encode(data, text, size);
}

int embedded_write(FILE *out, const struct record *record)
{
    struct base64_encoder encoder = {.out = out};

    fputs(EMBEDDED_BEGIN, out);
    int r = record_text_write(record, encoder_give, &encoder);
    if (r < 0) {
        return r;
    }
    base64_end(&encoder);
    return ferror(out) ? -EIO : 0;
}

/* The byte that a letter completes, or -1 if it completes none. */
static int decode(struct embedded *embedded, char letter)
{
    const int value = base64_value(letter);

    if (letter == '=') {
        embedded->held = 0; /* only padding is left */
        return -1;
    }
    if (value < 0) {
        return '!';
    }
    embedded->bits = embedded->bits << 6 | (uint32_t)value;
    embedded->held += 6;
    if (embedded->held < 8) {
        return -1;
    }
    embedded->held -= 8;
    return (int)(embedded->bits >> embedded->held & 0xff);
}

size_t embedded_extract(struct embedded *embedded, char *buffer, size_t size)
{
    size_t length = 0;

    for (size_t i = 0; i < size; i++) {
        const char letter = buffer[i];

        if (!embedded->inside) {
            /* The mark's first letter stands in it only once, so a new match can only begin here.
             */
            embedded->matched = letter == EMBEDDED_BEGIN[embedded->matched] ? embedded->matched + 1
                                : letter == EMBEDDED_BEGIN[0]               ? 1
                                                                            : 0;
            if (embedded->matched == sizeof(EMBEDDED_BEGIN) - 1) {
                *embedded = (struct embedded){.inside = true, .found = true};
            }
        } else if (letter == '"') {
            embedded->inside = false;
            buffer[length++] = '\n';
        } else {
            int byte = decode(embedded, letter);

            if (byte >= 0) {
                buffer[length++] = (char)byte;
            }
        }
    }
    return length;
}
