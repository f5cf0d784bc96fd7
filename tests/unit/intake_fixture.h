/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A series in a record, and what a trial says as text. */
#ifndef TVP_TEST_INTAKE_FIXTURE_H
#define TVP_TEST_INTAKE_FIXTURE_H

#include "harness/intake.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define READY                                                                                      \
    "{'workload':'nap','arguments':'tone=a','summary':'4 tasks','workers':2,'tasks':4,"            \
    "'calibrated':true}"
#define NUMBERS                                                                                    \
    "'start_ns':1500,'open_ns':1,'run_ns':2,'close_ns':3,'user_ns':4,'system_ns':5,"               \
    "'minor_faults':6,'major_faults':7,'switches_voluntary':8,'switches_forced':9,"                \
    "'cpu_before':10,'cpu_after':11,'failed':0,'answer':'aa'"

/* JSON with ' for ". */
static inline json_t *object(const char *text)
{
    char *copy = strdup(text);

    for (char *p = copy; *p; p++) {
        *p = *p == '\'' ? '"' : *p;
    }
    json_t *value = json_loads(copy, 0, NULL);
    if (!value) {
        fail_msg("the test is wrong: %s", text);
    }
    free(copy);
    return value;
}

static inline int ready(struct series *series, const char *text, char *why)
{
    json_t *value = object(text);
    int r = intake_ready(series, value, why);

    json_decref(value);
    return r;
}

static inline int take(struct series *series, const char *text, bool warmup, char *why)
{
    const struct place place = {
        .epoch = 3, .block = 4, .position = 1, .warmup = warmup, .origin_ns = 1000};
    json_t *value = object(text);
    int r = intake_sample(series, value, &place, why);

    json_decref(value);
    return r;
}

static inline int series_setup(void **state)
{
    static struct record record;
    struct series *series;

    *state = &record;
    if (record_init(&record) < 0 || !(series = record_add_series(&record))) {
        return -1;
    }
    series->workload = strdup("nap.so");
    series->strategy = strdup("fork");
    series->arguments = strdup("");
    series->summary = strdup("");
    return 0;
}

/* Whatever happened, the record can be written and read. */
static inline int series_teardown(void **state)
{
    struct record *record = *state, copy;
    char why[RECORD_WHY_SIZE] = "";

    json_object_set_new(record->head, "created", json_string("2025-01-15T10:42:07Z"));
    json_object_set_new(record->head, "duration_ns", json_integer(1));
    json_t *document = record_to_json(record);
    int r = document ? record_from_json(document, &copy, why) : -EINVAL;
    if (r == 0) {
        record_release(&copy);
    } else {
        print_error("the record is spoilt: %s\n", why);
    }
    json_decref(document);
    record_release(record);
    return r;
}

#define SERIES_TEST(name) cmocka_unit_test_setup_teardown(name, series_setup, series_teardown)

#endif
