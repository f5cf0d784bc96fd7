/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/calibrate.h"

#include "harness/intake.h"

#include <errno.h>

#define PROBES 3 /* samples of a probe; the shortest counts, as the one least disturbed */
#define ROUNDS 2 /* a guess from few tasks is rough: fixed costs weigh more in it */

uint64_t calibrate_tasks(uint64_t tasks, uint64_t fastest_ns, uint64_t slowest_ns)
{
    double wanted =
        (double)tasks * SAMPLE_SHORTEST_NS * 1.1 / (double)(fastest_ns ? fastest_ns : 1);
    double most = (double)tasks * SAMPLE_LONGEST_NS / (double)(slowest_ns ? slowest_ns : 1);
    double chosen = wanted < most ? wanted : most;

    chosen = chosen < 1e6 ? chosen : 1e6;
    return chosen < 4 ? 4 : ((uint64_t)chosen + 3) / 4 * 4;
}

/* The shortest of a few samples. *ret_tasks: 0 if the number of tasks is not ours to choose. */
static int probe_cell(const struct runner_settings *runners, const struct cell *cell,
                      uint64_t *ret_tasks, uint64_t *ret_ns)
{
    struct runner runner = {0};
    char why[HARNESS_WHY_SIZE];
    json_t *object = NULL;
    int r = runner_start(runners, cell, 0, &runner);

    r = r < 0 ? r : runner_ready(&runner, &object, why);
    if (r == 0) {
        bool free_choice = json_is_true(json_object_get(object, "calibrated"));

        *ret_tasks =
            free_choice ? (uint64_t)json_integer_value(json_object_get(object, "tasks")) : 0;
        *ret_ns = UINT64_MAX;
    }
    json_decref(object);
    for (int i = 0; r == 0 && *ret_tasks > 0 && i < PROBES; i++) {
        r = runner_sample(&runner, false, &object, why);
        if (r == 0) {
            uint64_t cold_ns = intake_cold_ns(object);

            *ret_ns = cold_ns < *ret_ns ? cold_ns : *ret_ns;
            json_decref(object);
        }
    }
    runner_end(&runner);
    return r;
}

/* One probe of every cell; sets their tasks. 1: nothing to choose, or no cell works. */
static int probe_set(const struct runner_settings *runners, struct cell_set *set,
                     const volatile sig_atomic_t *stopped)
{
    uint64_t tasks = 0, fastest_ns = UINT64_MAX, slowest_ns = 0;

    for (size_t i = 0; i < set->count; i++) {
        uint64_t cell_tasks, cold_ns;

        if (*stopped) {
            return -EINTR;
        }
        if (probe_cell(runners, &set->cells[i], &cell_tasks, &cold_ns) < 0) {
            continue;
        }
        if (cell_tasks == 0) {
            return 1;
        }
        tasks = cell_tasks;
        fastest_ns = cold_ns < fastest_ns ? cold_ns : fastest_ns;
        slowest_ns = cold_ns > slowest_ns ? cold_ns : slowest_ns;
    }
    if (tasks == 0) {
        return 1;
    }
    tasks = calibrate_tasks(tasks, fastest_ns, slowest_ns);
    for (size_t i = 0; i < set->count; i++) {
        set->cells[i].tasks = tasks;
    }
    return 0;
}

int calibrate_set(const struct runner_settings *runners, struct cell_set *set,
                  const volatile sig_atomic_t *stopped)
{
    int r = set->count > 0 && set->cells[0].tasks > 0 ? 1 : 0;

    for (int round = 0; r == 0 && round < ROUNDS; round++) {
        r = probe_set(runners, set, stopped);
    }
    return r < 0 ? r : 0;
}
