/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two modes: epochs that ran at one of two speeds, as where a thread and its partner share a core
 * in one process and not in the next. Half way between them there is no run. */
#ifndef TVP_MODES_H
#define TVP_MODES_H

#include "analysis/analysis.h"

#define MODES_EPOCHS 12u /* fewer tell nothing */
#define MODES_RATIO 1.5  /* modes that are nearer to each other are not worth a word */

/* The sorted logarithms of n positive values are cut in two, with a quarter of them on either side
 * at least; the statistic is the gap at the cut over the larger standard deviation of the two
 * parts, the largest of all cuts (a gap test in the manner of Engelman and Hartigan, Percentage
 * points of a test for clusters, JASA 64, 1969, robust against a tail on one side). Two modes are
 * reported if it is 52/n or more, and the medians of the parts differ by MODES_RATIO. 52/n is above
 * the simulated 99 % points, n = 12 .. 60, for normal, lognormal, uniform, exponential (and the
 * product of two), Laplace, t3, Cauchy and AR(1) values with 0.7 and 0.9: uniform values, the least
 * favourable unimodal ones, and AR(1) come nearest (tests/property/test_modes.c).
 *   low_count 0 if there is one mode, too few values, one that is not positive, or no memory. */
struct modes values_modes(const double *values, size_t count);
/* The same of the medians of the epochs. None of CPU time, whose clock has steps. */
struct modes series_modes(const struct series *series, enum metric metric);

#endif
