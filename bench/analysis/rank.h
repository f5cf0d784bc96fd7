/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order statistics that bound the interval of a median. */
#ifndef TVP_RANK_H
#define TVP_RANK_H

#include <stddef.h>

/* The rank from either end, counted from 1, at which the interval of median_estimate() begins and
 * ends; 0: there is none. */
unsigned interval_rank(size_t count, double confidence);

#endif
