/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where does a sequence change? E-divisive (Matteson and James, A nonparametric approach for
 * multiple change point analysis of multivariate data, JASA 109, 2014): splits where the energy
 * distance of both sides is largest, as long as random orders of the same values hardly ever give
 * as large a one. It assumes no distribution, and sees changes of the spread as well. */
#ifndef TVP_EDIVISIVE_H
#define TVP_EDIVISIVE_H

#include <stddef.h>

#define EDIVISIVE_LEAST 8u /* values; with fewer no split can be significant */

/* ret_points: `count` entries; the indices at which something new begins, in ascending order. The
 * chance to see a change where none is, is at most `alpha` (0.05). The random orders are the same
 * every time. Returns how many, or -ENOMEM. Fewer than EDIVISIVE_LEAST values: 0. */
int edivisive(const double *values, size_t count, double alpha, size_t *ret_points);

#endif
