/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a task costs under a strategy, against its length, and from which length on the strategy
 * pays off. The length of a task is what it takes serially, so serial is the diagonal; the cost is
 * time / tasks. cost = a + b * length, fitted to the logarithms: a is the price of handing a task
 * out, b the share of a task's length that the workers leave. cost = length at a / (1 - b). */
#ifndef TVP_BREAKEVEN_H
#define TVP_BREAKEVEN_H

#include "analysis/curve.h"
#include "analysis/lengths.h"

extern const struct curve_model cost_model;

enum breakeven {
    BREAKEVEN_AT,    /* within what was measured, without doubt */
    BREAKEVEN_BELOW, /* the shortest task measured pays off already */
    BREAKEVEN_ABOVE, /* the longest task measured does not pay off */
    BREAKEVEN_NONE,  /* not fitted: too few points, close to each other, or too few epochs */
};

/* One strategy with one number of workers. */
struct costs {
    const char *strategy;
    uint64_t workers;
    const struct row *rows[LENGTH_POINTS_MAX];
    double length_ns[LENGTH_POINTS_MAX];
    struct estimate cost_ns[LENGTH_POINTS_MAX]; /* length x (time / serial's), paired by epoch */
    size_t count;
    struct curve_data data;
    /* Lengths whose group is in doubt (trust.h) are drawn and not fitted: how many, and why the
     * first of them is. */
    size_t doubtful;
    enum unsure doubt;
    double from_ns, to_ns; /* the shortest and the longest length of the others; NaN: none */
    struct curve_fit fit;
    enum breakeven outcome;
    struct estimate overhead_ns; /* a */
    struct estimate share;       /* b */
    struct estimate length_at;   /* a / (1 - b), in ns; its value is NaN but for BREAKEVEN_AT */
    double ideal_ns;             /* 9 a / b: from there on 90 % of what b promises */
};
/* 0, -ENOMEM, or -ENODATA: fewer than two lengths have such a row with a time. */
int costs_make(const struct lengths *lengths, const char *strategy, uint64_t workers,
               enum metric metric, struct costs *ret_costs);
void costs_release(struct costs *costs);
/* Whether the whole interval of length_at lies where the outcome says; else that is but likely. */
bool costs_settled(const struct costs *costs);
/* The strategies (other than serial and controls) of the groups, by plain name in the order of the
 * file, each with the largest number of workers up to `cores` (0: any number) that most lengths
 * have. Returns how many. */
struct costs_key {
    const char *strategy;
    uint64_t workers;
};
size_t costs_keys(const struct lengths *lengths, uint64_t cores, struct costs_key *ret_keys,
                  size_t size);

#endif
