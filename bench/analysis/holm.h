/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many comparisons at once: with forty rows at 95 %, two differ by chance. Holm's step-down rule
 * (A simple sequentially rejective multiple test procedure, 1979) keeps the chance that any row
 * is wrongly told apart below 5 %. */
#ifndef TVP_HOLM_H
#define TVP_HOLM_H

#include <stdbool.h>
#include <stddef.h>

/* The confidence at which the interval of each hypothesis must be taken, from its p-value. The
 * smallest p is tested at alpha / count, the next at alpha / (count - 1), and so on; from the
 * first that fails on, all are taken at that one's level. ret_confidences: count entries. False
 * without memory: nothing was written. */
bool holm_confidences(const double *p, size_t count, double confidence, double *ret_confidences);

/* The fewest values with which a sign test can reach the first of Holm's steps. */
size_t holm_fewest(size_t count, double confidence);

/* P-value of the two-sided sign test when `inside` of `count` values lie on the side of the
 * hypothesis: 2 P(Bin(count, 1/2) <= inside), at most 1. It is at most alpha exactly when the
 * order-statistic interval at confidence 1 - alpha lies wholly on the other side. */
double sign_test_p(size_t inside, size_t count);
/* That of "no difference", of logarithms of ratios. Ties count for neither side, and against both.
 */
double sign_test_logs_p(const double *logs, size_t count);

#endif
