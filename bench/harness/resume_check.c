/* SPDX-License-Identifier: GPL-3.0-or-later */
/* May a run go on here, and what was asked for when it began? */
#include "analysis/fingerprint.h"
#include "base/units.h"
#include "harness/resume.h"
#include "record/machine.h"

#include <errno.h>
#include <string.h>

#define EPOCHS_MOST 1000000

static int describe_here(const struct record *record, struct record *ret_now)
{
    json_t *config = json_object_get(record->head, "config");
    const char *label = record_text(record, "machine.label");
    struct record now = {.head = json_object()};
    int failed = 0;

    failed |= json_object_set_new(now.head, "machine", machine_describe(label ? label : ""));
    failed |= json_object_set_new(now.head, "environment", environment_describe());
    failed |= json_object_set_new(now.head, "tool", tool_describe());
    failed |= config && json_object_set(now.head, "config", config);
    if (failed) {
        record_release(&now);
        return -ENOMEM;
    }
    *ret_now = now;
    return 0;
}

/* The weightiest difference is said; one is enough. */
static int compare_machines(const struct record *record, const struct record *now, char *why)
{
    uint32_t bits = fingerprint_difference(record, now);

    for (uint32_t i = 0; bits && fingerprint_keys[i].name; i++) {
        char was[FINGERPRINT_TEXT_SIZE], is[FINGERPRINT_TEXT_SIZE];

        if (bits >> i & 1) {
            fingerprint_text(record, &fingerprint_keys[i], was);
            fingerprint_text(now, &fingerprint_keys[i], is);
            snprintf(why, HARNESS_WHY_SIZE,
                     "a run goes on only where it began: its %s is %s, here it is %s",
                     fingerprint_keys[i].name, was, is);
            text_disarm(why);
            return -EXDEV;
        }
    }
    return 0;
}

static int compare_tools(const struct record *record, const struct record *now, char *why)
{
    const json_t *was = json_object_get(record->head, "tool");
    const json_t *is = json_object_get(now->head, "tool");

    if (json_equal(was, is)) {
        return 0;
    }
    const char *version = record_text(record, "tool.version");
    const char *commit = record_text(record, "tool.commit");
    snprintf(
        why, HARNESS_WHY_SIZE,
        "a run goes on only with the program that began it: tvp %.20s of commit %.12s, this is "
        "%.20s of commit %.12s%s",
        version ? version : "?", commit ? commit : "?", record_text(now, "tool.version"),
        record_text(now, "tool.commit") ? record_text(now, "tool.commit") : "?",
        json_is_true(json_object_get(is, "dirty")) ? ", changed" : "");
    text_disarm(why);
    return -EXDEV;
}

static bool nothing_measured(const struct record *record)
{
    for (size_t i = 0; i < record->series_count; i++) {
        if (record->series[i].warmup.count + record->series[i].samples.count > 0) {
            return false;
        }
    }
    return true;
}

int resume_check(const struct record *record, char *why)
{
    struct record now;

    if (record_complete(record)) {
        snprintf(why, HARNESS_WHY_SIZE, "this run has ended, nothing is left to be measured");
        return -EINVAL;
    }
    if (nothing_measured(record)) {
        snprintf(why, HARNESS_WHY_SIZE, "nothing of it was measured yet: run it anew");
        return -EINVAL;
    }
    int r = describe_here(record, &now);
    if (r < 0) {
        return r;
    }
    r = compare_tools(record, &now, why);
    r = r < 0 ? r : compare_machines(record, &now, why);
    record_release(&now);
    return r;
}

static bool number_read(const json_t *config, const char *name, json_int_t least, json_int_t most,
                        uint64_t *ret_value)
{
    const json_t *value = json_object_get(config, name);

    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most) {
        return false;
    }
    *ret_value = (uint64_t)json_integer_value(value);
    return true;
}

static bool profile_read(const json_t *config, const struct profile **ret_profile)
{
    const char *name = json_string_value(json_object_get(config, "profile"));
    const struct profile *profile = name ? profile_find(name) : NULL;
    uint64_t warmup_blocks, blocks;

    if (!profile || !number_read(config, "warmup_blocks", 0, INT32_MAX, &warmup_blocks) ||
        !number_read(config, "blocks", 1, INT32_MAX, &blocks) ||
        warmup_blocks != profile->warmup_blocks || blocks != profile->blocks) {
        return false;
    }
    *ret_profile = profile;
    return true;
}

int resume_settings(const struct record *record, struct run_settings *settings, char *why)
{
    const json_t *config = json_object_get(record->head, "config");
    const char *limit = json_string_value(json_object_get(config, "task_limit"));
    uint64_t budget_ns, until_ppm, repeats, limit_ns;

    if (!profile_read(config, &settings->plan.profile) ||
        !number_read(config, "epochs", 1, EPOCHS_MOST, &settings->epochs) ||
        !number_read(config, "seed", 0, UINT32_MAX, &settings->seed) ||
        !number_read(config, "budget_ns", 1, RECORD_NUMBER_MAX, &budget_ns) ||
        !number_read(config, "until_ppm", 1, 1000000, &until_ppm) ||
        !number_read(config, "repeats_most_permille", 0, 1000, &repeats) ||
        (limit && parse_duration(limit, &limit_ns) < 0)) {
        snprintf(why, HARNESS_WHY_SIZE, "its config does not tell how to go on");
        return -EPROTO;
    }
    settings->budget_ns = settings->budget_ns ? settings->budget_ns : budget_ns;
    settings->until = json_is_true(json_object_get(config, "looks")) ? (double)until_ppm / 1e6 : 0;
    settings->task_limit = limit;
    settings->pin = json_is_true(json_object_get(config, "pin"));
    settings->no_stamps = json_is_false(json_object_get(config, "stamps"));
    settings->memory = json_is_true(json_object_get(config, "memory"));
    settings->no_repeats = repeats == 0;
    return 0;
}
