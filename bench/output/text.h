/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for a terminal: made safe, measured in columns and wrapped at a width. All wording of
 * bench/output is written in UTF-8 and becomes ASCII here, in one place, if that is asked for.
 * Text that came out of a result file is untrusted; it reaches a terminal only through here. */
#ifndef TVP_TEXT_H
#define TVP_TEXT_H

#include "output/style.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A blank at which no line is broken, between a number and its unit. One byte. */
#define GLUE "\x1f"

/* In place, never longer than before: control characters, broken UTF-8 and invisible characters
 * that reorder text become '?', GLUE becomes a blank, and with style->ascii everything above
 * ASCII becomes something that is not. Returns text. */
char *text_clean(char *text, const struct style *style);
/* Length of the well-formed UTF-8 character at bytes, its code point in *ret_code; 0 if it is
 * broken: overlong, a surrogate, out of range or cut short. */
size_t text_decode(const char *bytes, uint32_t *ret_code);
/* Would move the cursor, hide, or turn the direction of what follows. GLUE, which is ours, is not
 * among them. */
bool text_harms(uint32_t code);
/* Columns that a character takes on a terminal: 0, 1 or 2. */
unsigned text_code_width(uint32_t code);
/* Columns that clean UTF-8 takes on a terminal. */
unsigned text_width(const char *text);
/* Bytes of the longest head of text (length bytes) that fits into `width` columns; at least one
 * character, so that a loop over it ends. */
size_t text_fit(const char *text, size_t length, unsigned width);
/* Columns of a line: style->width, at least 60; 0 is 80. */
unsigned style_width(const struct style *style);

/* Escape sequences, or "" without color. */
const char *style_bold(const struct style *style);
const char *style_dim(const struct style *style);
const char *style_plain(const struct style *style);

/* Text that is written to `file`, then wrapped. */
struct paragraph {
    FILE *file;
    char *bytes;
    size_t size;
};
/* 0 or -ENOMEM. */
int paragraph_begin(struct paragraph *paragraph);
/* Clean it and write it to out, wrapped at the width, every line after `first` (or later ones
 * after `rest`) blanks. Words longer than a line are broken, never cut. Releases the paragraph,
 * also on failure: -ENOMEM, -EIO. Writes nothing if the text is empty. */
int paragraph_end(struct paragraph *paragraph, FILE *out, const struct style *style, unsigned first,
                  unsigned rest);
/* The same, but hand over the clean text, to be freed by the caller. NULL: out of memory. */
char *paragraph_take(struct paragraph *paragraph, const struct style *style);

/* 0, or -EIO if anything written to out so far was lost. */
int text_done(FILE *out);

#endif
