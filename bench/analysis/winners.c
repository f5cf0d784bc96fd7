/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/winners.h"

#include <errno.h>
#include <string.h>

static void add_workers(struct winner_map *map, uint64_t workers)
{
    size_t at = 0;

    while (at < map->count && map->workers[at] < workers) {
        at++;
    }
    if (workers == 0 || map->count == WINNER_WORKERS_MAX ||
        (at < map->count && map->workers[at] == workers)) {
        return;
    }
    memmove(map->workers + at + 1, map->workers + at, (map->count - at) * sizeof(*map->workers));
    map->workers[at] = workers;
    map->count++;
}

int winner_map_make(const struct groups *groups, struct winner_map *ret_map)
{
    const char *workload = lengths_workload(groups);
    struct winner_map map = {.count = 0};
    int r = workload ? lengths_make(groups, workload, &map.lengths) : -ENODATA;

    for (size_t i = 0; r == 0 && i < map.lengths.count; i++) {
        const struct group *group = map.lengths.groups[i];

        for (size_t k = 0; k < group->row_count; k++) {
            if (&group->rows[k] != map.lengths.serials[i]) {
                add_workers(&map, group->rows[k].series->workers);
            }
        }
    }
    if (r == 0 && map.count < 2) {
        r = -ENODATA;
    }
    if (r == 0) {
        *ret_map = map;
    }
    return r;
}

struct winner winner_find(const struct winner_map *map, size_t length, uint64_t workers,
                          enum metric metric)
{
    const struct group *group = map->lengths.groups[length];
    struct winner winner = {.first = NULL};

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (!row_has_time(row) ||
            (row != map->lengths.serials[length] && row->series->workers != workers)) {
            continue;
        }
        if (!winner.first || row->time.value < winner.first->time.value) {
            winner.second = winner.first;
            winner.first = row;
        } else if (!winner.second || row->time.value < winner.second->time.value) {
            winner.second = row;
        }
    }
    if (winner.second) {
        winner.lead = series_ratio(winner.second->series, winner.first->series, metric, CONFIDENCE);
        winner.told_apart = winner.lead.low > 1 && winner.lead.value > 1 + MARGIN;
    }
    return winner;
}
