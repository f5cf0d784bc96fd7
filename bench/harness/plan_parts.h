/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps from a request to cells. Private to plan*.c. */
#ifndef TVP_PLAN_PARTS_H
#define TVP_PLAN_PARTS_H

#include "harness/plan.h"

/* Words of text between separators, as a list that ends with NULL; free with words_free(). NULL
 * without memory: a list is never shortened. */
char **words_split(const char *text, const char *separator);
void words_free(char **words);

/* One point of a sweep: what is the same for all cells of a set. Of a run without one, zeros. */
struct point {
    struct parent parent;
    uint64_t task_ns, tasks, payload;
    bool has_payload;
};

/* The points of a sweep, at least one; sweep may be NULL. */
size_t points_count(const struct sweep *sweep);
struct point point_at(const struct sweep *sweep, size_t index);

/* The strategies with each value of the options that are varied: "thread-pool" becomes
 * "thread-pool:chunk=1", "thread-pool:chunk=64". Takes over and replaces the list. -EINVAL with
 * why: none of them has such an option. */
int strategies_expand(const struct sweep *sweep, const struct catalogue *catalogue,
                      char ***strategies, char *why);

/* Can all workloads take the sweep, and this machine the parents? -EINVAL with why. */
int sweep_check(const struct plan_request *request, const struct catalogue *catalogue,
                const struct plan *plan, char *why);

/* A sweep of tasks goes where a worker for each of them would take minutes a sample: such a cell is
 * skipped. 0 or -ENOMEM. */
int cell_skip_spawns(struct cell *cell, const json_t *strategy, uint64_t tasks);

/* One set: strategies x workers; more workers do not make another cell of who has none but the
 * caller. entry: of the workload, NULL for a user's own. */
int cell_set_fill(struct cell_set *set, const struct plan_request *request,
                  const struct catalogue *catalogue, const char *workload, const json_t *entry,
                  char **strategies, const struct point *point);
void cell_set_release(struct cell_set *set);

#endif
