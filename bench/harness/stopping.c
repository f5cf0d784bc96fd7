/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stopping.h"

#include "analysis/precision.h"
#include "base/clock.h"
#include "harness/rounds.h"

#include <errno.h>

const uint64_t stopping_looks[] = {12, 24, 48, UNTIL_EPOCHS, 0};

double stopping_margin(const struct run_settings *settings)
{
    return settings->until > 0 ? settings->until : MARGIN;
}

static bool is_look(const struct run *run, uint64_t planned)
{
    bool looks = run->settings->plan.profile->looks || run->settings->until > 0;

    for (const uint64_t *look = stopping_looks; looks && *look; look++) {
        if (planned == *look) {
            return true;
        }
    }
    return false;
}

/* Whether one of its rows is of this set. */
static bool group_is_of(const struct group *group, const struct run *run,
                        const struct cell_set *set)
{
    for (size_t i = 0; i < group->row_count; i++) {
        for (size_t j = 0; j < set->count; j++) {
            if (group->rows[i].series == &run->record->series[set->cells[j].series]) {
                return true;
            }
        }
    }
    return false;
}

/* What others disturbed most of the time may look precise and be wrong all the same. */
static bool set_is_precise(const struct run *run, const struct cell_set *set,
                           const struct groups *groups)
{
    bool precise = false;

    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        struct precision precision;

        if (!group_is_of(group, run, set)) {
            continue;
        }
        if (group->loud ||
            !group_precision(groups, group, METRIC_COLD, stopping_margin(run->settings),
                             &precision) ||
            !precision_reached(&precision)) {
            return false;
        }
        precise = true;
    }
    return precise;
}

bool stopping_look(struct run *run)
{
    struct groups groups = {0};
    bool made = false, all = true;

    for (size_t i = 0; i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[i];
        uint64_t planned = set_planned(set);

        if (!set->ended_by && planned >= run->settings->epochs) {
            set->ended_by = "epochs";
        } else if (!set->ended_by && is_look(run, planned)) {
            made = made || groups_make(run->record, METRIC_COLD, &groups) == 0;
            set->ended_by = made && set_is_precise(run, set, &groups) ? "precision" : NULL;
        }
        all = all && set->ended_by;
    }
    groups_release(&groups);
    return all;
}

bool stopping_too_late(const struct run *run)
{
    uint64_t elapsed_ns = run_elapsed_ns(run);

    return run->round > 0 && elapsed_ns + round_expected_ns(run) > run->settings->budget_ns;
}

int stopping_describe(struct run *run, const char *reason)
{
    json_t *list = json_array();
    int failed = list ? 0 : -1;

    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *set = &run->plan.sets[i];
        const struct series *series = &run->record->series[set->cells[0].series];
        const char *why = set->ended_by ? set->ended_by : reason;

        if (why) {
            failed |= json_array_append_new(
                list, json_pack("{s:s, s:s, s:s, s:I, s:I}", "workload", series->workload,
                                "arguments", series->arguments, "reason", why, "epochs",
                                (json_int_t)set->epochs, "repeats", (json_int_t)set->repeats));
        }
    }
    failed |= json_object_set_new(run->record->head, "stopping", list);
    return failed ? -ENOMEM : 0;
}
