/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/html.h"

#include "base/stream.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NO_BREAK "\u00a0"

void html_byte(FILE *out, char byte)
{
    switch (byte) {
    case '&':
        fputs("&amp;", out);
        break;
    case '<':
        fputs("&lt;", out);
        break;
    case '>':
        fputs("&gt;", out);
        break;
    case '"':
        fputs("&quot;", out);
        break;
    case '\'':
        fputs("&#39;", out);
        break;
    default:
        fputc(byte, out);
    }
}

/* Returns the bytes that were taken. */
static size_t put_revealed(FILE *out, const char *text)
{
    uint32_t code = 0;
    size_t length = text_decode(text, &code);

    if (length == 0) {
        fprintf(out, "⟨byte %02X⟩", (unsigned char)*text);
        return 1;
    }
    fprintf(out, "⟨U+%04X⟩", code);
    return length;
}

static bool is_harmful(const char *text, size_t *ret_length)
{
    uint32_t code = 0;

    *ret_length = text_decode(text, &code);
    return *ret_length == 0 || text_harms(code);
}

void html_text(FILE *out, const char *text)
{
    bool digit = false;

    for (const char *p = text ? text : ""; *p;) {
        size_t length;

        if (*p == GLUE[0] || (*p == ' ' && digit)) {
            fputs(NO_BREAK, out);
            length = 1;
        } else if (is_harmful(p, &length)) {
            length = put_revealed(out, p);
        } else if (length == 1) {
            html_byte(out, *p);
        } else {
            fwrite(p, 1, length, out);
        }
        digit = isdigit((unsigned char)*p);
        p += length;
    }
}

int html_format(FILE *out, const char *format, ...)
{
    char *text = NULL;
    va_list list;

    va_start(list, format);
    int length = vasprintf(&text, format, list);
    va_end(list);
    if (length < 0) {
        return -ENOMEM;
    }
    html_text(out, text);
    free(text);
    return 0;
}

int html_paragraph(FILE *out, struct paragraph *paragraph)
{
    int r = stream_end(paragraph->file, &paragraph->bytes);

    if (r == 0) {
        const size_t length = strlen(paragraph->bytes);

        /* Lines for a terminal end; here they are a text. */
        if (length > 0 && paragraph->bytes[length - 1] == '\n') {
            paragraph->bytes[length - 1] = '\0';
        }
        html_text(out, paragraph->bytes);
    }
    free(paragraph->bytes);
    *paragraph = (struct paragraph){.bytes = NULL};
    return r;
}

void html_element(FILE *out, const char *tag, const char *class, const char *text)
{
    fprintf(out, class ? "<%s class=\"%s\">" : "<%s>", tag, class);
    html_text(out, text);
    fprintf(out, "</%s>", tag);
}

char *text_reveal(const char *text)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);

    if (!out) {
        return NULL;
    }
    for (const char *p = text; *p;) {
        size_t length;

        if (is_harmful(p, &length) || *p == GLUE[0]) {
            length = put_revealed(out, p);
        } else {
            fwrite(p, 1, length, out);
        }
        p += length;
    }
    (void)stream_end(out, &bytes);
    return bytes;
}
