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
        "{s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:b, s:s?, s:i, s:O, s:I, s:i}", "profile",
        profile->name, "seed", (json_int_t)settings->seed, "order", "interleaved", "epochs",
        (json_int_t)settings->epochs, "warmup_blocks", (json_int_t)profile->warmup_blocks, "blocks",
        (json_int_t)profile->blocks, "budget_ns", (json_int_t)settings->budget_ns, "pin",
        settings->pin, "task_limit", settings->task_limit, "timer_slack_ns", 1, "argv",
        settings->argv, "until_ppm", (json_int_t)lround(1e6 * stopping_margin(settings)),
        "repeats_most_permille", settings->no_repeats ? 0 : REPEATS_MOST_PERMILLE);
}

/* Takes over value. */
static int set_member(struct record *record, const char *name, json_t *value)
{
    return value && json_object_set_new(record->head, name, value) == 0 ? 0 : -ENOMEM;
}

int run_head_begin(struct record *record, const struct run_settings *settings)
{
    char created[32];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(created, sizeof(created), "%Y-%m-%dT%H:%M:%SZ", &utc);
    int r = set_member(record, "created", json_string(created));
    r = r < 0 ? r : set_member(record, "tool", tool_describe());
    r = r < 0 ? r : set_member(record, "machine", machine_describe(settings->label));
    r = r < 0 ? r : set_member(record, "environment", environment_describe());
    r = r < 0 ? r : set_member(record, "config", config_describe(settings));
    return r < 0 ? r : run_head_update(record, 0, false, NULL);
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
