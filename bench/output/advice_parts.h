/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of advice in words. Private to bench/output/advice_*.c; all write unclean UTF-8. */
#ifndef TVP_ADVICE_WORDS_PARTS_H
#define TVP_ADVICE_WORDS_PARTS_H

#include "output/advice_words.h"

/* Unbroken: every blank is GLUE. */
void write_advice_glued(FILE *out, const char *text);
void write_advice_size(FILE *out, double bytes);

/* What would change the answer. */
void write_advice_turns(FILE *out, const struct advice *advice);
/* What was left out, and why; nothing if nothing was. */
void write_advice_conditions(FILE *out, const struct advice *advice,
                             const struct advice_question *question);
/* What of it nothing was measured for; nothing if all was. */
void write_advice_outside(FILE *out, const struct advice *advice,
                          const struct advice_question *question,
                          const struct advice_source *source);
/* From which measurements it follows. */
void write_advice_source(FILE *out, const struct advice_source *source);

#endif
