/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/calibrate.h"

#include "harness/intake.h"

#include <errno.h>
#include <string.h>

#define PROBES 3 /* samples of a probe; the shortest counts, as the one least disturbed */
/* The probe finds the shortest sample: the median of many is longer, but on a machine that is
 * quieter later on they all get shorter. */
#define SAFETY 1.2
#define TASKS_LEAST 4u
#define TASKS_MOST 1000000u
#define ROUNDS 2 /* a guess from few tasks is rough: fixed costs weigh more in it */
/* The workload's own number is meant for small parents: 200 forks of 1 GiB take 10 s. */
#define PARENT_TASKS 8
#define PARENT_LEAST 2u

uint64_t calibrate_tasks(uint64_t least, uint64_t tasks, uint64_t fastest_ns, uint64_t slowest_ns)
{
    double wanted =
        (double)tasks * SAMPLE_SHORTEST_NS * SAFETY / (double)(fastest_ns ? fastest_ns : 1);
    double most = (double)tasks * SAMPLE_LONGEST_NS / (double)(slowest_ns ? slowest_ns : 1);
    double chosen = wanted < most ? wanted : most;

    uint64_t tasks_low = least, tasks_high = least / 2 * 3;

    while (tasks_high < TASKS_MOST && (double)tasks_low * (double)tasks_high < chosen * chosen) {
        uint64_t next = tasks_high == tasks_low / 2 * 3 ? tasks_low * 2 : tasks_high / 2 * 3;

        tasks_low = tasks_high;
        tasks_high = next;
    }
    return tasks_low;
}

struct probe {
    const struct runner_settings *runners;
    const volatile sig_atomic_t *stopped;
    bool fixed; /* the number of tasks is the user's */
    char *why;
};

/* Start a trial and have it take a few samples, if the number of tasks is ours to choose:
 * *ret_tasks is 0 otherwise. *ret_ns: the shortest of them. */
static int probe_cell(const struct probe *probe, const struct cell *cell, uint64_t *ret_tasks,
                      uint64_t *ret_ns)
{
    struct runner runner = {0};
    json_t *object = NULL;
    uint64_t tasks = 0, shortest_ns = UINT64_MAX;
    /* What the system says no to now it may allow later: the epochs will see. */
    int r = runner_start(probe->runners, cell, 0, &runner) < 0 ? -ECHILD : 0;

    r = r < 0 ? r : runner_ready(&runner, &object, probe->why);
    if (r == 0 && !probe->fixed && json_is_true(json_object_get(object, "calibrated"))) {
        json_int_t number = json_integer_value(json_object_get(object, "tasks"));

        tasks = number > 0 ? (uint64_t)number : 0;
    }
    json_decref(object);
    /* What takes far too long already needs no second look. */
    for (int i = 0;
         r == 0 && tasks > 0 && i < PROBES && (i == 0 || shortest_ns < 10ull * SAMPLE_LONGEST_NS);
         i++) {
        r = *probe->stopped ? -EINTR : runner_sample(&runner, LOOK_TIME, &object, probe->why);
        if (r == 0) {
            uint64_t cold_ns = intake_cold_ns(object);

            shortest_ns = cold_ns < shortest_ns ? cold_ns : shortest_ns;
            json_decref(object);
        }
    }
    runner_end(&runner);
    if (r == 0) {
        *ret_tasks = tasks;
        *ret_ns = shortest_ns;
    }
    return r;
}

/* Fewer than four leave workers without any, but where there is only one. */
static uint64_t least_tasks(const struct cell_set *set)
{
    bool few = set->cells[0].parent.bytes > 0;

    for (size_t i = 0; i < set->count; i++) {
        few = few && strcmp(set->cells[i].workers, "1") == 0;
    }
    return few ? PARENT_LEAST : TASKS_LEAST;
}

/* One probe of every cell; sets their tasks. 1: there is nothing more to learn: nothing to choose,
 * no cell works, or the samples were as long as they should be and the guess is a good one. */
static int probe_set(const struct probe *probe, struct cell_set *set)
{
    uint64_t tasks = 0, fastest_ns = UINT64_MAX, slowest_ns = 0;

    for (size_t i = 0; i < set->count; i++) {
        uint64_t cell_tasks = 0, cold_ns = 0;

        /* The placebo is serial, which is asked already. */
        if (set->cells[i].given_up || set->cells[i].placebo) {
            continue;
        }
        int r = *probe->stopped ? -EINTR : probe_cell(probe, &set->cells[i], &cell_tasks, &cold_ns);

        if (r == -EINVAL || r == -EINTR) {
            return r;
        }
        if (r == 0 && cell_tasks > 0) {
            tasks = cell_tasks;
            fastest_ns = cold_ns < fastest_ns ? cold_ns : fastest_ns;
            slowest_ns = cold_ns > slowest_ns ? cold_ns : slowest_ns;
        }
    }
    if (tasks == 0) {
        return 1;
    }
    tasks = calibrate_tasks(least_tasks(set), tasks, fastest_ns, slowest_ns);
    for (size_t i = 0; i < set->count; i++) {
        set->cells[i].tasks = tasks;
    }
    /* Where the slowest decides, as forks of a large parent do, it is what has to be known well. */
    bool slowest_decides =
        (double)slowest_ns * SAMPLE_SHORTEST_NS * SAFETY > (double)fastest_ns * SAMPLE_LONGEST_NS;
    return (slowest_decides ? slowest_ns : fastest_ns) >= SAMPLE_SHORTEST_NS ? 1 : 0;
}

int calibrate_set(const struct runner_settings *runners, struct cell_set *set,
                  const volatile sig_atomic_t *stopped, char *why)
{
    const struct probe probe = {
        .runners = runners,
        .stopped = stopped,
        .fixed = set->count > 0 && set->cells[0].tasks > 0,
        .why = why,
    };
    int r = 0;

    for (size_t i = 0; i < set->count && !probe.fixed; i++) {
        set->cells[i].tasks = set->cells[i].parent.bytes > 0 ? PARENT_TASKS : 0;
    }
    for (int round = 0; r == 0 && round < ROUNDS; round++) {
        r = probe_set(&probe, set);
    }
    return r < 0 ? r : 0;
}
