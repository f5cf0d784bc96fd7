/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one bad task costs the others, from the samples of the workload `crash`: how many of the
 * other results are still there, and how soon the fault is noticed. It is all in the record
 * already: a task that was lost is a failed task, a trial that was lost has left no sample. */
#ifndef TVP_ISOLATION_H
#define TVP_ISOLATION_H

#include "analysis/analysis.h"

struct isolation {
    uint64_t others;   /* tasks beside the bad one */
    uint64_t survived; /* of them, the fewest in any sample; 0 if trial_lost */
    bool trial_lost;   /* the bad task took all others with it, in every trial */
    double noticed_ns; /* since the bad task began, in the sample of the timeline; NaN: not known */
};

/* Whether the group is about that: its workload is `crash`. */
bool isolation_fits(const struct group *group);
/* Whether its bad task hangs: nobody notices before a limit. */
bool isolation_hangs(const struct group *group);
/* False: the row was skipped, or nothing was tried. */
bool isolation_of(const struct row *row, struct isolation *ret_isolation);

#endif
