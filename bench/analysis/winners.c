/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/winners.h"

#include "analysis/holm.h"
#include "analysis/trust.h"

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

static bool competes(const struct row *row)
{
    return row_has_time(row) && !strategy_is_control(row->series->strategy);
}

/* A map names a winner in each of its cells, so chance has as many tries. Rows with too few epochs
 * for that, as after a crash, win nothing; if most have too few, each cell stands for itself. */
static void choose_confidence(struct winner_map *map)
{
    size_t cells = map->lengths.count * map->count, fewest = holm_fewest(cells, CONFIDENCE);
    size_t rows = 0, reach = 0;

    for (size_t i = 0; i < map->lengths.count; i++) {
        const struct group *group = map->lengths.groups[i];

        for (size_t k = 0; k < group->row_count; k++) {
            const struct row *row = &group->rows[k];

            rows += competes(row);
            reach += competes(row) && row->time.count >= fewest;
        }
    }
    map->corrected = 2 * reach >= rows;
    map->confidence = map->corrected ? 1 - (1 - CONFIDENCE) / (double)cells : CONFIDENCE;
}

int winner_map_make(const struct groups *groups, struct winner_map *ret_map)
{
    const char *workload = lengths_workload(groups);
    struct winner_map map = {.count = 0};
    int r = workload ? lengths_make(groups, workload, &map.lengths) : -ENODATA;

    for (size_t i = 0; r == 0 && i < map.lengths.count; i++) {
        const struct group *group = map.lengths.groups[i];

        for (size_t k = 0; k < group->row_count; k++) {
            if (&group->rows[k] != map.lengths.serials[i] &&
                !strategy_is_control(group->rows[k].series->strategy)) {
                add_workers(&map, group->rows[k].series->workers);
            }
        }
    }
    if (r == 0 && map.count < 2) {
        r = -ENODATA;
    }
    if (r == 0) {
        choose_confidence(&map);
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

        if (!competes(row) ||
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
        enum unsure unsure;
        uint64_t more_epochs;

        winner.lead =
            series_ratio(winner.second->series, winner.first->series, metric, map->confidence);
        winner.told_apart =
            group_standing(group, &winner.lead, &unsure, &more_epochs) == STANDING_SLOWER;
    }
    return winner;
}
