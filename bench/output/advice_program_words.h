/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Advice about a program in words: how many at once, and what threads could save. */
#ifndef TVP_ADVICE_PROGRAM_WORDS_H
#define TVP_ADVICE_PROGRAM_WORDS_H

#include "analysis/advice_program.h"
#include "output/style.h"

#include <jansson.h>
#include <stdio.h>

/* name: of the program, unclean; tasks: how many runs there are to be, 0: not said. 0, -ENOMEM or
 * -EIO. */
int advice_program_write(FILE *out, const struct advice_program *program, const char *name,
                         uint64_t tasks, const struct style *style);
/* A new reference, or NULL without memory. */
json_t *advice_program_to_json(const struct advice_program *program);

#endif
