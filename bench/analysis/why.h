/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why is one strategy slower than another? A counter that is larger in the slower one, epoch by
 * epoch, and that weighs enough to matter, is named; what is not shown by the samples is not said.
 *
 * A counter has moved if the interval of its ratio within epochs (the sign-test interval of
 * median_estimate) lies above 1 + MARGIN, at a confidence that holds for all counters together
 * (Bonferroni: 1 - 0.05 / number of counters that both have, for which 8 epochs are needed, or 9 if
 * there are more than 6). It can matter if it explains a tenth of the difference in time at the
 * highest price that anything of its kind has here: a page fault 10 us, a switch 100 us (a wake-up
 * of a core that sleeps included), a migration as much (a cache to be filled), a miss of the TLB
 * 1 us, a cycle or an instruction 1 ns. Of those that moved and can matter the one with the largest
 * ratio is the answer. */
#ifndef TVP_WHY_H
#define TVP_WHY_H

#include "analysis/analysis.h"

enum counter {
    COUNTER_USER,
    COUNTER_SYSTEM,
    COUNTER_MINOR_FAULTS,
    COUNTER_MAJOR_FAULTS,
    COUNTER_VOLUNTARY,
    COUNTER_FORCED,
    COUNTER_RUN_DELAY, /* this and the rest: of examined samples, where they could be counted */
    COUNTER_MIGRATIONS,
    COUNTER_CYCLES,
    COUNTER_INSTRUCTIONS,
    COUNTER_DTLB_MISSES,
    COUNTER_COUNT,
};
bool counter_is_time(enum counter counter); /* in ns; else a number of events */
/* Whether any sample has it, and more than none of it. */
bool counter_happened(const struct series *series, enum counter counter);
/* Of one task, the median over epochs; NaN if the series does not have it. */
double counter_each(const struct series *series, enum counter counter);

struct why {
    const struct row *slow, *fast;
    enum counter counter;
    struct estimate ratio; /* slow / fast, each with 1 ms or one event more, so that 0 has one */
    double slow_each, fast_each; /* of one task, the median over epochs */
};

/* False: no counter moved, or none that can matter, or slow has fewer workers, which is why. Both
 * rows must have times. */
bool why_slower(const struct row *slow, const struct row *fast, struct why *ret_why);

/* The fastest against the second, and the best of threads against the best of processes, where
 * they differ and something can be said. Returns how many, each pair once. None of warm times: the
 * counters are of the whole sample, and what opening a pool costs does not explain them. */
#define WHYS_MAX 2u
size_t group_why(const struct group *group, struct why whys[WHYS_MAX]);

#endif
