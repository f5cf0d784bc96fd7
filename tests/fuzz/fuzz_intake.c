/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a trial says, line by line as the harness reads it: first what it is, then its samples.
 * After whatever it said, what was taken of it can be written and read. */
#include "harness/intake.h"
#include "harness/plan.h"
#include "target.h"

#include <errno.h>

static void take_line(struct series *series, const char *line, unsigned number, bool *ready)
{
    const struct place place = {
        .epoch = number / 4, .block = number % 4, .warmup = number % 4 == 0, .origin_ns = 1000};
    json_t *object = json_loads(line, 0, NULL);
    char why[HARNESS_WHY_SIZE] = "";

    if (json_is_object(object)) {
        size_t samples = series->samples.count + series->warmup.count;
        int r =
            *ready ? intake_sample(series, object, &place, why) : intake_ready(series, object, why);

        REQUIRE(r == 0 || (r == -EPROTO && strlen(why) > 5));
        REQUIRE(series->samples.count + series->warmup.count ==
                samples + (*ready && r == 0 ? 1 : 0));
        *ready = *ready || r == 0;
        (void)intake_cold_ns(object);
    } else {
        char text[HARNESS_WHY_SIZE];

        /* As a complaint; the buffer is that of the caller. */
        snprintf(text, sizeof(text), "%s", line);
        intake_text(text, text);
        REQUIRE(strlen(text) <= strlen(line));
        (void)series_add_failure(series, place.epoch, text);
    }
    json_decref(object);
}

static void require_readable(struct record *record)
{
    char why[RECORD_WHY_SIZE] = "";
    struct record copy;

    (void)json_object_set_new(record->head, "created", json_string("2025-01-15T10:42:07Z"));
    (void)json_object_set_new(record->head, "duration_ns", json_integer(1));
    json_t *document = record_to_json(record);
    REQUIRE(document);
    int r = record_from_json(document, &copy, why);
    if (r < 0) {
        fprintf(stderr, "%s\n", why);
    }
    REQUIRE(r == 0);
    record_release(&copy);
    json_decref(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = target_text(data, size), *rest = text, *line;
    struct record record;
    struct series *series;
    unsigned number = 0;
    bool ready = false;

    json_object_seed(1); /* otherwise by chance, and the same input takes another way each time */
    REQUIRE(record_init(&record) == 0 && (series = record_add_series(&record)));
    series->workload = strdup("nap.so");
    series->strategy = strdup("fork");
    series->arguments = strdup("");
    series->summary = strdup("");
    while ((line = strsep(&rest, "\n"))) {
        take_line(series, line, number++, &ready);
    }
    require_readable(&record);
    record_release(&record);
    free(text);
    return 0;
}
