/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_CORRECT_H
#define TVP_CORRECT_H

#include "analysis/analysis.h"

/* Take the ratios of all rows to their group's best, of all contests and of all placebos at the
 * levels of Holm's rule, one family each; fills groups->comparisons and groups->corrected. The
 * standings and outcomes that follow from the ratios are the caller's. 0 or -ENOMEM. */
int groups_correct(struct groups *groups, enum metric metric);

#endif
