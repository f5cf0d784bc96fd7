/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The why line of table and report. */
#ifndef TVP_WHY_WORDS_H
#define TVP_WHY_WORDS_H

#include "analysis/why.h"
#include "output/style.h"

#include <stdio.h>

/* "user time", "page faults", ... */
const char *counter_words(enum counter counter);
/* "2.1 us", "12.4", "none" of one task */
void counter_write(FILE *out, enum counter counter, double each);
/* "why fork is slower than pthread: page faults differ most, 62.1 a task against 5.00, 12.4 ×
 * [11.9, 13.0]", without a period; unclean UTF-8, as in words.h. */
void why_write(FILE *out, const struct group *group, const struct why *why);
/* The lines of a group, each a paragraph of its own; none if there is nothing to say. */
int why_notes_write(FILE *out, const struct group *group, unsigned indent,
                    const struct style *style);

#endif
