/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a sweep over the length of a task: what costs and winners are told against. */
#ifndef TVP_LENGTHS_H
#define TVP_LENGTHS_H

#include "analysis/analysis.h"

#define LENGTH_POINTS_MAX 32u
#define LENGTH_POINTS_LEAST 4u
#define LENGTH_SPAN_LEAST 10.0 /* from the shortest to the longest task, as a factor */

/* Groups that did the same with tasks of different lengths, shortest first. */
struct lengths {
    const struct group *groups[LENGTH_POINTS_MAX];
    const struct row *serials[LENGTH_POINTS_MAX];
    double length_ns[LENGTH_POINTS_MAX];
    size_t count;
};
/* All groups of one workload whose serial row has a time and that differ from the first such one in
 * nothing but the argument `iterations`, and the number of tasks that follows from it; of several
 * with equal arguments the first. What else makes a task take longer, as more bytes to hand back,
 * is not its length. 0; -ENODATA: too few lengths, or too close to each other. */
int lengths_make(const struct groups *groups, const char *workload, struct lengths *ret_lengths);
/* The first workload with lengths; NULL: none. */
const char *lengths_workload(const struct groups *groups);

#endif
