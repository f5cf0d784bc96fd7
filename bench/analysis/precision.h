/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a group measured precisely enough? That decides when to stop, so it must not depend on what
 * came out: whoever stops as soon as a difference is significant finds three times as many that
 * are none. Each ratio to the fastest row, and that of the best processes to the best threads, is
 * looked at on the scale of logarithms, as half the width of its interval. The interval is taken at
 * the level at which Bonferroni's rule holds all rows together: unlike Holm's it does not depend on
 * which of them differ, and it is the widest that a table will ever show; only that of a contest
 * that counts as several tests may be wider.
 *
 * Half a margin is wanted. Of a ratio that is far from 1 a tenth of its logarithm will do: a factor
 * of 2 is known well enough by 7 %, one of 1000 by a factor of 2. A ratio of equal things is near
 * 1, where this does not matter: it has to be ten times half its interval away for that.
 * tests/property/test_stopping.c shows that neither makes false verdicts more frequent. */
#ifndef TVP_PRECISION_H
#define TVP_PRECISION_H

#include "analysis/analysis.h"

#define PRECISION_FAR 0.1 /* of the logarithm of a ratio */

/* Logarithms. */
struct precision {
    double half;   /* half the interval; INFINITY: too few epochs for one */
    double wanted; /* at the most */
};

/* The ratio of the group that is farthest from what is wanted. metric and groups as they were made;
 * margin: 0.02 for 2 %. False: the group has no two rows to compare. */
bool group_precision(const struct groups *groups, const struct group *group, enum metric metric,
                     double margin, struct precision *ret_precision);

/* The same of one ratio, upper / lower, that is one of `tests`. */
struct precision pair_precision(const struct series *upper, const struct series *lower,
                                enum metric metric, double margin, size_t tests);

/* half is not above what is wanted. */
bool precision_reached(const struct precision *precision);

#endif
