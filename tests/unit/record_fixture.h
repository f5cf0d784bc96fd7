/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small record with one of everything, and its document to spoil. */
#ifndef TVP_TEST_RECORD_FIXTURE_H
#define TVP_TEST_RECORD_FIXTURE_H

#include "record/checksum.h"
#include "record/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One series of two tasks with one warm-up, two samples, a timeline, an error and a failure. */
static inline void record_fill(struct record *record)
{
    struct sample sample = {.epoch = 1, .run_ns = 10, .finding = 3};
    struct series *series;

    assert_int_equal(record_init(record), 0);
    (void)json_object_set_new(record->head, "created", json_string("2025-01-15T10:42:07Z"));
    (void)json_object_set_new(record->head, "duration_ns", json_integer(5));
    (void)json_object_set_new(record->head, "machine", json_pack("{s:s}", "label", "here"));
    (void)json_object_set_new(record->head, "config", json_pack("{s:i}", "seed", 7));
    series = record_add_series(record);
    assert_non_null(series);
    series->workload = strdup("sleep");
    series->arguments = strdup("durations=2s,1s");
    series->strategy = strdup("fork:channel=pipe");
    series->summary = strdup("2 tasks: 2s, 1s");
    series->workers = 2;
    series->tasks = 2;
    assert_int_equal(sample_list_append(&series->warmup, &sample), 0);
    assert_int_equal(sample_list_append(&series->samples, &sample), 0);
    sample.run_ns = RECORD_NUMBER_MAX;
    assert_int_equal(sample_list_append(&series->samples, &sample), 0);
    series->timeline.items = calloc(1, sizeof(*series->timeline.items));
    assert_non_null(series->timeline.items);
    series->timeline.items[0] = (struct span){1, 0, 5, 9, true};
    series->timeline.count = 1;
    assert_int_equal(series_add_error(series, 1, "HTTP 403"), 0);
    assert_int_equal(series_add_error(series, 1, "HTTP 403"), 0);
    assert_int_equal(series_add_failure(series, 4, "killed by signal 9"), 0);
}

static inline json_t *good_document(void)
{
    struct record record;
    json_t *document;

    record_fill(&record);
    document = record_to_json(&record);
    record_release(&record);
    assert_non_null(document);
    return document;
}

static inline void document_sign(json_t *document)
{
    char hex[CHECKSUM_SIZE];

    assert_int_equal(checksum_make(document, hex), 0);
    (void)json_object_set_new(json_object_get(document, "checksum"), "value", json_string(hex));
}

/* Puts JSON text at a path like "series/0/tasks"; "" takes the member away. */
static inline void document_put(json_t *document, const char *path, const char *text)
{
    json_t *value = *text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
    char *copy = strdup(path), *save = NULL, *step = strtok_r(copy, "/", &save), *next;

    assert_true(value || !*text);
    while ((next = strtok_r(NULL, "/", &save))) {
        document = json_is_array(document) ? json_array_get(document, strtoul(step, NULL, 10))
                                           : json_object_get(document, step);
        assert_non_null(document);
        step = next;
    }
    if (json_is_array(document)) {
        assert_int_equal(json_array_set_new(document, strtoul(step, NULL, 10), value), 0);
    } else {
        assert_int_equal(value ? json_object_set_new(document, step, value)
                               : json_object_del(document, step),
                         0);
    }
    free(copy);
}

#endif
