/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is the fastest for each length of a task and number of workers. */
#ifndef TVP_WINNERS_H
#define TVP_WINNERS_H

#include "analysis/breakeven.h"

#define WINNER_WORKERS_MAX 24u

struct winner_map {
    struct lengths lengths;
    uint64_t workers[WINNER_WORKERS_MAX]; /* that any strategy but serial had, fewest first */
    size_t count;
    double confidence; /* of each lead */
    bool corrected;    /* so high that they hold together (Bonferroni); false: most have too few
                          epochs for that */
};
/* Of the first workload with lengths. 0; -ENODATA: none, or fewer than two numbers of workers. */
int winner_map_make(const struct groups *groups, struct winner_map *ret_map);

/* The first two of one cell: of all rows with so many workers, and serial, which competes with
 * every number; controls compete with nobody. first is NULL without any time, second without two.
 */
struct winner {
    const struct row *first, *second;
    struct estimate lead; /* second / first */
    bool told_apart;      /* second is slower, by the rule of all rows (trust.h) */
};
struct winner winner_find(const struct winner_map *map, size_t length, uint64_t workers,
                          enum metric metric);

#endif
