/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/variants.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The sets of a cell and one more, which wins because it comes last; NULL without memory. */
static char **sets_copy(char *const *sets, const char *more)
{
    size_t count = 0;

    while (sets[count]) {
        count++;
    }
    char **copy = calloc(count + 2, sizeof(*copy));
    for (size_t i = 0; copy && i < count + (more ? 1 : 0); i++) {
        copy[i] = strdup(i < count ? sets[i] : more);
        if (!copy[i]) {
            for (size_t j = 0; j < i; j++) {
                free(copy[j]);
            }
            free(copy);
            return NULL;
        }
    }
    return copy;
}

static int cell_vary(const struct cell *cell, const struct plan_variant *variant,
                     struct cell *ret_cell)
{
    struct cell copy = {
        .workload = strdup(variant->module ? variant->module : cell->workload),
        .strategy = strdup(cell->strategy),
        .workers = strdup(cell->workers),
        .variant = strdup(variant->name),
        .trial = variant->trial ? strdup(variant->trial) : NULL,
        .sets = sets_copy(cell->sets, variant->set),
        .tasks = cell->tasks,
        .parent = cell->parent,
        .skip = cell->skip ? strdup(cell->skip) : NULL,
        .given_up = cell->given_up,
        .placebo = cell->placebo,
    };

    if (!copy.workload || !copy.strategy || !copy.workers || !copy.variant || !copy.sets ||
        (variant->trial && !copy.trial) || (cell->skip && !copy.skip)) {
        cell_release(&copy);
        return -ENOMEM;
    }
    *ret_cell = copy;
    return 0;
}

static int set_vary(struct cell_set *set, const struct plan_variant *variants, size_t count)
{
    struct cell_set varied = {.cells = calloc(set->count * count + 1, sizeof(*varied.cells))};
    int r = varied.cells ? 0 : -ENOMEM;

    for (size_t i = 0; r == 0 && i < set->count; i++) {
        for (size_t j = 0; r == 0 && j < (set->cells[i].placebo ? 1 : count); j++) {
            r = cell_vary(&set->cells[i], &variants[j], &varied.cells[varied.count]);
            varied.count += r == 0;
        }
    }
    struct cell_set *unwanted = r == 0 ? set : &varied;
    for (size_t i = 0; i < unwanted->count; i++) {
        cell_release(&unwanted->cells[i]);
    }
    free(unwanted->cells);
    if (r == 0) {
        set->cells = varied.cells;
        set->count = varied.count;
    }
    return r;
}

int plan_variants(struct plan *plan, const struct plan_variant *variants)
{
    size_t count = 0;
    int r = 0;

    while (variants && variants[count].name) {
        count++;
    }
    for (size_t i = 0; r == 0 && count > 0 && i < plan->count; i++) {
        r = set_vary(&plan->sets[i], variants, count);
    }
    return r;
}
