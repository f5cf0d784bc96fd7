/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which series may be compared, and where each stands. Only series that did the same work and
 * gave the same answer are compared: a fast wrong answer must never look like a fast strategy. */
#include "analysis/contest.h"
#include "analysis/correct.h"
#include "analysis/modes.h"
#include "analysis/ruling.h"
#include "analysis/trust.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct estimate no_estimate = {.value = NAN, .low = NAN, .high = NAN, .count = 0};

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool group_takes(const struct group *group, const struct series *series)
{
    return group->tasks == series->tasks && parent_same(&group->parent, &series->parent) &&
           same_text(group->workload, series->workload) &&
           same_text(group->arguments, series->arguments) &&
           same_text(group->variant, series->variant);
}

static struct group *groups_find(struct groups *groups, const struct series *series)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (group_takes(&groups->items[i], series)) {
            return &groups->items[i];
        }
    }
    return NULL;
}

static bool series_answers(const struct series *series)
{
    return series->samples.count > 0 && series->answer && series->consistent;
}

/* Whose answer counts: serial's, else the first that agrees with itself. */
static const struct series *group_reference(const struct group *group)
{
    const struct row *serial = group_find(group, "serial");

    if (serial && series_answers(serial->series)) {
        return serial->series;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        if (series_answers(group->rows[i].series)) {
            return group->rows[i].series;
        }
    }
    return NULL;
}

bool row_has_time(const struct row *row)
{
    return row->standing != STANDING_FAILED;
}

static void row_check(struct row *row, const struct series *reference, enum metric metric)
{
    const struct series *series = row->series;

    row->time = row->to_best = row->to_serial = no_estimate;
    row->standing = STANDING_FAILED;
    if (series->samples.count == 0) {
        return;
    }
    row->wrong_answer = !reference || !series_answers(series) ||
                        strcmp(series->answer, reference->answer) != 0 ||
                        series_failed_tasks(series) != series_failed_tasks(reference);
    if (row->wrong_answer || series_fails(series)) {
        return;
    }
    row->time = series_time(series, metric, CONFIDENCE);
    /* A median of 0 is CPU time below the clock's step: no time to be held against anything. */
    if (row->time.value <= 0) {
        row->time = no_estimate;
    }
    if (!isnan(row->time.value)) {
        row->standing = STANDING_UNSURE;
        row->modes = series_modes(series, metric);
    }
}

static void row_judge(struct row *row, const struct row *best, const struct row *serial,
                      enum metric metric)
{
    if (!row_has_time(row)) {
        return;
    }
    if (serial && row_has_time(serial)) {
        row->to_serial = series_ratio(serial->series, row->series, metric, CONFIDENCE);
    }
    if (row == best) {
        row->to_best = (struct estimate){1, 1, 1, row->time.count, CONFIDENCE};
        row->standing = STANDING_FASTEST;
    }
}

/* Where the rows stand, when their ratios are final. */
static void group_settle(struct group *group, const struct record *record)
{
    group_weigh(group, record);
    for (size_t i = 0; i < group->row_count; i++) {
        struct row *row = &group->rows[i];

        if (row_has_time(row) && i != group->best) {
            row->standing = group_standing(group, &row->to_best, &row->unsure, &row->more_epochs);
        }
    }
    const struct row *serial = group_find(group, "serial");
    if (serial && row_has_time(serial) && group->best < group->row_count &&
        serial != &group->rows[group->best]) {
        /* The same ratio, so the same interval: one sentence tells both. */
        group->rows[group->best].to_serial = serial->to_best;
    }
    contest_decide(group, serial);
}

static void group_judge(struct group *group, enum metric metric)
{
    const struct series *reference = group_reference(group);
    const struct row *best = NULL, *serial = group_find(group, "serial");

    for (size_t i = 0; i < group->row_count; i++) {
        struct row *row = &group->rows[i];

        row_check(row, reference, metric);
        if (row_has_time(row) && !strategy_is_control(row->series->strategy) &&
            (!best || row->time.value < best->time.value)) {
            best = row;
        }
    }
    group->best = best ? (size_t)(best - group->rows) : group->row_count;
    group->failed_tasks = best ? series_failed_tasks(best->series) : 0;
    for (size_t i = 0; i < group->row_count && best; i++) {
        row_judge(&group->rows[i], best, serial, metric);
    }
    group->contest = contest_begin(group);
    group->placebo_ratio = no_estimate;
}

static int groups_add(struct groups *groups, const struct series *series, enum metric metric)
{
    struct group *group = groups_find(groups, series);

    if (!group) {
        group = &groups->items[groups->count++];
        *group = (struct group){.workload = series->workload,
                                .arguments = series->arguments,
                                .summary = series->summary,
                                .variant = series->variant,
                                .tasks = series->tasks,
                                .parent = series->parent,
                                .metric = metric,
                                /* With a placebo alone there are no rows, but a place of them. */
                                .rows = malloc(sizeof(*group->rows))};
    }
    if (!group->rows) {
        return -ENOMEM;
    }
    if (series->placebo) {
        group->placebo = series;
        return 0;
    }
    struct row *rows = reallocarray(group->rows, group->row_count + 1, sizeof(*rows));
    if (!rows) {
        return -ENOMEM;
    }
    group->rows = rows;
    rows[group->row_count++] = (struct row){.series = series};
    return 0;
}

int groups_make(const struct record *record, enum metric metric, struct groups *ret_groups)
{
    struct groups groups = {.items = calloc(record->series_count + 1, sizeof(*groups.items)),
                            .count = 0};

    if (!groups.items) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < record->series_count; i++) {
        int r = groups_add(&groups, &record->series[i], metric);

        if (r < 0) {
            groups_release(&groups);
            return r;
        }
    }
    for (size_t i = 0; i < groups.count; i++) {
        group_judge(&groups.items[i], metric);
    }
    if (groups_correct(&groups, metric) < 0) {
        groups_release(&groups);
        return -ENOMEM;
    }
    for (size_t i = 0; i < groups.count; i++) {
        group_settle(&groups.items[i], record);
    }
    *ret_groups = groups;
    return 0;
}

void groups_release(struct groups *groups)
{
    if (!groups) {
        return;
    }
    for (size_t i = 0; i < groups->count; i++) {
        free(groups->items[i].rows);
    }
    free(groups->items);
    *groups = (struct groups){.items = NULL, .count = 0};
}

const struct row *group_find(const struct group *group, const char *strategy)
{
    size_t length = strlen(strategy);

    for (size_t i = 0; i < group->row_count; i++) {
        const char *name = group->rows[i].series->strategy;

        if (name && strncmp(name, strategy, length) == 0 && strchr(":", name[length])) {
            return &group->rows[i];
        }
    }
    return NULL;
}
