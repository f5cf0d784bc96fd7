/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ratio with its interval says: one rule for rows, contests and placebos of a run, for pairs
 * of builds and for runs that are compared. On the scale of
 * logarithms, with e the estimate and d = ln(1 + margin):
 *   slower         the interval lies above 0, and e >= d; faster is the mirror of it
 *   no difference  the whole interval lies within -d .. d
 *   cannot tell    everything else */
#ifndef TVP_RULING_H
#define TVP_RULING_H

#include "analysis/analysis.h"

/* SLOWER, FASTER, SAME or UNSURE. */
enum standing ratio_standing(const struct estimate *ratio, double margin);

/* Why a ratio is unsure by itself: FEW, WIDE or MARGIN (half its interval is margin / 2 or less,
 * which is as narrow as a run measures). */
enum unsure ratio_unsure(const struct estimate *ratio, double margin);

#define EPOCHS_MOST 1000000u /* never more than about so many are asked for */

/* About how many epochs beside those it has would make its interval narrow enough for an answer,
 * rounded up to a number that does not look exact; 0 if it is narrow already.
 *   The longer arm of the interval, h, is to become t = |e| where |e| >= d, so that it leaves 0;
 * else t = d - |e|, so that it fits into the margin, but d / 2 at least: nearer to the margin no
 * number of epochs is a promise. Ranks of the interval are k = n/2 - z sqrt(n)/2 (David and
 * Nagaraja, Order Statistics, 7.1), and the i-th of n normal values is about q(i/(n+1)) standard
 * deviations off (Blom 1958), with q and P the normal quantile and its inverse. So the standard
 * deviation is s = h / q(1 - k/(n+1)) with the k that gave h, and the n wanted is (z / (2 P(t/s) -
 * 1))^2. That is the law of sqrt(n), with the true widths at small n, where order statistics of
 * high confidence are far out. An interval at a confidence that so few epochs have no ranks for, as
 * Welch's, follows the law itself, from h to t. The width of few epochs is itself uncertain: in
 * simulations the number suffices in 2 of 3 runs, and is four times what would do in 1 of 10
 * (tests/property/test_noise.c). */
uint64_t ratio_more_epochs(const struct estimate *ratio, double margin);

#endif
