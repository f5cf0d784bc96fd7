/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of an export, made safe in one place. */
#include "output/export_cells.h"
#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define REAL_DIGITS 15 /* what every double keeps; a time of 11 days still has its ns */

char *export_text(const char *text)
{
    static const struct style plain = {.width = 80};
    char *copy = strdup(text ? text : "");

    return copy ? text_clean(copy, &plain) : NULL;
}

char *export_head_text(const struct record *record, const char *path)
{
    return export_text(record_text(record, path));
}

/* DEL is ASCII, so jansson leaves it as it is; it can only stand in a key or a string. */
static int write_piece(const char *buffer, size_t size, void *data)
{
    FILE *out = data;

    for (size_t i = 0; i < size; i++) {
        if (buffer[i] == 0x7f) {
            fputs("\\u007f", out);
        } else {
            fputc(buffer[i], out);
        }
    }
    return 0;
}

int export_json_write(json_t *document, FILE *out)
{
    const size_t flags = JSON_ENSURE_ASCII | JSON_INDENT(1) | JSON_REAL_PRECISION(REAL_DIGITS);

    if (!document) {
        return -ENOMEM;
    }
    int r = json_dump_callback(document, write_piece, out, flags);

    json_decref(document);
    fputc('\n', out);
    return r < 0 ? -ENOMEM : text_done(out);
}
