/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal can show, and what the user wants of it. */
#ifndef TVP_TERMINAL_H
#define TVP_TERMINAL_H

#include "output/style.h"

#include <stdio.h>

/* color: "auto", "always", "never"; anything else is -EINVAL. auto: only on a terminal, and not
 * if NO_COLOR is set or TERM is dumb. Without UTF-8 in the locale, ascii is on in any case. */
int terminal_style(FILE *out, const char *color, bool ascii, struct style *ret_style);

/* Whether stdout is a pipe that nobody reads any more: `tvp show | head`. That is no failure:
 * whoever has read enough does not want to hear of it. */
bool terminal_reader_left(void);

#endif
