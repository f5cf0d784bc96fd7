/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/svg_theme.h"

#include "base/stream.h"
#include "output/html.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The same pairs as in style.gp; a test compares them. The first is the page, the second text. */
const struct svg_colour svg_colours[] = {
    {"#ffffff", "#14171c"}, {"#1b1f24", "#e6e9ee"}, {"#57606a", "#a3abb5"}, {"#e1e4e8", "#2c323a"},
    {"#f1f3f5", "#20252c"}, {"#5f6670", "#9aa3ad"}, {"#00508f", "#459de8"}, {"#2b8fd9", "#aedaff"},
    {"#a43d00", "#ff7433"}, {"#dd7a00", "#ffd490"}, {"#1b6eb3", "#aedaff"}, {"#a05800", "#ffd490"},
    {"#0b0d10", "#14171c"}, {"#a9b1ba", "#59626d"}, {NULL, NULL},
};

static void put_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        html_byte(out, *text);
    }
}

/* An attribute selector beats the presentation attribute that it names, and readers without CSS
 * keep the light picture: so nothing has to be taken out of the drawing. */
static void put_style(FILE *out, const char *id)
{
    static const char *const attributes[] = {"fill", "stroke", "color", NULL};

    fprintf(out,
            "<style>#%s text,#%s tspan{font-family:system-ui,-apple-system,\"Segoe UI\","
            "\"Noto Sans\",\"DejaVu Sans\",sans-serif}@media (prefers-color-scheme:dark){",
            id, id);
    for (const char *const *attribute = attributes; *attribute; attribute++) {
        for (const struct svg_colour *colour = svg_colours; colour->light; colour++) {
            fprintf(out, "#%s [%s=\"%s\"]{%s:%s}", id, *attribute, colour->light, *attribute,
                    colour->dark);
        }
        fprintf(out, "#%s [%s=\"black\"]{%s:%s}", id, *attribute, *attribute, svg_colours[1].dark);
    }
    fputs("}</style>\n", out);
}

/* A span of characters in the source. */
struct piece {
    const char *start;
    size_t length;
};

static bool piece_is(struct piece piece, const char *word)
{
    return piece.length == strlen(word) && memcmp(piece.start, word, piece.length) == 0;
}

static bool piece_begins(struct piece piece, const char *word)
{
    return piece.length >= strlen(word) && memcmp(piece.start, word, strlen(word)) == 0;
}

static bool piece_ends(struct piece piece, const char *word)
{
    size_t length = strlen(word);

    return piece.length >= length && memcmp(piece.start + piece.length - length, word, length) == 0;
}

/* The next name="value" of a tag; false at its end. Moves *at behind it. */
static bool next_attribute(const char **at, const char *end, struct piece *ret_name,
                           struct piece *ret_value)
{
    const char *p = *at;

    while (p < end && (isspace((unsigned char)*p) || *p == '/')) {
        p++;
    }
    const char *name = p;
    while (p < end && !isspace((unsigned char)*p) && *p != '=') {
        p++;
    }
    const char *name_end = p;
    while (p < end && (isspace((unsigned char)*p) || *p == '=')) {
        p++;
    }
    if (p >= end || (*p != '"' && *p != '\'')) {
        return false;
    }
    const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
    if (!close) {
        return false;
    }
    *ret_name = (struct piece){name, (size_t)(name_end - name)};
    *ret_value = (struct piece){p + 1, (size_t)(close - p - 1)};
    *at = close + 1;
    return true;
}

/* One spelling of a colour, so that the style sheet can name it; ids and references prefixed; and
 * a bold font in the words of SVG. */
static void put_attribute(FILE *out, struct piece name, struct piece value, const char *id)
{
    unsigned red, green, blue;
    int length = (int)value.length;
    char colour[48];

    /* Of its own, for sscanf() looks for the end of all that follows. */
    snprintf(colour, sizeof(colour), "%.*s", length < 47 ? length : 47, value.start);
    fprintf(out, " %.*s=\"", (int)name.length, name.start);
    if (piece_is(name, "font-family") && piece_ends(value, ":Bold")) {
        fprintf(out, "%.*s\" font-weight=\"bold", length - 5, value.start);
    } else if (piece_is(name, "id")) {
        fprintf(out, "%s-%.*s", id, length, value.start);
    } else if (piece_begins(value, "#") &&
               (piece_is(name, "href") || piece_is(name, "xlink:href"))) {
        fprintf(out, "#%s-%.*s", id, length - 1, value.start + 1);
    } else if (piece_begins(value, "url(#")) {
        fprintf(out, "url(#%s-%.*s", id, length - 5, value.start + 5);
    } else if (piece_begins(value, "rgb(") &&
               sscanf(colour, "rgb( %u , %u , %u )", &red, &green, &blue) == 3) {
        fprintf(out, "#%02x%02x%02x", red & 0xff, green & 0xff, blue & 0xff);
    } else if (value.length == 7 && value.start[0] == '#') {
        for (size_t i = 0; i < value.length; i++) {
            fputc(tolower((unsigned char)value.start[i]), out);
        }
    } else {
        for (size_t i = 0; i < value.length; i++) {
            fputs(value.start[i] == '"' ? "&quot;" : (char[]){value.start[i], '\0'}, out);
        }
    }
    fputc('"', out);
}

static void put_tag(FILE *out, struct piece name, const char *at, const char *end, const char *id)
{
    struct piece attribute, value;

    fprintf(out, "<%.*s", (int)name.length, name.start);
    while (next_attribute(&at, end, &attribute, &value)) {
        put_attribute(out, attribute, value, id);
    }
    fputs(end[-1] == '/' ? "/>" : ">", out);
}

/* The root: gnuplot gives the view box only, which would fill any window; sizes are added. */
static int put_root(FILE *out, const char *at, const char *end, const struct svg_words *words)
{
    const char *box = memmem(at, (size_t)(end - at), "viewBox=\"", 9);
    unsigned width, height;

    if (!box || sscanf(box, "viewBox=\"0 0 %u %u\"", &width, &height) != 2) {
        return -EBADMSG;
    }
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" id=\"%s\" viewBox=\"0 0 %u %u\" "
            "width=\"%u\" height=\"%u\" role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n",
            words->id, width, height, width, height, words->id, words->id);
    fprintf(out, "<title id=\"%s-title\">", words->id);
    put_escaped(out, words->title);
    fprintf(out, "</title>\n<desc id=\"%s-desc\">", words->id);
    put_escaped(out, words->description);
    fputs("</desc>\n", out);
    put_style(out, words->id);
    return 0;
}

/* gnuplot's own titles are file names and "gnuplot_plot_1": they would pop up under the mouse. */
static const char *skip_element(const char *after_tag, struct piece name)
{
    const char *close = strstr(after_tag, piece_is(name, "title") ? "</title>" : "</desc>");

    return close ? strchr(close, '>') + 1 : NULL;
}

static int put_document(FILE *out, const char *svg, const struct svg_words *words)
{
    bool rooted = false;
    int r = 0;

    while (r == 0 && *svg) {
        const char *end = *svg == '<' ? strchr(svg, '>') : NULL;

        if (!end) {
            fputc(*svg++, out); /* text, which gnuplot has escaped */
            continue;
        }
        struct piece name = {svg + 1, strcspn(svg + 1, " \t\n/>")};
        const char *at = name.start + name.length;
        svg = end + 1;
        if (piece_is(name, "svg")) {
            r = rooted ? -EBADMSG : put_root(out, at, end, words);
            rooted = true;
        } else if (piece_is(name, "title") || piece_is(name, "desc")) {
            svg = skip_element(svg, name);
            r = svg ? 0 : -EBADMSG;
        } else if (name.length == 0 || *name.start == '?' || *name.start == '!') {
            fprintf(out, "%.*s", (int)(end + 1 - name.start + 1), name.start - 1);
        } else {
            put_tag(out, name, at, end, words->id);
        }
    }
    return r == 0 && !rooted ? -EBADMSG : r;
}

int svg_theme(const char *svg, const struct svg_words *words, char **ret_svg)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    if (!out) {
        return -ENOMEM;
    }
    int r = put_document(out, svg, words);
    if (stream_end(out, &text) < 0) {
        r = -ENOMEM;
    }
    if (r < 0) {
        free(text);
        return r;
    }
    *ret_svg = text;
    return 0;
}
