/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample is looked at as a whole before any of it is taken: what a broken trial says must not
 * spoil its series, let alone the file of all the others. */
#include "harness/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A number that a result file can hold. */
static bool number_fits(const json_t *value, uint64_t most)
{
    return json_is_integer(value) && json_integer_value(value) >= 0 &&
           (uint64_t)json_integer_value(value) <= most;
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

        if (!number_fits(member, RECORD_NUMBER_MAX)) {
            snprintf(why, HARNESS_WHY_SIZE, "a sample without %s", members[i].name);
            return -EPROTO;
        }
        *(uint64_t *)((char *)sample + members[i].offset) = (uint64_t)json_integer_value(member);
    }
    return 0;
}

/* When it began, by the clock that the run is measured with. */
static int read_start(const json_t *object, const struct place *place, struct sample *sample,
                      char *why)
{
    const json_t *start = json_object_get(object, "start_ns");
    const uint64_t most_ns = place->origin_ns + (RECORD_NUMBER_MAX - place->before_ns);

    if (!number_fits(start, most_ns)) {
        snprintf(why, HARNESS_WHY_SIZE, "a sample without start_ns");
        return -EPROTO;
    }
    uint64_t start_ns = (uint64_t)json_integer_value(start);
    sample->at_ns =
        place->before_ns + (start_ns > place->origin_ns ? start_ns - place->origin_ns : 0);
    return 0;
}

/* Those that were counted. */
static int read_events(const json_t *events, struct sample *sample, char *why)
{
    for (enum event event = 0; event < EVENT_COUNT; event++) {
        const json_t *value = json_object_get(events, event_names[event]);

        if (value && !number_fits(value, RECORD_NUMBER_MAX)) {
            snprintf(why, HARNESS_WHY_SIZE, "%s that are no number", event_names[event]);
            return -EPROTO;
        }
        sample->events[event] = value ? (uint64_t)json_integer_value(value) : EVENT_UNKNOWN;
    }
    return 0;
}

static bool errors_fit(const struct series *series, const json_t *errors)
{
    const json_t *error;
    size_t i;

    json_array_foreach(errors, i, error)
    {
        if (!json_is_string(json_object_get(error, "text")) ||
            !number_fits(json_object_get(error, "task"), series->tasks - 1)) {
            return false;
        }
    }
    return true;
}

static bool timeline_fits(const struct series *series, const json_t *rows)
{
    const uint64_t most[] = {series->tasks - 1, UINT32_MAX, RECORD_NUMBER_MAX, RECORD_NUMBER_MAX,
                             1};
    const json_t *row;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        for (size_t column = 0; column < sizeof(most) / sizeof(*most); column++) {
            if (!number_fits(json_array_get(row, column), most[column])) {
                return false;
            }
        }
        if (json_integer_value(json_array_get(row, 3)) <
            json_integer_value(json_array_get(row, 2))) {
            return false;
        }
    }
    return true;
}

static int check_sample(const struct series *series, const json_t *object, char *why)
{
    const json_t *finding = json_object_get(object, "finding");
    const char *wrong = NULL;

    if (!json_is_string(json_object_get(object, "answer"))) {
        wrong = "a sample without an answer";
    } else if (finding && (!json_is_string(json_object_get(finding, "name")) ||
                           !number_fits(json_object_get(finding, "value"), RECORD_NUMBER_MAX))) {
        wrong = "a finding that is none";
    } else if (!errors_fit(series, json_object_get(object, "errors"))) {
        wrong = "an error of a task that does not exist";
    } else if (!timeline_fits(series, json_object_get(object, "timeline"))) {
        wrong = "a timeline that cannot be";
    }
    if (wrong) {
        snprintf(why, HARNESS_WHY_SIZE, "%s", wrong);
    }
    return wrong ? -EPROTO : 0;
}

static int take_errors(struct series *series, const json_t *errors)
{
    const json_t *error;
    size_t i;
    int r = 0;

    json_array_foreach(errors, i, error)
    {
        char text[HARNESS_WHY_SIZE];

        snprintf(text, sizeof(text), "%s", json_string_value(json_object_get(error, "text")));
        intake_text(text, text);
        r = r < 0 ? r
                  : series_add_error(
                        series, (uint32_t)json_integer_value(json_object_get(error, "task")), text);
    }
    return r;
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

static int take_text(char **text, const json_t *value)
{
    char *copy = strdup(json_string_value(value));

    if (!copy) {
        return -ENOMEM;
    }
    free(*text);
    *text = copy;
    return 0;
}

static int take_answer(struct series *series, const json_t *answer)
{
    if (!series->answer) {
        series->consistent = true;
        return take_text(&series->answer, answer);
    }
    series->consistent =
        series->consistent && strcmp(series->answer, json_string_value(answer)) == 0;
    return 0;
}

int intake_sample(struct series *series, const json_t *object, const struct place *place, char *why)
{
    struct sample sample = {
        .epoch = place->epoch,
        .block = place->block,
        .position = place->position,
    };
    const json_t *finding = json_object_get(object, "finding");
    struct sample_list *list = place->examined ? &series->examined
                               : place->warmup ? &series->warmup
                                               : &series->samples;
    int r = read_members(object, &sample, why);

    r = r < 0 ? r : read_start(object, place, &sample, why);
    if (r == 0 && place->examined) {
        r = read_events(json_object_get(object, "events"), &sample, why);
    }
    r = r < 0 ? r : check_sample(series, object, why);
    if (r < 0) {
        return r;
    }
    if (finding) {
        sample.finding = (uint64_t)json_integer_value(json_object_get(finding, "value"));
        r = take_text(&series->finding, json_object_get(finding, "name"));
    }
    r = r < 0 ? r : take_answer(series, json_object_get(object, "answer"));
    r = r < 0 ? r : take_errors(series, json_object_get(object, "errors"));
    r = r < 0 ? r : take_timeline(series, json_object_get(object, "timeline"), place);
    return r < 0 ? r : sample_list_append(list, &sample);
}
