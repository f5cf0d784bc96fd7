/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the verdict share among themselves, and its answer with the titles of
 * pictures. */
#ifndef TVP_VERDICT_PARTS_H
#define TVP_VERDICT_PARTS_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* What one group answers. */
enum answer {
    ANSWER_EITHER,
    ANSWER_THREADS,
    ANSWER_PROCESSES,
    ANSWER_NEITHER,   /* no gain over serial is shown */
    ANSWER_UNSURE,    /* the interval is too wide */
    ANSWER_UNPROVEN,  /* serial differs from itself */
    ANSWER_LOUD,      /* others disturbed it */
    ANSWER_FEW,       /* too few epochs for an interval */
    ANSWER_ONE_SIDED, /* threads, processes or both have no time */
    ANSWER_COUNT,
};
enum answer contest_answer(const struct contest *contest);

struct summary {
    const struct groups *groups;
    struct contest *contests; /* one a group */
};

/* The sentence for the whole machine. */
int summary_write(FILE *out, const struct record *record, const struct summary *summary,
                  const struct style *style);
/* One group in words: the second half of verdict_write. */
int verdict_group_write(FILE *out, const struct groups *groups, const struct group *group,
                        const struct group *warm, unsigned indent, const struct style *style);
/* What makes every sentence above doubtful, in one paragraph, or nothing. */
int verdict_doubts_write(FILE *out, const struct record *record, const struct groups *groups,
                         const struct style *style);
/* Whether keeping workers open changes what this group answers. */
bool warm_changes(const struct group *cold, const struct group *warm);

#endif
