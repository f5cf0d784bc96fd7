/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When is enough measured? A set of cells ends with its last epoch, with the budget, or at a look
 * that finds all its ratios precise enough (analysis/precision.h), those of variants to each other
 * where there are any: never because something differs.
 * Looks are few and fixed, for each is one more chance to stop at a lucky moment. */
#ifndef TVP_STOPPING_H
#define TVP_STOPPING_H

#include "harness/run_parts.h"

/* Planned epochs after which a run looks; ends with 0. */
extern const uint64_t stopping_looks[];

/* The difference that is to be told, 0.02 for 2 %. */
double stopping_margin(const struct run_settings *settings);

/* True if no set is left to be measured. */
bool stopping_done(const struct run *run);

/* After a round: say of the sets that need no further epoch why they have ended, which is "epochs"
 * or "precision". True if none is left to be measured. Sets that cannot be looked at for want of
 * memory are measured on. */
bool stopping_look(struct run *run);

/* True if the next round would not end within the budget. The first one always may begin. */
bool stopping_too_late(const struct run *run);

/* The member "stopping" of the record: which sets have ended, why and when. reason: of those that
 * are still measured, if the run ends now; else NULL, and they are left out. 0 or -ENOMEM. */
int stopping_describe(struct run *run, const char *reason);

#endif
