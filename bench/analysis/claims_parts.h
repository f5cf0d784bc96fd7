/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the claims, and contests, look at in one series. Private to bench/analysis. */
#ifndef TVP_CLAIMS_PARTS_H
#define TVP_CLAIMS_PARTS_H

#include "analysis/claims.h"

/* The share of the updates of an unguarded counter that was lost: one median an epoch, and their
 * median. False: this series counted no such thing. */
bool series_lost_share(const struct series *series, struct estimate *ret_share);
/* The samples of such a series in which any update was lost. */
size_t series_lost_samples(const struct series *series);

/* Of the one sample whose tasks were kept, in the order in which their results came: HOLDS if that
 * is the order in which they ended and not the one in which they were submitted; UNSURE if some
 * came out of order; NO_DATA if nothing could overtake, or nothing did. *ret_overtook: the share
 * of results that came before one submitted earlier. */
enum claim_state series_order_state(const struct series *series, struct estimate *ret_overtook);

/* The row of the group that is as this one but for its chunk=, which is 1 or not there, or NULL,
 * also if this one has no chunks of more than one task, or one of them has no time. */
const struct row *row_without_chunk(const struct group *group, const struct row *row);

#endif
