/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text on its way into a page. Text of a result file is untrusted: it reaches HTML only through
 * here, or inside a picture that svg_theme() has escaped; what is here is safe between tags and in
 * quoted attributes alike. */
#ifndef TVP_HTML_H
#define TVP_HTML_H

#include "output/text.h"

#include <stdarg.h>

/* Escaped; control characters and those that hide or reorder text are shown as "⟨U+202E⟩", broken
 * UTF-8 as "⟨byte FF⟩". A blank behind a digit becomes one that no line is broken at. NULL is "".
 */
void html_text(FILE *out, const char *text);
/* One byte of clean text, escaped. */
void html_byte(FILE *out, char byte);
/* What comes of a format, as html_text(). 0 or -ENOMEM. */
__attribute__((format(printf, 2, 3))) int html_format(FILE *out, const char *format, ...);
/* What was written to the paragraph, as html_text(). Releases it. 0 or -ENOMEM. */
int html_paragraph(FILE *out, struct paragraph *paragraph);
/* <tag class="class">text</tag>; class may be NULL. Tag and class are literals of ours. */
void html_element(FILE *out, const char *tag, const char *class, const char *text);

/* "\x1b" as it is shown; the same that html_text() makes of it, for text that is cleaned before it
 * gets there. Owned by the caller; NULL: out of memory. */
char *text_reveal(const char *text);

#endif
