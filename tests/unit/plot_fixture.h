/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up record for tests of pictures: numbers like those of a machine with two cores, the same
 * in every run. */
#ifndef TVP_PLOT_FIXTURE_H
#define TVP_PLOT_FIXTURE_H

#include "record/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the scripts are: TVP_SCRIPTS_DIR, or found from this file as the compiler was told it. */
static inline const char *fixture_scripts(void)
{
    static char path[512] = "";
    const char *given = getenv("TVP_SCRIPTS_DIR");

    if (given) {
        return given;
    }
    if (!path[0]) {
        char here[300];

        snprintf(here, sizeof(here), "%s", __FILE__);
        char *slash = strrchr(here, '/');
        if (slash) {
            *slash = '\0';
        }
        snprintf(path, sizeof(path), "%s/../../scripts/plots", slash ? here : ".");
        char *whole = realpath(path, NULL);
        if (whole) {
            snprintf(path, sizeof(path), "%s", whole);
            free(whole);
        }
    }
    return path;
}

struct fixture_workload {
    const char *name, *arguments, *summary;
    unsigned tasks, workers, failing;
    double task_ns[6];  /* of each task; the last one stands for all that follow */
    double times_ns[5]; /* of a sample, in the order of fixture_strategies */
};

static const char *const fixture_strategies[] = {"serial", "pthread", "fork", "thread-pool",
                                                 "process-pool"};

static const struct fixture_workload fixture_workloads[] = {
    {"empty",
     "",
     "1,000 tasks that do nothing",
     1000,
     2,
     0,
     {20},
     {18.4e3, 9.8e6, 71e6, 310e3, 640e3}},
    {"sleep",
     "durations=30ms,20ms,10ms",
     "3 tasks: 30ms, 20ms, 10ms",
     3,
     3,
     0,
     {30e6, 20e6, 10e6},
     {60.2e6, 30.2e6, 30.9e6, 30.2e6, 30.8e6}},
    {"http",
     "delay=5ms size=100kB",
     "7 pages of the post, in local dress",
     7,
     7,
     3,
     {12e6, 8e6, 31e6, 11e6, 1e6, 200e6},
     {263e6, 201e6, 203e6, 201.1e6, 203.4e6}},
    {"file",
     "size=64KiB",
     "64 files of 64 KiB, written and read back",
     64,
     2,
     0,
     {310e3},
     {20.1e6, 11.4e6, 14.9e6, 11.2e6, 11.6e6}},
    {"primes",
     "numbers=112272535095293,112582705942171,112272535095293,115280095190773,115797848077099,"
     "1099726899285419",
     "6 tasks: 112272535095293, 112582705942171, 112272535095293, ...",
     6,
     2,
     0,
     {52e6, 53e6, 52e6, 54e6, 54e6, 160e6},
     {425e6, 228e6, 229e6, 227e6, 228.5e6}},
    {"loop",
     "iterations=5M",
     "8 tasks of 5,000,000 steps",
     8,
     2,
     0,
     {2.6e6},
     {20.9e6, 10.7e6, 11.9e6, 10.6e6, 10.8e6}},
    {"counter",
     "adds=100k guard=atomic",
     "8 tasks of 100,000 atomic additions",
     8,
     2,
     0,
     {510e3},
     {4.1e6, 6.9e6, 7.9e6, 6.8e6, 6.7e6}},
    {"payload",
     "bytes=1MiB",
     "16 tasks that return 1 MiB each",
     16,
     2,
     0,
     {180e3},
     {2.9e6, 1.62e6, 4.4e6, 1.55e6, 1.57e6}},
};
#define FIXTURE_WORKLOADS (sizeof(fixture_workloads) / sizeof(*fixture_workloads))

/* A number in -1 .. 1 from a counter: the fractional part of its multiple of the golden section
 * is spread evenly, and cubing makes most of them small. */
static inline double fixture_noise(unsigned *counter)
{
    double u = 2 * fmod(0.6180339887498949 * ++*counter, 1.0) - 1;

    return u * u * u;
}

static inline int fixture_samples(struct series *series, double time_ns, uint64_t failed,
                                  unsigned epochs, unsigned *noise)
{
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        double placement = 1 + 0.02 * fixture_noise(noise);

        for (unsigned block = 2; block < 10; block++) {
            double run_ns = time_ns * placement * (1 + 0.03 * fixture_noise(noise));
            struct sample sample = {.epoch = epoch,
                                    .block = block,
                                    .open_ns = 2000,
                                    .run_ns = (uint64_t)run_ns,
                                    .close_ns = 1000,
                                    .user_ns = (uint64_t)(run_ns / 2),
                                    .failed = failed};

            if (sample_list_append(&series->samples, &sample) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* Tasks in order, each to the worker that is free first; starting one costs `start_ns`. */
static inline int fixture_timeline(struct series *series, const struct fixture_workload *workload,
                                   unsigned workers, double start_ns)
{
    double free_ns[8] = {0};

    series->timeline.items = calloc(workload->tasks, sizeof(*series->timeline.items));
    if (!series->timeline.items) {
        return -1;
    }
    series->timeline.count = workload->tasks;
    series->timeline.block = 5;
    for (unsigned worker = 0; worker < workers; worker++) {
        free_ns[worker] = start_ns * (worker + 1);
    }
    for (unsigned task = 0; task < workload->tasks; task++) {
        unsigned worker = 0, kind = task < 6 ? task : 5;

        while (kind > 0 && workload->task_ns[kind] <= 0) {
            kind--;
        }
        for (unsigned i = 1; i < workers; i++) {
            worker = free_ns[i] < free_ns[worker] ? i : worker;
        }
        series->timeline.items[task] =
            (struct span){.task = task,
                          .worker = worker,
                          .start_ns = (uint64_t)free_ns[worker],
                          .end_ns = (uint64_t)(free_ns[worker] + workload->task_ns[kind]),
                          .failed = task + workload->failing >= workload->tasks};
        free_ns[worker] += workload->task_ns[kind] + start_ns / 4;
    }
    return 0;
}

static inline int fixture_series(struct record *record, const struct fixture_workload *workload,
                                 unsigned strategy, unsigned epochs, unsigned *noise)
{
    static const double start_ns[] = {0, 4e4, 4e5, 3e4, 2e5};
    static const char *const errors[] = {"HTTP 403", "could not resolve host",
                                         "timed out after 200 ms"};
    struct series *series = record_add_series(record);
    unsigned workers = strategy == 0 ? 1 : workload->workers;

    if (!series) {
        return -1;
    }
    series->workload = strdup(workload->name);
    series->arguments = strdup(workload->arguments);
    series->summary = strdup(workload->summary);
    series->strategy = strdup(fixture_strategies[strategy]);
    series->answer = strdup("0123456789abcdef");
    series->consistent = true;
    series->workers = workers;
    series->tasks = workload->tasks;
    for (unsigned i = 0; i < workload->failing; i++) {
        if (series_add_error(series, workload->tasks - workload->failing + i, errors[i % 3]) < 0) {
            return -1;
        }
    }
    if (strategy < 3 && fixture_timeline(series, workload, workers, start_ns[strategy]) < 0) {
        return -1;
    }
    return fixture_samples(series, workload->times_ns[strategy], workload->failing, epochs, noise);
}

/* workloads: how many of the eight. The caller releases the record, also on failure. */
static inline int fixture_make(struct record *record, unsigned workloads, unsigned epochs)
{
    unsigned noise = 0;

    if (record_init(record) < 0) {
        return -1;
    }
    json_object_set_new(record->head, "synthetic", json_true());
    json_object_set_new(record->head, "complete", json_true());
    json_object_set_new(record->head, "machine", json_pack("{s:s}", "label", "x86-2c-24g"));
    for (unsigned i = 0; i < workloads; i++) {
        for (unsigned strategy = 0; strategy < 5; strategy++) {
            if (fixture_series(record, &fixture_workloads[i], strategy, epochs, &noise) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

#endif
