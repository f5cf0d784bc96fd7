/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two variants that were measured side by side in the blocks of one run: B against A, one log ratio
 * an epoch, so that what disturbs an epoch disturbs both sides of it. Pure. */
#ifndef TVP_COMPARE_LIVE_H
#define TVP_COMPARE_LIVE_H

#include "analysis/compare.h"

enum pair_state {
    PAIR_GOOD,
    PAIR_FAILED_A, /* no time, or a wrong answer, of the first, */
    PAIR_FAILED_B, /* of the second */
    PAIR_WORK,     /* the second did other work: arguments or number of tasks */
    PAIR_ANSWER,   /* both are right in themselves, and their answers differ */
    PAIR_MISSING,  /* the second has no such cell */
};

/* One workload under one strategy. */
struct live_pair {
    const struct group *group; /* of A */
    const struct row *a, *b;   /* b NULL: PAIR_MISSING */
    enum pair_state state;
    struct estimate ratio; /* time of B / time of A, at the confidence of its row (Holm) */
    enum change change; /* of B: slower, faster, the same, unsure; NONE unless the pair is good */
    enum unsure unsure; /* of an unsure one: FEW, ROWS, WIDE, MARGIN, UNPROVEN, LOUD */
    uint64_t epochs;    /* as of compare_cell */
};

struct live {
    const char *a, *b; /* names of the variants */
    struct groups groups;
    struct live_pair *pairs;
    size_t count, good;
    double threshold;
};

/* Whether the record holds exactly two variants; their names, in the order of the file. */
bool live_variants(const struct record *record, const char **ret_a, const char **ret_b);

/* threshold: 0.02: smaller differences are none. The record must outlive the result. 0, -ENOMEM, or
 * -EINVAL: there are not two variants in it. */
int live_make(const struct record *record, enum metric metric, double threshold,
              struct live *ret_live);
void live_release(struct live *live);

/* Whether the whole interval of a pair lies beyond the threshold: what a gate asks. slower_only:
 * B faster is no hit. */
bool live_is_beyond(const struct live *live, const struct live_pair *pair, bool slower_only);

#endif
