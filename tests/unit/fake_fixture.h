/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder with a script for the fake trial program, and what it logged. */
#ifndef TVP_TEST_FAKE_FIXTURE_H
#define TVP_TEST_FAKE_FIXTURE_H

#include "harness/run.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define FAKE_LIST                                                                                  \
    "{\"strategies\":[{\"name\":\"serial\",\"caller\":true},"                                      \
    "{\"name\":\"pthread\"},{\"name\":\"fork\"}],"                                                 \
    "\"workloads\":[{\"name\":\"loop\",\"params\":[{\"name\":\"iterations\"}]},"                   \
    "{\"name\":\"nap\",\"params\":[{\"name\":\"durations\"},{\"name\":\"tone\"}]},"                \
    "{\"name\":\"tune\",\"params\":[{\"name\":\"tone\"}]}]}"

struct fake_event {
    char name[16], workload[32], strategy[32], workers[16];
    long detail, pid, trial;
};

static inline int fake_remove_one(const char *path, const struct stat *status, int type,
                                  struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static inline int fake_setup(void **state)
{
    char name[] = "/tmp/tvp-fake-XXXXXX";

    *state = mkdtemp(name) ? strdup(name) : NULL;
    return *state ? setenv("TVP_FAKE", *state, 1) : -1;
}

static inline int fake_teardown(void **state)
{
    int r = nftw(*state, fake_remove_one, 8, FTW_DEPTH | FTW_PHYS);

    free(*state);
    return r;
}

#define FAKE_TEST(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

/* The script, with ' for ". */
static inline void fake_script(const char *folder, const char *text)
{
    char path[256];

    snprintf(path, sizeof(path), "%s/script.json", folder);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    for (; *text; text++) {
        fputc(*text == '\'' ? '"' : *text, file);
    }
    assert_int_equal(fclose(file), 0);
}

/* Events in the order in which they happened; free the list. */
static inline size_t fake_events(const char *folder, struct fake_event **ret_events)
{
    struct fake_event *events = calloc(4096, sizeof(*events));
    size_t count = 0;
    char path[256], line[600];

    assert_non_null(events);
    snprintf(path, sizeof(path), "%s/log", folder);
    FILE *file = fopen(path, "re");
    while (file && count < 4096 && fgets(line, sizeof(line), file)) {
        struct fake_event *event = &events[count++];

        assert_int_equal(sscanf(line, "%15s %ld %ld %31s %31s %15s %ld", event->name,
                                &event->detail, &event->pid, event->workload, event->strategy,
                                event->workers, &event->trial),
                         7);
    }
    if (file) {
        fclose(file);
    }
    *ret_events = events;
    return count;
}

static inline size_t fake_count(const char *folder, const char *name, const char *strategy)
{
    struct fake_event *events;
    size_t count = fake_events(folder, &events), found = 0;

    for (size_t i = 0; i < count; i++) {
        found += strcmp(events[i].name, name) == 0 &&
                 (!strategy || strcmp(events[i].strategy, strategy) == 0);
    }
    free(events);
    return found;
}

static inline const char *fake_trial(void)
{
    const char *path = getenv("TVP_FAKE_TRIAL");

    assert_non_null(path);
    return path;
}

/* A profile that is over in a moment. */
static const struct profile_workload fake_workloads[] = {
    {"loop", "iterations=7", "auto", NULL},
    {"nap", "", "auto", NULL},
    {0},
};
static const struct profile fake_profile = {
    .name = "fake",
    .summary = "for tests",
    .epochs = 2,
    .warmup_blocks = 1,
    .blocks = 3,
    .budget_ns = 60000000000u,
    .strategies = "serial,pthread,fork",
    .workloads = fake_workloads,
};

#endif
