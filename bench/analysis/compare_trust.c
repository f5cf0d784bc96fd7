/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the runs themselves give reason to doubt, before anything is compared. */
#include "analysis/compare_parts.h"

static bool series_is_loud(const struct series *series)
{
    size_t loud = 0;

    for (size_t i = 0; i < series->samples.count; i++) {
        loud += series->samples.items[i].loud;
    }
    return 2 * loud > series->samples.count;
}

enum doubt unit_trust(const struct unit *unit)
{
    if (unit->group->unproven) {
        return DOUBT_UNPROVEN;
    }
    return series_is_loud(unit->row->series) ? DOUBT_LOUD : DOUBT_NONE;
}

enum doubt cell_trust(const struct compare_cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        if (cell->members[i]->trust != DOUBT_NONE) {
            return cell->members[i]->trust;
        }
    }
    return DOUBT_NONE;
}
