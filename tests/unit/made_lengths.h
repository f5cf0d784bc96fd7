/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up records of tasks of several lengths. */
#ifndef TVP_TEST_MADE_LENGTHS_H
#define TVP_TEST_MADE_LENGTHS_H

#include "tests/unit/made_series.h"

#define MADE_LENGTHS 5u

/* Tasks of 1 us to 10 ms, which cost a_ns + b * length under pthread with 2 workers. */
static inline void made_lengths(struct record *record, double a_ns, double b, double noise)
{
    static const double lengths_ns[MADE_LENGTHS] = {1e3, 1e4, 1e5, 1e6, 1e7};

    for (unsigned i = 0; i < MADE_LENGTHS; i++) {
        char arguments[40];

        snprintf(arguments, sizeof(arguments), "iterations=%u", i);
        struct made made = {.workload = "loop",
                            .arguments = arguments,
                            .strategy = "serial",
                            .workers = 1,
                            .tasks = 1000,
                            .run_ns = 1000 * lengths_ns[i],
                            .epochs = 12,
                            .blocks = 3};
        made_add(record, made);
        made.strategy = "pthread";
        made.workers = 2;
        made.run_ns = 1000 * (a_ns + b * lengths_ns[i]);
        made.own_noise = noise;
        made_add(record, made);
    }
}

#endif
