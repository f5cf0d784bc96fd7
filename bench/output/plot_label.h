/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for pictures: made harmless, measured, cut and wrapped. Widths are estimates, on the
 * safe side for the widest common font (DejaVu Sans): nobody here knows which one will be used. */
#ifndef TVP_PLOT_LABEL_H
#define TVP_PLOT_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Append to text of size bytes, cutting what does not fit at a character. */
__attribute__((format(printf, 3, 4))) void label_add(char *text, size_t size, const char *format,
                                                     ...);

/* Copy what may be shown: valid UTF-8 without control characters, which become blanks, and without
 * what text_harms() names, which becomes "?" like what is broken. */
void label_clean(const char *from, char *to, size_t size);

/* Columns of a fixed-width terminal; wide characters count twice. */
size_t label_columns(const char *text);
/* Shorten to so many columns, the last of them then being an ellipsis. */
void label_cut(char *text, size_t columns);

/* A place for text: its width and the font, all in pixels. */
struct label_room {
    double width, size;
    bool bold;
};
/* Width of text in that font. */
double label_width(const char *text, const struct label_room *font);
/* Shorten to what fits, with an ellipsis. */
void label_trim(char *text, const struct label_room *room);

#define LABEL_LINE_SIZE 320u
/* Break at blanks, and in long lists at commas, into at most `lines` lines that fit; the last one
 * is shortened if need be. Returns the number of lines. */
size_t label_wrap(const char *text, const struct label_room *room,
                  char (*ret_lines)[LABEL_LINE_SIZE], size_t lines);

/* One field of a data file: cleaned, and safe from gnuplot's own reading of quotes and
 * backslashes. Writes no separator. */
void label_put(FILE *out, const char *text);

#endif
