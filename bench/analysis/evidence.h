/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one series of one file has to say in a comparison: one logarithm an epoch. */
#ifndef TVP_EVIDENCE_H
#define TVP_EVIDENCE_H

#include "analysis/analysis.h"

struct evidence {
    double *logs; /* in the order of the epochs; owned */
    size_t count;
    uint64_t span_ns; /* from the beginning of the first sample to that of the last */
    size_t runs;      /* that it comes from; 0 is 1 */
};

/* How much the means of several runs of one machine differ, as variances of logs. */
struct spread {
    double total;   /* of the means, */
    double between; /* and without what the epochs of each run explain: tau^2 */
    double freedom; /* degrees of; 0: not known */
};

/* ln(median of the series / median of the base) of every epoch that both have; with base NULL
 * the logarithm of the time itself. count is 0 if there is no such epoch. 0 or -ENOMEM. */
int evidence_make(const struct series *series, const struct series *base, enum metric metric,
                  struct evidence *ret_evidence);
void evidence_release(struct evidence *evidence);

/* The fewest epochs with which median_estimate() gives an interval at this confidence. */
size_t evidence_needed(double confidence);

/* The mean of its logs, and the square of that mean's standard error, inflated by the lag-1
 * autocorrelation where that is positive: neighbouring epochs share a burst. */
double evidence_center(const struct evidence *evidence);
double evidence_variance(const struct evidence *evidence);

#define EVIDENCE_WELCH_LEAST 3u /* values on either side */

/* The difference of two means of logs, after - before, by Welch's t at this confidence. Where the
 * spread of runs is known, its tau^2 over the number of runs is added on either side (method of
 * moments, as in a random-effects model), with the degrees of freedom of Satterthwaite. Without an
 * interval if a side has fewer values than the above. */
struct estimate evidence_welch(const struct evidence *before, const struct evidence *after,
                               const struct spread *spread, double confidence);

/* The mean of logs of few independent machines by Student's t with count - 1 degrees of freedom:
 * with equal weights this is the interval of Hartung and Knapp, which holds its level with three
 * studies already (IntHout, Ioannidis, Borm: BMC Med Res Methodol 14:25, 2014), where an
 * order-statistic interval needs six. No interval below 3. */
struct estimate evidence_mean(const double *logs, size_t count, double confidence);

#endif
