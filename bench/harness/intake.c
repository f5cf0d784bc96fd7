/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int set_text(char **text, const json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));

    if (!value) {
        return -EPROTO;
    }
    char *copy = strdup(value);
    if (!copy) {
        return -ENOMEM;
    }
    free(*text);
    *text = copy;
    return 0;
}

static uint64_t number(const json_t *object, const char *member)
{
    json_int_t value = json_integer_value(json_object_get(object, member));

    return value > 0 ? (uint64_t)value : 0;
}

int intake_ready(struct series *series, const json_t *ready, char *why)
{
    uint64_t tasks = number(ready, "tasks");

    if (series->tasks > 0 && series->tasks != tasks) {
        snprintf(why, HARNESS_WHY_SIZE, "it has %llu tasks now, it had %llu",
                 (unsigned long long)tasks, (unsigned long long)series->tasks);
        return -EPROTO;
    }
    if (set_text(&series->arguments, ready, "arguments") < 0 ||
        set_text(&series->summary, ready, "summary") < 0 || tasks == 0) {
        snprintf(why, HARNESS_WHY_SIZE, "the trial did not say what it is");
        return -EPROTO;
    }
    series->tasks = tasks;
    series->workers = number(ready, "workers");
    return 0;
}

/* Members of the trial's object that are columns of the record under the same name. */
static const struct {
    const char *name;
    size_t offset;
} members[] = {
    {"open_ns", offsetof(struct sample, open_ns)},
    {"run_ns", offsetof(struct sample, run_ns)},
    {"close_ns", offsetof(struct sample, close_ns)},
    {"user_ns", offsetof(struct sample, user_ns)},
    {"system_ns", offsetof(struct sample, system_ns)},
    {"minor_faults", offsetof(struct sample, minor_faults)},
    {"major_faults", offsetof(struct sample, major_faults)},
    {"switches_voluntary", offsetof(struct sample, switches_voluntary)},
    {"switches_forced", offsetof(struct sample, switches_forced)},
    {"cpu_before", offsetof(struct sample, cpu_before)},
    {"cpu_after", offsetof(struct sample, cpu_after)},
    {"failed", offsetof(struct sample, failed)},
};

static int read_members(const json_t *object, struct sample *sample, char *why)
{
    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        const json_t *member = json_object_get(object, members[i].name);

        if (!json_is_integer(member) || json_integer_value(member) < 0) {
            snprintf(why, HARNESS_WHY_SIZE, "a sample without %s", members[i].name);
            return -EPROTO;
        }
        *(uint64_t *)((char *)sample + members[i].offset) = (uint64_t)json_integer_value(member);
    }
    return 0;
}

static int take_errors(struct series *series, const json_t *errors)
{
    const json_t *error;
    size_t i;

    json_array_foreach(errors, i, error)
    {
        const char *text = json_string_value(json_object_get(error, "text"));
        int r = series_add_error(series, (uint32_t)number(error, "task"), text ? text : "failed");

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* The series keeps the latest timeline: that of the last timed block. */
static int take_timeline(struct series *series, const json_t *rows, const struct place *place)
{
    struct timeline *timeline = &series->timeline;
    const json_t *row;
    size_t i;

    if (json_array_size(rows) == 0) {
        return 0;
    }
    struct span *items = calloc(json_array_size(rows), sizeof(*items));
    if (!items) {
        return -ENOMEM;
    }
    json_array_foreach(rows, i, row)
    {
        items[i] = (struct span){
            .task = (uint32_t)json_integer_value(json_array_get(row, 0)),
            .worker = (uint32_t)json_integer_value(json_array_get(row, 1)),
            .start_ns = (uint64_t)json_integer_value(json_array_get(row, 2)),
            .end_ns = (uint64_t)json_integer_value(json_array_get(row, 3)),
            .failed = json_integer_value(json_array_get(row, 4)) != 0,
        };
    }
    free(timeline->items);
    *timeline = (struct timeline){
        .epoch = place->epoch,
        .block = place->block,
        .items = items,
        .count = json_array_size(rows),
    };
    return 0;
}

static int take_answer(struct series *series, const json_t *object, char *why)
{
    const char *answer = json_string_value(json_object_get(object, "answer"));

    if (!answer) {
        snprintf(why, HARNESS_WHY_SIZE, "a sample without an answer");
        return -EPROTO;
    }
    if (!series->answer) {
        series->consistent = true;
        return set_text(&series->answer, object, "answer");
    }
    series->consistent = series->consistent && strcmp(series->answer, answer) == 0;
    return 0;
}

static int take_finding(struct series *series, const json_t *finding, struct sample *sample)
{
    if (!finding) {
        return 0;
    }
    sample->finding = number(finding, "value");
    return set_text(&series->finding, finding, "name");
}

int intake_sample(struct series *series, const json_t *object, const struct place *place, char *why)
{
    struct sample sample = {
        .epoch = place->epoch,
        .block = place->block,
        .position = place->position,
    };
    uint64_t start_ns = number(object, "start_ns");
    int r = read_members(object, &sample, why);

    sample.at_ns = start_ns > place->origin_ns ? start_ns - place->origin_ns : 0;
    r = r < 0 ? r : take_answer(series, object, why);
    r = r < 0 ? r : take_finding(series, json_object_get(object, "finding"), &sample);
    r = r < 0 ? r : take_errors(series, json_object_get(object, "errors"));
    r = r < 0 ? r : take_timeline(series, json_object_get(object, "timeline"), place);
    return r < 0 ? r
                 : sample_list_append(place->warmup ? &series->warmup : &series->samples, &sample);
}

uint64_t intake_cold_ns(const json_t *sample)
{
    return number(sample, "open_ns") + number(sample, "run_ns") + number(sample, "close_ns");
}
