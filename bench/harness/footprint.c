/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/footprint.h"

#include "base/units.h"
#include "harness/rounds.h"

#include <errno.h>
#include <inttypes.h>

static int hold_and_read(struct runner *runner, struct footprint *footprint)
{
    json_t *object = NULL;
    char why[HARNESS_WHY_SIZE];
    int r = runner_ready(runner, &object, why);

    json_decref(object);
    object = NULL;
    r = r < 0 ? r : footprint_read(runner->child.pid, &footprint->base);
    r = r < 0 ? r : runner_hold(runner, &object, why);
    if (r == 0) {
        json_int_t held = json_integer_value(json_object_get(object, "held"));

        r = held == (json_int_t)footprint->workers
                ? footprint_read(runner->child.pid, &footprint->all)
                : -EPROTO;
    }
    json_decref(object);
    return r;
}

/* The same cell with a task for each worker. */
static int measure_cell(const struct runner_settings *runners, const struct cell *cell,
                        struct series *series)
{
    char workers[UNITS_SIZE];
    struct footprint footprint = {.workers = series->workers ? series->workers : series->tasks};
    struct runner_settings settings = *runners;
    struct cell held = *cell;
    struct runner runner = {.sample_limit_ns = 0};

    settings.hold = true;
    settings.task_limit = NULL;
    snprintf(workers, sizeof(workers), "%" PRIu64, footprint.workers);
    held.workers = workers;
    held.tasks = footprint.workers;
    int r = runner_start(&settings, &held, 0, &runner);
    if (r == 0) {
        r = hold_and_read(&runner, &footprint);
        runner_end(&runner);
    }
    if (r == 0) {
        series->footprint = footprint;
    }
    return r;
}

int footprints_take(struct run *run)
{
    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *set = &run->plan.sets[i];

        for (size_t j = 0; j < set->count; j++) {
            const struct cell *cell = &set->cells[j];
            struct series *series = &run->record->series[cell->series];
            char why[HARNESS_WHY_SIZE];
            const json_t *strategy = catalogue_strategy(&run->catalogue, cell->strategy, why);

            if (cell->given_up || series->tasks == 0 || strategy_is_caller(strategy)) {
                continue;
            }
            run->workload = cell->workload;
            round_report(run);
            if (*run->settings->stopped || measure_cell(&run->runners, cell, series) == -EINTR) {
                return -EINTR;
            }
        }
    }
    return 0;
}
