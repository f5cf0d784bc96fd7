/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random records, the same ones for the same seed. */
#ifndef TVP_TEST_RECORD_RANDOM_H
#define TVP_TEST_RECORD_RANDOM_H

#include "record/record.h"

#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RECORDS 40
#define TEXT_MAX 24

static uint64_t random_state;

/* Fixed, so that a gate never fails by chance, unless TVP_SEED= says otherwise; printed. */
static inline uint64_t seed_init(void)
{
    const char *given = getenv("TVP_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20250115;

    print_message("TVP_SEED=%" PRIu64 "\n", seed);
    return seed;
}

/* splitmix64 */
static inline uint64_t draw(uint64_t bound)
{
    uint64_t z = (random_state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % bound;
}

static inline uint64_t draw_number(void)
{
    static const uint64_t edges[] = {0, 1, UINT32_MAX, RECORD_NUMBER_MAX - 1, RECORD_NUMBER_MAX};

    return draw(3) ? draw(1u << 20) : edges[draw(sizeof(edges) / sizeof(*edges))];
}

/* Quotes, escapes, control characters, and UTF-8 of every length. */
static inline char *draw_text(void)
{
    static const char *const pieces[] = {
        "a",
        "Z",
        "\"",
        "\\",
        "/",
        "\\u0000",
        "\n",
        "\t",
        "\x01",
        "\x1f",
        "\x7f",
        "\xc3\xa9",
        "\xe2\x89\x88",
        "{",
        "]",
        ",",
        " ",
        "\x1b[31m",
        "%s",
        "`",
        "</script>",
        "\xf0\x9f\x98\x80",
        "$(x)",
        "\xef\xbb\xbf",
    };
    char *text = calloc(TEXT_MAX, 12);
    size_t n = draw(TEXT_MAX), used = 0;

    assert_non_null(text);
    while (n--) {
        const char *piece = pieces[draw(sizeof(pieces) / sizeof(*pieces))];

        used += (size_t)snprintf(text + used, TEXT_MAX * 12 - used, "%s", piece);
    }
    return text;
}

static inline char *draw_maybe_text(void)
{
    return draw(2) ? draw_text() : NULL;
}

static inline void samples_fill(struct sample_list *list, size_t count)
{
    const struct sample_column *column;

    while (count--) {
        struct sample sample = {0};

        for (column = sample_columns; column->name; column++) {
            uint64_t value = draw_number();

            memcpy((char *)&sample + column->offset, &value, sizeof(value));
        }
        assert_int_equal(sample_list_append(list, &sample), 0);
    }
}

static inline void timeline_fill(struct timeline *timeline, uint64_t tasks)
{
    size_t i, count = tasks ? draw(6) : 0;

    if (!count) {
        return;
    }
    timeline->items = calloc(count, sizeof(*timeline->items));
    assert_non_null(timeline->items);
    timeline->epoch = draw_number();
    timeline->block = draw_number();
    timeline->count = count;
    for (i = 0; i < count; i++) {
        uint64_t start_ns = draw_number(), length_ns = draw_number();

        timeline->items[i] = (struct span){
            .task = (uint32_t)draw(tasks < UINT32_MAX ? tasks : UINT32_MAX),
            .worker = (uint32_t)draw(1ULL << 32),
            .start_ns = start_ns,
            .end_ns =
                start_ns + length_ns < RECORD_NUMBER_MAX ? start_ns + length_ns : RECORD_NUMBER_MAX,
            .failed = draw(2),
        };
    }
}

static inline void events_fill(struct sample *sample)
{
    for (enum event event = 0; event < EVENT_COUNT; event++) {
        sample->events[event] = draw(3) ? draw_number() : EVENT_UNKNOWN;
    }
}

static inline void memory_fill(struct series *series)
{
    if (draw(2)) {
        series->parent.bytes = 1 + draw(1u << 30);
        series->parent.huge = draw(2);
    }
    if (draw(2)) {
        series->footprint = (struct footprint){
            .workers = 1 + draw(99),
            .all = {draw_number(), draw_number(), draw_number(), draw_number()},
            .base = {draw_number(), draw_number(), draw_number(), draw_number()},
        };
    }
}

static inline void series_fill(struct series *series)
{
    size_t n;

    series->workload = draw_text();
    series->arguments = draw_text();
    series->strategy = draw_text();
    series->summary = draw_text();
    series->answer = draw_maybe_text();
    series->finding = draw_maybe_text();
    series->skipped = draw_maybe_text();
    series->workers = draw_number();
    series->tasks = draw_number();
    series->consistent = draw(2);
    series->variant = draw_maybe_text();
    series->placebo = draw(2);
    memory_fill(series);
    samples_fill(&series->warmup, draw(4));
    samples_fill(&series->samples, draw(40));
    samples_fill(&series->examined, draw(4));
    for (n = 0; n < series->examined.count; n++) {
        events_fill(&series->examined.items[n]);
    }
    timeline_fill(&series->timeline, series->tasks);
    for (n = series->tasks ? draw(4) : 0; n; n--) {
        char *text = draw_text();
        uint32_t task = (uint32_t)draw(series->tasks < 9 ? series->tasks : 9);

        assert_int_equal(series_add_error(series, task, text), 0);
        free(text);
    }
    for (n = draw(3); n; n--) {
        char *text = draw_text();

        assert_int_equal(series_add_failure(series, draw_number(), text), 0);
        free(text);
    }
}

static inline void record_draw(struct record *record)
{
    char *text = draw_text();
    size_t n;

    assert_int_equal(record_init(record), 0);
    (void)json_object_set_new(record->head, "complete", json_boolean(draw(2)));
    (void)json_object_set_new(record->head, "config", json_pack("{s:s}", "odd", text));
    (void)json_object_set_new(record->head, *text ? text : "newer", json_integer(5));
    free(text);
    for (n = draw(5); n; n--) {
        struct series *series = record_add_series(record);

        assert_non_null(series);
        series_fill(series);
    }
    (void)json_object_del(record->head, "series");
}

/* What happens to a file: to text, through a parser, and back. 0 or the reader's verdict. */
static inline int text_read(const char *text, size_t size, struct record *ret_record, char *why)
{
    json_t *document = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    int r;

    if (!document) {
        return -EPROTO;
    }
    r = record_from_json(document, ret_record, why);
    json_decref(document);
    return r;
}

static inline char *record_text_of(const struct record *record)
{
    json_t *document = record_to_json(record);
    char *text;

    assert_non_null(document);
    text = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    assert_non_null(text);
    return text;
}

#endif
