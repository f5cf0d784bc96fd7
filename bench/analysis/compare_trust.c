/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the runs themselves give reason to doubt, before anything is compared. */
#include "analysis/compare_parts.h"

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
