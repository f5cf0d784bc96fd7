/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up record of sweeps over the length of a task and the number of workers, with memory, as
 * of a machine with eight cores; the same in every run. */
#ifndef TVP_TEST_SWEEP_FIXTURE_H
#define TVP_TEST_SWEEP_FIXTURE_H

#include "record/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sweep_strategy {
    const char *name;
    double open_ns, task_ns;             /* to open one worker; to hand out one task */
    double contention, coherency;        /* of its universal scalability law */
    uint64_t own, shared, tables, stack; /* bytes of a worker */
};

static const struct sweep_strategy sweep_strategies[] = {
    {"serial", 0, 0, 0, 0, 0, 0, 0, 0},
    {"pthread", 0, 9.2e3, 0.031, 0.0009, 12288, 0, 20480, 16384},
    {"fork", 0, 96e3, 0.048, 0.0011, 61440, 20480, 1114112, 16384},
    {"thread-pool", 4e3, 550, 0.026, 0.0004, 12288, 0, 20480, 16384},
    {"process-pool", 4e4, 4.3e3, 0.023, 0.0009, 61440, 20480, 1114112, 16384},
};
static const uint64_t sweep_workers[] = {1, 2, 3, 4, 6, 8, 12, 16, 32};
static const char *const sweep_lengths[] = {"1us",   "3us",   "10us", "30us",
                                            "100us", "300us", "1ms",  "10ms"};
static const double sweep_ns[] = {1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6, 1e7};

/* Spread evenly over -1 .. 1 by the golden section; cubed, most are small. */
static inline double sweep_noise(unsigned *counter)
{
    double u = 2 * fmod(0.6180339887498949 * ++*counter, 1.0) - 1;

    return u * u * u;
}

static inline double sweep_time(const struct sweep_strategy *strategy, double length_ns,
                                double workers, double tasks)
{
    double n = workers,
           law = n / (1 + strategy->contention * (n - 1) + strategy->coherency * n * (n - 1));

    return strategy->open_ns * n + tasks * (strategy->task_ns + length_ns / law);
}

static inline struct series *sweep_add(struct record *made, const struct sweep_strategy *strategy,
                                       unsigned length, uint64_t workers, unsigned epochs,
                                       unsigned *noise)
{
    uint64_t tasks = 1000;
    struct series *series = record_add_series(made);
    char text[64];

    if (!series) {
        abort();
    }
    series->workload = strdup("loop");
    snprintf(text, sizeof(text), "iterations=%s", sweep_lengths[length]);
    series->arguments = strdup(text);
    snprintf(text, sizeof(text), "1000 tasks of %s", sweep_lengths[length]);
    series->summary = strdup(text);
    series->strategy = strdup(strategy->name);
    series->answer = strdup("a");
    series->consistent = true;
    series->workers = workers;
    series->tasks = tasks;
    if (strategy->own > 0) {
        series->footprint.workers = workers;
        series->footprint.base = (struct memory){1 << 20, 1 << 19, 40960, 16384};
        series->footprint.all =
            (struct memory){(1 << 20) + workers * (strategy->own + strategy->shared),
                            (1 << 19) + workers * strategy->own, 40960 + workers * strategy->tables,
                            16384 + workers * strategy->stack};
    }
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        double wave = 1 + 0.03 * sin(epoch + length), own = 1 + 0.015 * sweep_noise(noise);

        for (unsigned block = 2; block < 6; block++) {
            double ns = sweep_time(strategy, sweep_ns[length], (double)workers, (double)tasks) *
                        wave * own * (1 + 0.02 * sweep_noise(noise));
            struct sample sample = {
                .epoch = epoch,
                .block = block,
                .at_ns = (uint64_t)(epoch * 8e8 + block * 1e8 + 2e6 * (double)made->series_count),
                .open_ns = 100,
                .run_ns = (uint64_t)ns,
                .close_ns = 100,
                .user_ns = (uint64_t)ns,
                .loud = epoch == 4};

            if (sample_list_append(&series->samples, &sample) < 0) {
                abort();
            }
        }
    }
    return series;
}

/* The caller releases the record. */
static inline int sweep_make(struct record *made, unsigned epochs)
{
    unsigned noise = 0;

    if (record_init(made) < 0) {
        return -1;
    }
    json_decref(made->head);
    made->head = json_pack("{s:s, s:b, s:b, s:s, s:{s:s, s:{s:i, s:i}}}", "schema", RECORD_SCHEMA,
                           "complete", 1, "synthetic", 1, "created", "2025-01-15T10:42:07Z",
                           "machine", "label", "made-8c", "cpu", "cores", 8, "threads", 16);
    for (unsigned length = 0; length < sizeof(sweep_ns) / sizeof(*sweep_ns); length++) {
        sweep_add(made, &sweep_strategies[0], length, 1, epochs, &noise);
        for (unsigned s = 1; s < 5; s++) {
            for (unsigned w = 0; w < sizeof(sweep_workers) / sizeof(*sweep_workers); w++) {
                sweep_add(made, &sweep_strategies[s], length, sweep_workers[w], epochs, &noise);
            }
        }
    }
    return made->head ? 0 : -1;
}

#endif
