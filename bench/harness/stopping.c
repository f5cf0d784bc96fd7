/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stopping.h"

#include "analysis/precision.h"
#include "base/clock.h"
#include "harness/rounds.h"

#include <errno.h>
#include <string.h>

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

/* How many pairs of variants of one cell the whole run has, at the most. */
static size_t count_pairs(const struct run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *set = &run->plan.sets[i];

        for (size_t j = 0; j < set->count; j++) {
            count += strcmp(set->cells[j].variant, set->cells[0].variant) != 0;
        }
    }
    return count;
}

static bool are_variants(const struct cell *a, const struct cell *b)
{
    return strcmp(a->strategy, b->strategy) == 0 && strcmp(a->workers, b->workers) == 0 &&
           strcmp(a->variant, b->variant) != 0 && !a->placebo && !b->placebo && !a->given_up &&
           !b->given_up;
}

/* Where builds or settings are held against each other, how one differs from the other is what is
 * asked, not how the strategies do. */
static bool variants_are_precise(const struct run *run, const struct cell_set *set)
{
    const double margin = stopping_margin(run->settings);
    const size_t pairs = count_pairs(run);
    bool precise = false;

    for (size_t i = 0; i < set->count; i++) {
        for (size_t j = i + 1; j < set->count; j++) {
            const struct series *a = &run->record->series[set->cells[i].series];
            const struct series *b = &run->record->series[set->cells[j].series];

            if (!are_variants(&set->cells[i], &set->cells[j])) {
                continue;
            }
            struct precision precision = pair_precision(b, a, METRIC_COLD, margin, pairs);
            if (series_is_loud(a) || series_is_loud(b) || !precision_reached(&precision)) {
                return false;
            }
            precise = true;
        }
    }
    return precise;
}

/* What others disturbed most of the time may look precise and be wrong all the same. */
static bool set_is_precise(const struct run *run, const struct cell_set *set,
                           const struct groups *groups)
{
    bool precise = false;

    if (set->cells[0].variant) {
        return variants_are_precise(run, set);
    }

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

bool stopping_done(const struct run *run)
{
    bool all = true;

    for (size_t i = 0; i < run->plan.count; i++) {
        all = all && run->plan.sets[i].ended_by;
    }
    return all;
}

bool stopping_look(struct run *run)
{
    struct groups groups = {0};
    bool made = false;

    for (size_t i = 0; i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[i];
        uint64_t planned = set_planned(set);

        if (!set->ended_by && planned >= run->settings->epochs) {
            set->ended_by = "epochs";
        } else if (!set->ended_by && is_look(run, planned)) {
            made = made || groups_make(run->record, METRIC_COLD, &groups) == 0;
            set->ended_by = made && set_is_precise(run, set, &groups) ? "precision" : NULL;
        }
    }
    groups_release(&groups);
    return stopping_done(run);
}

bool stopping_too_late(const struct run *run)
{
    uint64_t elapsed_ns = run_elapsed_ns(run);

    return run->round > 0 && elapsed_ns + round_expected_ns(run) > run->settings->budget_ns;
}

/* Sets of a sweep may differ in nothing but their parent or their number of tasks. */
static json_t *describe_set(const struct run *run, const struct cell_set *set, const char *why)
{
    const struct series *series = &run->record->series[set->cells[0].series];
    const struct parent *parent = &series->parent;
    json_t *entry =
        json_pack("{s:s, s:s, s:I, s:s, s:I, s:I}", "workload", series->workload, "arguments",
                  series->arguments, "tasks", (json_int_t)series->tasks, "reason", why, "epochs",
                  (json_int_t)set->epochs, "repeats", (json_int_t)set->repeats);

    if (entry && parent->bytes > 0 &&
        (json_object_set_new(entry, "parent_bytes", json_integer((json_int_t)parent->bytes)) < 0 ||
         json_object_set_new(entry, "parent_pages", json_string(parent->huge ? "huge" : "small")) <
             0)) {
        json_decref(entry);
        return NULL;
    }
    return entry;
}

int stopping_describe(struct run *run, const char *reason)
{
    json_t *list = json_array();
    int failed = list ? 0 : -1;

    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *set = &run->plan.sets[i];
        const char *why = set->ended_by ? set->ended_by : reason;

        if (why) {
            failed |= json_array_append_new(list, describe_set(run, set, why));
        }
    }
    failed |= json_object_set_new(run->record->head, "stopping", list);
    return failed ? -ENOMEM : 0;
}
