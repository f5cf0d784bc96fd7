/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t text_decode(const char *bytes, uint32_t *ret_code)
{
    const unsigned char *text = (const unsigned char *)bytes;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = text[0] < 0x80             ? 1
                    : (text[0] & 0xe0) == 0xc0 ? 2
                    : (text[0] & 0xf0) == 0xe0 ? 3
                    : (text[0] & 0xf8) == 0xf0 ? 4
                                               : 0;
    uint32_t code = length == 1 ? text[0] : text[0] & (0x7fu >> length);

    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (text[i] & 0x3fu);
    }
    if (length == 0 || code < least[length] || code > 0x10ffff || (code >> 11) == 0x1b) {
        return 0;
    }
    *ret_code = code;
    return length;
}

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t code, const struct range *ranges)
{
    for (; ranges->last; ranges++) {
        if (code >= ranges->first && code <= ranges->last) {
            return true;
        }
    }
    return false;
}

bool text_harms(uint32_t code)
{
    static const struct range ranges[] = {
        {0x01, 0x1e},     {0x7f, 0x9f},     {0xad, 0xad},       {0x61c, 0x61c},
        {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},   {0xfe00, 0xfe0f},
        {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}, {0, 0},
    };

    return in_ranges(code, ranges);
}

unsigned text_code_width(uint32_t code)
{
    static const struct range none[] = {
        {0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0, 0}};
    static const struct range two[] = {
        {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf}, {0xac00, 0xd7a3},
        {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60}, {0xffe0, 0xffe6},
        {0x1f300, 0x1faff}, {0x20000, 0x3fffd}, {0, 0},
    };

    return in_ranges(code, none) ? 0 : in_ranges(code, two) ? 2 : 1;
}

static const char *code_ascii(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *ascii;
    } table[] = {
        {0xb5, "u"},     {0xb7, "-"},   {0xd7, "x"},   {0xf7, "/"},   {0x2013, "-"},
        {0x2026, "..."}, {0x2248, "~"}, {0x2588, "#"}, {0x2593, "="}, {0x2500, "-"},
        {0xb1, "+-"},    {0x2212, "-"}, {0x2019, "'"}, {0x2014, "-"},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (table[i].code == code) {
            return table[i].ascii;
        }
    }
    return "?";
}

char *text_clean(char *text, const struct style *style)
{
    const char *in = text;
    char *out = text;
    uint32_t code = 0;

    while (*in) {
        size_t length = text_decode(in, &code);

        if (length == 0 || text_harms(code)) {
            *out++ = '?';
        } else if (code == (unsigned char)GLUE[0]) {
            *out++ = ' ';
        } else if (length > 1 && style->ascii) {
            const char *ascii = code_ascii(code);

            /* Not a string copy: its final zero would overwrite what is still to be read. */
            memcpy(out, ascii, strlen(ascii));
            out += strlen(ascii);
        } else {
            memmove(out, in, length);
            out += length;
        }
        in += length ? length : 1;
    }
    *out = '\0';
    return text;
}

unsigned text_width(const char *text)
{
    const char *p = text;
    unsigned width = 0;
    uint32_t code = 0;

    while (*p) {
        size_t length = text_decode(p, &code);

        width += length ? text_code_width(code) : 1;
        p += length ? length : 1;
    }
    return width;
}

unsigned style_width(const struct style *style)
{
    return style->width == 0 ? 80 : style->width < 60 ? 60 : style->width;
}

const char *style_bold(const struct style *style)
{
    return style->color ? "\033[1m" : "";
}

const char *style_dim(const struct style *style)
{
    return style->color ? "\033[2m" : "";
}

const char *style_plain(const struct style *style)
{
    return style->color ? "\033[0m" : "";
}

int text_done(FILE *out)
{
    return ferror(out) ? -EIO : 0;
}

/* Bytes of the longest head of text that fits into `width` columns; at least one character. */
size_t text_fit(const char *text, size_t length, unsigned width)
{
    const char *p = text;
    unsigned used = 0;
    size_t bytes = 0;
    uint32_t code = 0;

    while (bytes < length) {
        size_t step = text_decode(p + bytes, &code);

        used += step ? text_code_width(code) : 1;
        if (used > width && bytes > 0) {
            break;
        }
        bytes += step ? step : 1;
    }
    return bytes;
}
