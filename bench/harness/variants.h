/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several builds or settings of the same cells, side by side in the same blocks: the only honest
 * way to see a difference of a few per cent between two programs. */
#ifndef TVP_VARIANTS_H
#define TVP_VARIANTS_H

#include "harness/plan.h"

/* Every cell of the plan once for each variant, next to each other; a placebo only for the first.
 * NULL: nothing to do. 0 or -ENOMEM: the plan is the caller's to release in any case. */
int plan_variants(struct plan *plan, const struct plan_variant *variants);

#endif
