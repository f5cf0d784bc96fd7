/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speed-up against workers, and the two laws that it is held against.
 *
 *   Amdahl (1967), "Validity of the single processor approach":  S(n) = l n / (1 + s (n - 1))
 *   Gunther (1993, 2007), universal scalability law:  S(n) = l n / (1 + s (n - 1) + k n (n - 1))
 *
 * l is what one worker makes of serial, s the share of contention, k that of coherency: of workers
 * waiting for each other's data. s = a^2 and k = b^2 keep both from becoming negative, which free
 * steps did. With k > 0 the second law has a peak at sqrt((1 - s) / k); it is a finding only where
 * it lies among the workers measured, since a fit knows nothing of what was not measured, and where
 * the most of them are slower than fewer: on a flat curve it is noise that has a peak. */
#ifndef TVP_SCALING_H
#define TVP_SCALING_H

#include "analysis/curve.h"

#define SCALING_POINTS_MAX 32u
#define SCALING_FIT_LEAST 5u /* numbers of workers that a fit needs */

extern const struct curve_model amdahl_model, usl_model;
double usl_contention(const double *parameters); /* s, of either law */
double usl_coherency(const double *parameters);  /* k */
double usl_peak(const double *parameters);       /* workers; INFINITY if it never falls */

enum scaling_trend {
    SCALING_UNKNOWN, /* too few epochs, or the group is in doubt */
    SCALING_RISING,  /* the most workers are the fastest */
    SCALING_FLAT,    /* fewer are faster, or not told apart from the most */
    SCALING_FALLING, /* fewer are faster, and the most are told apart from them */
};

/* One strategy of one group, by workers. */
struct scaling {
    const struct group *group;
    enum unsure doubt; /* of the group, see trust.h: then trend is UNKNOWN and no law is fitted */
    const struct row *rows[SCALING_POINTS_MAX]; /* more workers each time */
    double workers[SCALING_POINTS_MAX];
    struct estimate speedup[SCALING_POINTS_MAX]; /* serial / this */
    size_t count;
    size_t best;              /* the largest speed-up */
    size_t enough;            /* the fewest workers not told apart from it */
    enum scaling_trend trend; /* by the measurements alone, no fit */
    bool fitted;              /* the rest is there */
    struct curve_data data;
    struct curve_fit usl, amdahl;
    struct estimate contention, coherency;
    double peak; /* workers, if it lies within those measured and trend is FALLING; else NaN */
};

/* Of the rows with that very strategy that have a time and a number of workers. 0, -ENOMEM;
 * -ENODATA: fewer than two such rows, or no serial row with a time. with_fit: false leaves the
 * laws out. */
int scaling_make(const struct group *group, const char *strategy, enum metric metric, bool with_fit,
                 struct scaling *ret_scaling);
void scaling_release(struct scaling *scaling);
/* The first strategy of the group after `previous` (NULL: from the start) that has two rows with
 * different numbers of workers; NULL: no more. */
const char *scaling_next(const struct group *group, const char *previous);

#endif
