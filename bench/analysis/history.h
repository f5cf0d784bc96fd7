/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of one machine in the order of time: what changed, and since which run? Pure. */
#ifndef TVP_HISTORY_H
#define TVP_HISTORY_H

#include "analysis/compare.h"

#define HISTORY_ALPHA 0.05   /* of a row: chance of a change where none is */
#define HISTORY_LONGEST 200u /* runs; of more the last ones are looked at */

struct history_change {
    size_t run;         /* column of the comparison: the first run after it */
    double factor;      /* median after / median before, each up to the next change */
    uint32_t differing; /* bits of the fingerprint in which that run differs from the one before */
};

struct history_row {
    const struct compare_row *row; /* of the comparison */
    size_t *runs;                  /* columns that have a value */
    double *values;                /* theirs */
    size_t count;
    size_t doubtful; /* runs whose value is left out: loud, or serial unequal to itself */
    struct history_change *changes;
    size_t change_count;
};

struct history {
    const struct comparison *comparison;
    struct history_row *rows;
    size_t row_count;
};

/* Sort files by the time at which they were made; undated ones come first. */
void history_sort(struct compare_file *files, size_t count);

/* comparison: with a column a file, in the order of time; it must outlive the result. Changes of
 * less than its threshold are none. 0 or -ENOMEM. */
int history_make(const struct comparison *comparison, struct history *ret_history);
void history_release(struct history *history);

#endif
