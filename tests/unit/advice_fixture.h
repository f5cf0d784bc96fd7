/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up machines whose costs are known: records of `loop` under every strategy, and their advice.
 * A batch of n tasks takes start + n * task + share * n * length, with open and close edge more. */
#ifndef TVP_TEST_ADVICE_FIXTURE_H
#define TVP_TEST_ADVICE_FIXTURE_H

#include "analysis/advice.h"
#include "tests/unit/made_series.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define US 1e3
#define MS 1e6

struct cost {
    const char *strategy;
    uint64_t workers;
    double edge_ns, start_ns, task_ns, share;
};

/* n must be a multiple of the workers: a rest on one of them is not in this formula. */
static inline double cost_ns(const struct cost *cost, double length_ns, double tasks)
{
    return cost->edge_ns + cost->start_ns + tasks * cost->task_ns + cost->share * tasks * length_ns;
}

static inline double no_noise(void *context)
{
    (void)context;
    return 1;
}

/* One group: serial and all costs. noise(): a factor for each series. */
static inline void add_costs(struct record *record, const struct cost *costs, size_t count,
                             double length_ns, uint64_t tasks, double (*noise)(void *),
                             void *context)
{
    char arguments[40];

    snprintf(arguments, sizeof(arguments), "iterations=%.0f", length_ns);
    for (size_t i = 0; i <= count; i++) {
        const struct cost serial = {"serial", 1, 0, 0, 0, 1};
        const struct cost *cost = i == 0 ? &serial : &costs[i - 1];
        double factor = i == 0 ? 1 : noise(context);

        made_add(record, (struct made){.workload = "loop",
                                       .arguments = arguments,
                                       .strategy = cost->strategy,
                                       .workers = cost->workers,
                                       .tasks = tasks,
                                       .open_ns = factor * cost->edge_ns / 2,
                                       .run_ns = factor * (cost_ns(cost, length_ns, (double)tasks) -
                                                           cost->edge_ns),
                                       .epochs = 8,
                                       .blocks = 1});
    }
}

/* A machine of two cores as they are. */
static const struct cost usual[] = {
    {"pthread", 2, 0, 30 * US, 15 * US, 0.5},
    {"fork", 2, 0, 60 * US, 120 * US, 0.5},
    {"thread-pool", 2, 60 * US, 40 * US, 30, 0.5},
    {"process-pool", 2, 300 * US, 60 * US, 32, 0.5},
};
#define USUAL (sizeof(usual) / sizeof(*usual))

static inline void add_usual(struct record *record)
{
    static const double lengths[] = {1 * US, 30 * US, 1 * MS};
    static const uint64_t tasks[] = {4, 64, 1024};

    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++) {
            add_costs(record, usual, USUAL, lengths[i], tasks[k], no_noise, NULL);
        }
    }
}

/* What a file says: its groups and the world made of them. */
struct known {
    struct record record;
    struct groups groups;
    struct advice_world world;
};

static inline void known_begin(struct known *known)
{
    assert_int_equal(record_init(&known->record), 0);
    made_machine(&known->record, "x86-2c-24g", 2, true);
}

static inline int known_make(struct known *known, bool huge)
{
    assert_int_equal(groups_make(&known->record, METRIC_COLD, &known->groups), 0);
    return advice_world_make(&known->groups, 1, 2, huge, &known->world);
}

static inline void known_end(struct known *known)
{
    advice_world_release(&known->world);
    groups_release(&known->groups);
    record_release(&known->record);
}

static inline struct advice ask(const struct known *known, const struct advice_question *question)
{
    struct advice advice;

    assert_int_equal(advice_make(&known->world, question, &advice), 0);
    return advice;
}

static inline const struct advice_turn *turn_of(const struct advice *advice, enum advice_axis axis,
                                                bool below)
{
    for (size_t i = 0; i < advice->turn_count; i++) {
        if (advice->turns[i].axis == axis && advice->turns[i].below == below) {
            return &advice->turns[i];
        }
    }
    return NULL;
}

static inline int open_usual(void **state)
{
    static struct known known;

    known_begin(&known);
    add_usual(&known.record);
    assert_int_equal(known_make(&known, false), 0);
    *state = &known;
    return 0;
}

static inline int close_usual(void **state)
{
    known_end(*state);
    return 0;
}

#endif
