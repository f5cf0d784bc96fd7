/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean ...?": Levenshtein's distance, one row at a time. */
#include "base/options.h"

#include <string.h>

#define WORD_MAX 64

static size_t distance(const char *a, const char *b)
{
    size_t row[WORD_MAX + 1], length = strlen(b);

    if (strlen(a) > WORD_MAX || length > WORD_MAX) {
        return WORD_MAX;
    }
    for (size_t j = 0; j <= length; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[length];
}

const char *nearest_name(const char *word, const char *const *names)
{
    size_t best = strlen(word) < 5 ? 2 : 3; /* further away it is a guess, not a slip */
    const char *nearest = NULL;

    for (; *names; names++) {
        size_t d = distance(word, *names);

        if (d < best) {
            best = d;
            nearest = *names;
        }
    }
    return nearest;
}
