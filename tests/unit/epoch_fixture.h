/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One epoch of three cells, with the fake trial program. */
#ifndef TVP_TEST_EPOCH_FIXTURE_H
#define TVP_TEST_EPOCH_FIXTURE_H

#include "base/clock.h"
#include "harness/epoch.h"
#include "tests/unit/fake_fixture.h"

#define CELLS 3u
#define BLOCKS 5u
#define WARMUP 2u
#define LONG_NS 20000000000u

static const char *const strategies[CELLS] = {"serial", "pthread", "fork"};

struct staged {
    struct record record;
    struct cell cells[CELLS];
    struct cell_set set;
    struct runner_settings runners;
    struct epoch_settings settings;
    volatile sig_atomic_t stopped;
    unsigned between, stop_after; /* calls of between; after which of them to stop, 0: never */
};

static inline void count_call(void *context)
{
    struct staged *staged = context;

    staged->stopped = ++staged->between == staged->stop_after;
}

static inline void stage(struct staged *staged)
{
    static char *sets[] = {NULL};

    *staged = (struct staged){
        .set = {.count = CELLS},
        .runners = {.trial = fake_trial(), .scratch = "/tmp", .sample_limit_ns = 20000000000u},
        .settings = {.warmup_blocks = WARMUP, .blocks = BLOCKS, .origin_ns = clock_ns()},
    };
    staged->set.cells = staged->cells;
    staged->settings.random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(staged->settings.random, 7);
    staged->settings.stopped = &staged->stopped;
    staged->settings.between = count_call;
    staged->settings.context = staged;
    assert_int_equal(record_init(&staged->record), 0);
    for (size_t i = 0; i < CELLS; i++) {
        struct series *series = record_add_series(&staged->record);

        series->workload = strdup("nap");
        series->strategy = strdup(strategies[i]);
        series->arguments = strdup("");
        series->summary = strdup("");
        staged->cells[i] = (struct cell){.workload = (char *)"nap",
                                         .strategy = (char *)strategies[i],
                                         .workers = (char *)"3",
                                         .sets = sets,
                                         .series = i};
    }
}

static inline int run(struct staged *staged)
{
    return epoch_run(&staged->runners, &staged->settings, &staged->set, &staged->record);
}

static inline void unstage(struct staged *staged)
{
    gsl_rng_free(staged->settings.random);
    record_release(&staged->record);
}

static inline void check_gone(const char *folder)
{
    struct fake_event *events;
    size_t count = fake_events(folder, &events);

    for (size_t i = 0; i < count; i++) {
        bool ours = strcmp(events[i].name, "left") != 0;
        char path[64], text[256] = "";

        snprintf(path, sizeof(path), "/proc/%ld/stat", events[i].pid);
        FILE *file = fopen(path, "re");
        if (file) {
            (void)!fgets(text, sizeof(text), file);
            fclose(file);
        }
        /* Who was left behind is dead, but it is for init to bury it. */
        if (file && (ours || !strstr(text, ") Z "))) {
            fail_msg("%s is still there: %s", events[i].name, text);
        }
    }
    free(events);
}

/* A script that says what is wrong with the second cell. */
#define FAIL(what) "{'*':{'arguments':'tone=a','looks':0},'pthread':{" what "}}"

#endif
