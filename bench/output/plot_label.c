/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/plot_label.h"

#include "output/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#define BROKEN 0xfffdu

/* One character at text; *ret_length: bytes that it takes, 1 for a byte that is none. */
static uint32_t character_at(const char *text, size_t *ret_length)
{
    uint32_t code = BROKEN;
    size_t length = text_decode(text, &code);

    *ret_length = length > 0 ? length : 1;
    return code;
}

void label_add(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text), length;
    va_list list;

    va_start(list, format);
    int wanted = vsnprintf(text + used, size - used, format, list);
    va_end(list);
    if (wanted < 0 || (size_t)wanted < size - used) {
        return;
    }
    for (char *p = text + used; *p; p += length) {
        if (character_at(p, &length) == BROKEN) {
            *p = '\0'; /* a character that was cut in two */
            return;
        }
    }
}

void label_clean(const char *from, char *to, size_t size)
{
    size_t used = 0, length;

    for (; *from; from += length) {
        uint32_t code = character_at(from, &length);
        const char *shown = from;
        size_t bytes = length;

        if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029) {
            shown = " ";
            bytes = 1;
        } else if (text_harms(code) || (code & 0xfffe) == 0xfffe || code == BROKEN) {
            shown = "?";
            bytes = 1;
        }
        if (used + bytes + 1 > size) {
            break;
        }
        memcpy(to + used, shown, bytes);
        used += bytes;
    }
    to[used] = '\0';
}

size_t label_columns(const char *text)
{
    size_t columns = 0, length;

    for (; *text; text += length) {
        columns += text_code_width(character_at(text, &length));
    }
    return columns;
}

void label_cut(char *text, size_t columns)
{
    static const char ellipsis[] = "…";
    size_t used = 0, length;
    char *p = text;

    if (label_columns(text) <= columns) {
        return;
    }
    for (; *p; p += length) {
        size_t wide = text_code_width(character_at(p, &length));

        if (used + wide + 1 > columns && strlen(p) >= sizeof(ellipsis) - 1) {
            memcpy(p, ellipsis, sizeof(ellipsis));
            return;
        }
        used += wide;
    }
}

/* Advance of a character as a share of the font size, in DejaVu Sans. */
static double advance_of(uint32_t code, bool bold)
{
    double share = 0.61;

    if (text_code_width(code) > 1) {
        share = 1.0;
    } else if (code == 0xa0 || code == 0xb7 || (code < 0x80 && strchr(" !',.:;|ijlI", (int)code))) {
        share = 0.34;
    } else if (code < 0x80 && strchr("rtf()[]/-", (int)code)) {
        share = 0.41;
    } else if (code < 0x80 && strchr("mwMW%@", (int)code)) {
        share = 0.95;
    } else if ((code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9')) {
        share = 0.65;
    }
    return bold ? share * 1.12 : share;
}

double label_width(const char *text, const struct label_room *font)
{
    double width = 0;
    size_t length;

    for (; *text; text += length) {
        width += font->size * advance_of(character_at(text, &length), font->bold);
    }
    return width;
}

void label_trim(char *text, const struct label_room *room)
{
    size_t columns = label_columns(text);

    while (columns > 1 && label_width(text, room) > room->width) {
        label_cut(text, --columns);
    }
}

/* Bytes of text that make one line: up to the last blank that fits; in a word that is longer than
 * a line, up to its last comma or as much as fits. */
static size_t line_length(const char *text, const struct label_room *room)
{
    size_t blank = 0, comma = 0, at = 0, length;
    double width = 0;

    for (; text[at]; at += length) {
        width += room->size * advance_of(character_at(text + at, &length), room->bold);
        if (text[at] == ' ') {
            blank = at;
        } else if (width > room->width || at + length >= LABEL_LINE_SIZE) {
            return blank > 0 ? blank : comma > 0 ? comma : at > 0 ? at : length;
        } else if (text[at] == ',') {
            comma = at + 1;
        }
    }
    return at;
}

size_t label_wrap(const char *text, const struct label_room *room,
                  char (*ret_lines)[LABEL_LINE_SIZE], size_t lines)
{
    size_t count = 0;

    while (*text == ' ') {
        text++;
    }
    for (; *text && count < lines; count++) {
        size_t length = count + 1 < lines ? line_length(text, room) : strlen(text);

        ret_lines[count][0] = '\0';
        label_add(ret_lines[count], LABEL_LINE_SIZE, "%.*s", (int)length, text);
        label_trim(ret_lines[count], room);
        text += length;
        while (*text == ' ') {
            text++;
        }
    }
    return count;
}

void label_put(FILE *out, const char *text)
{
    char clean[1024];

    label_clean(text, clean, sizeof(clean));
    for (const char *p = clean; *p; p++) {
        if (*p == '\\') {
            fputs("\\\\", out); /* or gnuplot would take "\n" for a new line */
        } else {
            fputc(*p == '"' ? '\'' : *p, out); /* a quote would swallow the tabs behind it */
        }
    }
}
