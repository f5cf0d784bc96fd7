/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/intake.h"

#include "base/units.h"

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

static bool text_is(const json_t *object, const char *member, const char *text)
{
    const char *value = json_string_value(json_object_get(object, member));

    return value && strcmp(value, text) == 0;
}

int intake_ready(struct series *series, const json_t *ready, char *why)
{
    uint64_t tasks = number(ready, "tasks"), workers = number(ready, "workers");
    bool sampled = series->warmup.count + series->samples.count > 0;

    if (series->tasks > 0 && series->tasks != tasks) {
        snprintf(why, HARNESS_WHY_SIZE, "it has %llu tasks now, it had %llu",
                 (unsigned long long)tasks, (unsigned long long)series->tasks);
        return -EPROTO;
    }
    if (sampled && !text_is(ready, "workload", series->workload)) {
        snprintf(why, HARNESS_WHY_SIZE, "its workload is not what it was, %.200s",
                 series->workload);
        return -EPROTO;
    }
    if (sampled && series->workers != workers) {
        snprintf(why, HARNESS_WHY_SIZE, "it has %llu workers now, it had %llu",
                 (unsigned long long)workers, (unsigned long long)series->workers);
        return -EPROTO;
    }
    if (sampled && !text_is(ready, "arguments", series->arguments)) {
        snprintf(why, HARNESS_WHY_SIZE, "its arguments are not what they were, %.200s",
                 series->arguments);
        return -EPROTO;
    }
    if (tasks == 0 || tasks > UINT32_MAX || workers > UINT32_MAX ||
        set_text(&series->workload, ready, "workload") < 0 ||
        set_text(&series->arguments, ready, "arguments") < 0 ||
        set_text(&series->summary, ready, "summary") < 0) {
        snprintf(why, HARNESS_WHY_SIZE, "the trial did not say what it is");
        return -EPROTO;
    }
    series->tasks = tasks;
    series->workers = workers;
    return 0;
}

int intake_adopt(struct series *series, const struct series *known, const char *workers)
{
    char *workload = strdup(known->workload), *arguments = strdup(known->arguments);
    char *summary = strdup(known->summary);

    if (!workload || !arguments || !summary) {
        free(workload);
        free(arguments);
        free(summary);
        return -ENOMEM;
    }
    free(series->workload);
    free(series->arguments);
    free(series->summary);
    series->workload = workload;
    series->arguments = arguments;
    series->summary = summary;
    series->tasks = known->tasks;
    if (parse_count(workers, &series->workers) < 0) {
        series->workers = known->workers;
    }
    if (strcmp(series->strategy, "serial") == 0 || strcmp(series->strategy, "serial+thread") == 0) {
        series->workers = 1;
    }
    return 0;
}

void intake_text(const char *why, char *text)
{
    const char *p = why;

    while (*p) {
        bool begins = p == why || strchr(" '\"=,:(", p[-1]);

        if (begins && p[0] == '/' && p[1] != '/') {
            p = (const char *)memrchr(p, '/', strcspn(p, " '\",:;)")) + 1;
        } else {
            *text++ = *p++;
        }
    }
    *text = '\0';
}

uint64_t intake_cold_ns(const json_t *sample)
{
    return number(sample, "open_ns") + number(sample, "run_ns") + number(sample, "close_ns");
}
