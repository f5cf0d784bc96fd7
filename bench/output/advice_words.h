/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Advice in words: what to do, how long it takes, what comes second, what would change it, and from
 * which measurements all that follows. */
#ifndef TVP_ADVICE_WORDS_H
#define TVP_ADVICE_WORDS_H

#include "analysis/advice.h"
#include "output/style.h"

#include <jansson.h>
#include <stdio.h>

/* What an answer rests on. */
struct advice_source {
    const char *machine; /* its label, unclean */
    uint64_t cores;
    struct advice_range range;
    size_t groups, doubtful; /* as in struct advice_world */
    bool synthetic, here;    /* here: measured for this question */
};

/* brief: the first sentence alone. 0, -ENOMEM or -EIO. */
int advice_write(FILE *out, const struct advice *advice, const struct advice_question *question,
                 const struct advice_source *source, bool brief, const struct style *style);
/* The same for programs, times in ns: a new reference, or NULL without memory. */
json_t *advice_to_json(const struct advice *advice);

#endif
