/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stopping.h"

#include "base/clock.h"
#include "harness/rounds.h"

bool stopping_look(struct run *run)
{
    bool all = true;

    for (size_t i = 0; i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[i];

        set->done = set_planned(set) >= run->settings->epochs;
        all = all && set->done;
    }
    return all;
}

bool stopping_too_late(const struct run *run)
{
    uint64_t elapsed_ns = clock_ns() - run->origin_ns;

    return run->round > 0 && elapsed_ns + round_expected_ns(run) > run->settings->budget_ns;
}
