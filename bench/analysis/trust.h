/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a group itself gives reason to doubt, before any of its ratios is looked at. */
#ifndef TVP_TRUST_H
#define TVP_TRUST_H

#include "analysis/analysis.h"

/* Whether what is said of a row's series may be believed: UNSURE_NOT, UNSURE_UNPROVEN or
 * UNSURE_LOUD. The group must have been weighed. */
enum unsure group_trust(const struct group *group, const struct series *series);

/* Sets unproven, loud and foreign. The best row and the ratio of the placebo must be final. */
void group_weigh(struct group *group, const struct record *record);

/* Whether nothing is to be concluded from any of its rows, and why: UNSURE_NOT, UNSURE_UNPROVEN or
 * UNSURE_LOUD. The group must have been weighed. */
enum unsure group_doubt(const struct group *group);

/* What a ratio of two rows of the group says at MARGIN: nothing, if the group is unproven or loud.
 * ret_unsure and ret_more_epochs are always set. The group must have been weighed. */
enum standing group_standing(const struct group *group, const struct estimate *ratio,
                             enum unsure *ret_unsure, uint64_t *ret_more_epochs);

#endif
