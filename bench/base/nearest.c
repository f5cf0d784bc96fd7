/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean ...?": Levenshtein's distance, but two letters that changed places are one slip
 * (Damerau). Of the table only the last three rows are kept. */
#include "base/options.h"

#include <string.h>

#define WORD_MAX 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1], height = strlen(a), width = strlen(b);

    if (height > WORD_MAX || width > WORD_MAX) {
        return WORD_MAX;
    }
    for (size_t i = 0; i <= height; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *top = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            if (i == 0) {
                row[j] = j;
                continue;
            }
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], top[j - 2] + 1);
            }
        }
    }
    return rows[height % 3][width];
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
