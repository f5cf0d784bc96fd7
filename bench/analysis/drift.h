/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Did a series become slower or faster while the run went on? */
#ifndef TVP_DRIFT_H
#define TVP_DRIFT_H

#include "analysis/analysis.h"

/* Percent from the first epoch to the last, by a line through the logarithms of the epochs'
 * medians; NaN with fewer than six epochs. *ret_seen: by Student's t with count - 2 degrees of
 * freedom, noise alone shows as much in 1 % of cases at the most. That is strict because it goes
 * into a title. */
double series_drift(const struct series *series, enum metric metric, bool *ret_seen);

#endif
