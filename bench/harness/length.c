/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/length.h"

#include "base/units.h"
#include "harness/intake.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PROBES 5 /* samples of a probe; the shortest counts, as the one least disturbed */
/* Samples of about a millisecond: long enough for the clock, short enough to be undisturbed. */
#define BASE_TASKS 10000u
#define STEP_TASKS 8u
#define STEP_ITERATIONS 100000u

uint64_t length_iterations(const struct length_scale *scale, uint64_t task_ns)
{
    static const double preferred[] = {1,   1.2, 1.5, 1.8, 2.2, 2.7, 3.3,
                                       3.9, 4.7, 5.6, 6.8, 8.2, 10};
    double wanted = ((double)task_ns - scale->base_ns) / scale->step_ns, nearest = 1;

    if (!(wanted > 1)) {
        return 1;
    }
    double decade = pow(10, floor(log10(wanted)));
    for (size_t i = 0; i < sizeof(preferred) / sizeof(*preferred); i++) {
        double number = round(preferred[i] * decade);

        if (fabs(log(number / wanted)) < fabs(log(nearest / wanted))) {
            nearest = number;
        }
    }
    return (uint64_t)nearest;
}

/* Time of one task of serial. */
static int probe_length(const struct runner_settings *runners, const char *workload,
                        uint64_t iterations, uint64_t tasks, const volatile sig_atomic_t *stopped,
                        double *ret_ns, char *why)
{
    char argument[sizeof(LENGTH_ARGUMENT "=") + UNITS_SIZE];
    char *sets[] = {argument, NULL};
    const struct cell cell = {
        .workload = (char *)workload,
        .strategy = (char *)"serial",
        .workers = (char *)"1",
        .sets = sets,
        .tasks = tasks,
    };
    struct runner runner = {0};
    uint64_t shortest_ns = UINT64_MAX;
    json_t *object = NULL;

    snprintf(argument, sizeof(argument), LENGTH_ARGUMENT "=%" PRIu64, iterations);
    int r = runner_start(runners, &cell, 0, &runner);
    if (r < 0) {
        snprintf(why, HARNESS_WHY_SIZE, "cannot start a trial: %s", strerror(-r));
        return r;
    }
    r = runner_ready(&runner, &object, why);
    json_decref(object);
    for (int i = 0; r == 0 && i < PROBES; i++) {
        r = *stopped ? -EINTR : runner_sample(&runner, LOOK_TIME, &object, why);
        if (r == 0) {
            uint64_t cold_ns = intake_cold_ns(object);

            shortest_ns = cold_ns < shortest_ns ? cold_ns : shortest_ns;
            json_decref(object);
        }
    }
    runner_end(&runner);
    if (r == 0) {
        *ret_ns = (double)shortest_ns / (double)tasks;
    }
    return r;
}

static int measure_scale(const struct runner_settings *runners, const char *workload,
                         const volatile sig_atomic_t *stopped, struct length_scale *ret_scale,
                         char *why)
{
    double base_ns = 0, long_ns = 0;
    int r = probe_length(runners, workload, 1, BASE_TASKS, stopped, &base_ns, why);

    r = r < 0
            ? r
            : probe_length(runners, workload, STEP_ITERATIONS, STEP_TASKS, stopped, &long_ns, why);
    if (r == 0 && long_ns <= base_ns) {
        snprintf(why, HARNESS_WHY_SIZE,
                 "more " LENGTH_ARGUMENT " do not make tasks of %.60s longer", workload);
        r = -EINVAL;
    }
    if (r == 0) {
        double step_ns = (long_ns - base_ns) / (STEP_ITERATIONS - 1);

        *ret_scale = (struct length_scale){base_ns - step_ns, step_ns};
    }
    return r;
}

/* Lengths that come out as the same work would be one row measured twice. */
static int check_distinct(const struct plan *plan, size_t last, const uint64_t *iterations,
                          char *why)
{
    for (size_t i = 0; i < last; i++) {
        const struct cell_set *a = &plan->sets[i], *b = &plan->sets[last];
        char shorter[UNITS_SIZE], longer[UNITS_SIZE];

        if (a->task_ns > 0 && a->task_ns != b->task_ns && iterations[i] == iterations[last] &&
            strcmp(a->cells[0].workload, b->cells[0].workload) == 0) {
            snprintf(why, HARNESS_WHY_SIZE, "--sweep task: %s and %s are the same work here",
                     format_duration((double)a->task_ns, shorter),
                     format_duration((double)b->task_ns, longer));
            return -EINVAL;
        }
    }
    return 0;
}

/* The point's argument is the last of that name. */
static int set_iterations(struct cell_set *set, uint64_t iterations)
{
    for (size_t i = 0; i < set->count; i++) {
        char **found = NULL, *word;

        for (char **at = set->cells[i].sets; *at; at++) {
            found = strncmp(*at, LENGTH_ARGUMENT "=", sizeof(LENGTH_ARGUMENT)) == 0 ? at : found;
        }
        if (!found || asprintf(&word, LENGTH_ARGUMENT "=%" PRIu64, iterations) < 0) {
            return -ENOMEM;
        }
        free(*found);
        *found = word;
    }
    return 0;
}

int length_calibrate(const struct runner_settings *runners, struct plan *plan,
                     const volatile sig_atomic_t *stopped, char *why)
{
    struct length_scale scale = {0};
    uint64_t *iterations = calloc(plan->count, sizeof(*iterations));
    const char *known = "";
    int r = iterations ? 0 : -ENOMEM;

    for (size_t i = 0; r == 0 && i < plan->count; i++) {
        struct cell_set *set = &plan->sets[i];

        if (set->task_ns == 0) {
            continue;
        }
        if (strcmp(known, set->cells[0].workload) != 0) {
            known = set->cells[0].workload;
            r = measure_scale(runners, known, stopped, &scale, why);
        }
        iterations[i] = r < 0 ? 0 : length_iterations(&scale, set->task_ns);
        r = r < 0 ? r : check_distinct(plan, i, iterations, why);
        r = r < 0 ? r : set_iterations(set, iterations[i]);
    }
    free(iterations);
    return r;
}
