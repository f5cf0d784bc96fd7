/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_text.h"

/* Length of the UTF-8 sequence at p, 0 if it is none. Overlong forms and surrogates, which need
 * a look at the second byte, are refused as the standard asks. */
static int sequence_length(const unsigned char *p)
{
    int length = p[0] >= 0xf0 && p[0] <= 0xf4   ? 4
                 : p[0] >= 0xe0 && p[0] <= 0xef ? 3
                 : p[0] >= 0xc2 && p[0] <= 0xdf ? 2
                                                : 0;

    for (int i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f)) {
        return 0;
    }
    return length;
}

void json_write_text(FILE *out, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    fputc('"', out);
    while (*p) {
        int length = *p < 0x80 ? 1 : sequence_length(p);

        if (*p == '"' || *p == '\\') {
            fprintf(out, "\\%c", *p);
        } else if (*p < 0x20 || *p == 0x7f) {
            fprintf(out, "\\u%04x", *p);
        } else if (length == 0) {
            fputs("\\ufffd", out);
            length = 1;
        } else {
            fwrite(p, 1, (size_t)length, out);
        }
        p += length;
    }
    fputc('"', out);
}
