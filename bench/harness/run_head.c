/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run_head.h"

#include "harness/rounds.h"
#include "harness/stopping.h"
#include "record/machine.h"

#include <errno.h>
#include <math.h>
#include <time.h>

static json_t *config_describe(const struct run_settings *settings)
{
    const struct profile *profile = settings->plan.profile;

    return json_pack(
        "{s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:b, s:s?, s:i, s:O, s:I, s:i, s:b, s:b, s:o*}",
        "profile", profile->name, "seed", (json_int_t)settings->seed, "order", "interleaved",
        "epochs", (json_int_t)settings->epochs, "warmup_blocks", (json_int_t)profile->warmup_blocks,
        "blocks", (json_int_t)profile->blocks, "budget_ns", (json_int_t)settings->budget_ns, "pin",
        settings->pin, "task_limit", settings->task_limit, "timer_slack_ns", 1, "argv",
        settings->argv, "until_ppm", (json_int_t)lround(1e6 * stopping_margin(settings)),
        "repeats_most_permille", settings->no_repeats ? 0 : REPEATS_MOST_PERMILLE, "looks",
        profile->looks || settings->until > 0, "memory", settings->memory, "stamps",
        settings->no_stamps && !settings->task_limit ? json_false() : NULL);
}

/* Takes over value. */
static int set_member(struct record *record, const char *name, json_t *value)
{
    return value && json_object_set_new(record->head, name, value) == 0 ? 0 : -ENOMEM;
}

/* "2025-01-15T10:42:07Z" */
static json_t *now_describe(void)
{
    char text[32];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return json_string(text);
}

int run_head_begin(struct record *record, const struct run_settings *settings)
{
    int r = set_member(record, "created", now_describe());

    r = r < 0 ? r : set_member(record, "tool", tool_describe());
    r = r < 0 ? r : set_member(record, "machine", machine_describe(settings->label));
    r = r < 0 ? r : set_member(record, "environment", environment_describe());
    r = r < 0 ? r : set_member(record, "config", config_describe(settings));
    return r < 0 ? r : run_head_update(record, 0, false, NULL);
}

int run_head_resume(struct record *record, uint64_t epochs)
{
    json_t *list = json_object_get(record->head, "resumed");
    json_t *entry = json_pack("{s:o, s:I, s:I}", "at", now_describe(), "epochs", (json_int_t)epochs,
                              "after_ns", (json_int_t)record_number(record, "duration_ns", 0));
    int r = json_is_array(list) ? 0 : set_member(record, "resumed", json_array());

    if (r < 0 || !entry) {
        json_decref(entry);
        return -ENOMEM;
    }
    (void)json_object_del(record->head, "stopped_by");
    (void)json_object_del(record->head, "stopping");
    return json_array_append_new(json_object_get(record->head, "resumed"), entry) < 0 ? -ENOMEM : 0;
}

int run_head_update(struct record *record, uint64_t duration_ns, bool complete, const char *reason)
{
    int r = set_member(record, "duration_ns", json_integer((json_int_t)duration_ns));

    r = r < 0 ? r : set_member(record, "complete", json_boolean(complete));
    if (r == 0 && reason) {
        r = set_member(record, "stopped_by", json_string(reason));
    }
    return r;
}
