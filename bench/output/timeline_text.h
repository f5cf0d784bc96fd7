/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each task ran, on which worker: bars of text, on one clock for all strategies shown. */
#ifndef TVP_TIMELINE_TEXT_H
#define TVP_TIMELINE_TEXT_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* One kept sample each of serial, of the best thread and of the best process strategy; a
 * sentence instead if no timeline was kept. 0, -ENOMEM or -EIO. */
int timeline_write(FILE *out, const struct group *group, const struct style *style);

/* The entry of a task in the first argument that is a list with an entry for each task, as in
 * "durations=3s,2s,1s", and its bytes; 0: there is none. */
size_t list_entry(const struct group *group, uint64_t task, const char **ret_entry);

/* The bars of one worker, `cells` columns of ns_per_cell each. */
struct lane {
    const struct group *group;
    const struct timeline *timeline;
    uint32_t worker;
    unsigned cells;
    double ns_per_cell;
    bool trimmed; /* blanks at the end are left out: nothing stands behind them */
};
int lane_write(FILE *out, const struct lane *lane, const struct style *style);

#endif
