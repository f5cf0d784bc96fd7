/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal code compared with itself, many times: how large are differences that are none, and how
 * often is one of them called a difference? With a planted one: how often is it found? Pure. */
#ifndef TVP_NOISE_H
#define TVP_NOISE_H

#include "analysis/compare.h"

/* One comparison of a cell with itself, from epochs of its own. */
struct noise_pair {
    char *strategy;        /* owned */
    struct estimate ratio; /* of the second to the first, at 95 %, standing for itself alone */
    enum change change;   /* by the rule of all verdicts, margin MARGIN; loudness does not excuse */
    bool loud;            /* others disturbed more than half of its epochs */
    uint64_t measured_ns; /* of samples, warm-up included */
};

/* All comparisons of one workload. */
struct noise_subject {
    const char *workload; /* borrowed */
    double planted;       /* 0.05: the second has 5 % more to do; 0: nothing */
    struct noise_pair *pairs;
    size_t count;
};

/* What they say together. */
struct noise_summary {
    double floor;         /* 95th percentile of |ratio - 1|, as a logarithm */
    double half_width;    /* of the intervals: their median, as a logarithm */
    size_t judged;        /* comparisons with an interval */
    size_t told;          /* called slower or faster: wrong, where nothing was planted */
    size_t found;         /* called slower: right, where something was */
    size_t outside;       /* intervals that 1 (or what was planted) is not in */
    uint64_t measured_ns; /* of one comparison: the median */
};

/* A record with two series, equal but for what was planted. *ret_pair is released by the caller. 0,
 * -ENOMEM, or -EINVAL: one of the two has no time or a wrong answer. */
int noise_pair_make(const struct record *record, struct noise_pair *ret_pair);
int noise_subject_add(struct noise_subject *subject, struct noise_pair *pair); /* takes it over */
void noise_subject_release(struct noise_subject *subject);

struct noise_summary noise_summarise(const struct noise_subject *subject);

/* The interval of a probability after `hits` of `count` (Clopper and Pearson, 1934); count 0:
 * 0 .. 1. */
struct estimate binomial_estimate(size_t hits, size_t count, double confidence);

/* Does the load flag see what was planted? Epochs of one record, of which those from `from` on had
 * a load planted; adds to the counts. */
struct flag_counts {
    size_t planted, caught; /* epochs beside our load; of them flagged */
    size_t others, flagged; /* epochs without; of them flagged all the same */
};
void flag_count(const struct record *record, uint64_t from, struct flag_counts *counts);

#endif
