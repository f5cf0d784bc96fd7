/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to compare: every strategy of every group of every file, with its base. */
#include "analysis/compare_parts.h"
#include "analysis/trust.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool unit_is_refused(enum unit_state state)
{
    return state == UNIT_ARGUMENTS || state == UNIT_TASKS || state == UNIT_ANSWER;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool unit_same_work(const struct unit *a, const struct unit *b)
{
    return a->group->tasks == b->group->tasks &&
           parent_same(&a->group->parent, &b->group->parent) &&
           same_text(a->group->workload, b->group->workload) &&
           same_text(a->group->arguments, b->group->arguments) &&
           same_text(a->group->variant, b->group->variant);
}

bool unit_same_series(const struct unit *a, const struct unit *b)
{
    return unit_same_work(a, b) && same_text(a->row->series->strategy, b->row->series->strategy);
}

bool unit_same_but(const struct unit *a, const struct unit *b, unsigned columns)
{
    return unit_same_work(a, b) &&
           (columns & KEY_BIT(KEY_WORKERS) || a->row->series->workers == b->row->series->workers) &&
           (columns & KEY_BIT(KEY_STRATEGY) ||
            same_text(a->row->series->strategy, b->row->series->strategy));
}

static int unit_fill(struct unit *unit, const struct compare_settings *settings)
{
    const struct series *base = NULL;
    int r;

    if (!row_has_time(unit->row)) {
        unit->state = UNIT_FAILED;
        return 0;
    }
    if (!settings->absolute) {
        unit->state = !unit->base                ? UNIT_NO_BASE
                      : row_has_time(unit->base) ? UNIT_GOOD
                                                 : UNIT_BASE_FAILED;
        if (unit->state != UNIT_GOOD) {
            return 0;
        }
        base = unit->base->series;
    }
    unit->trust = group_trust(unit->group, unit->row->series);
    r = evidence_make(unit->row->series, base, settings->metric, &unit->evidence);
    if (r == 0 && unit->evidence.count == 0) {
        unit->state = UNIT_NO_EPOCHS;
    }
    return r;
}

static int group_units(struct comparison *comparison, size_t file, const struct group *group)
{
    const struct compare_settings *settings = &comparison->settings;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        const struct row *base = settings->absolute ? NULL : row_base(group, row, settings->base);
        struct unit *unit = &comparison->units[comparison->unit_count];

        /* The base of others is what they are measured with, not a row. */
        if (!settings->absolute && row_is_base(group, row, settings->base)) {
            continue;
        }
        *unit = (struct unit){.file = file, .group = group, .row = row, .base = base};
        comparison->unit_count++;
        int r = unit_fill(unit, settings);
        if (r < 0) {
            return r;
        }
        comparison->base_workers_differ |=
            base && unit->state == UNIT_GOOD && base_workers_differ(row, base);
    }
    return 0;
}

int units_make(struct comparison *comparison)
{
    size_t most = 0;
    int r = base_choose(comparison);

    for (size_t i = 0; i < comparison->file_count; i++) {
        most += comparison->files[i].record->series_count;
    }
    comparison->units = calloc(most + 1, sizeof(*comparison->units));
    if (!comparison->units) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < comparison->file_count && r == 0; i++) {
        const struct groups *groups = &comparison->files[i].groups;

        for (size_t j = 0; j < groups->count && r == 0; j++) {
            r = group_units(comparison, i, &groups->items[j]);
        }
    }
    return r;
}

/* One file with two groups of a workload, or a strategy with two numbers of workers, needs these
 * keys in its rows: otherwise they would be merged before anybody asked for it. */
unsigned rows_default(const struct comparison *comparison)
{
    unsigned keys = KEY_BIT(KEY_WORKLOAD) | KEY_BIT(KEY_STRATEGY);

    for (size_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *a = &comparison->units[i];

        for (size_t j = i + 1; j < comparison->unit_count; j++) {
            const struct unit *b = &comparison->units[j];

            if (b->file != a->file || !same_text(a->group->workload, b->group->workload)) {
                continue;
            }
            if (a->group != b->group) {
                keys |= KEY_BIT(KEY_ARGUMENTS);
            } else if (same_text(a->row->series->strategy, b->row->series->strategy)) {
                keys |= KEY_BIT(KEY_WORKERS);
            }
        }
    }
    return keys & ~(comparison->settings.columns | comparison->settings.tables);
}

static enum unit_state work_compare(const struct unit *first, const struct unit *unit)
{
    if (!same_text(first->group->arguments, unit->group->arguments) ||
        !parent_same(&first->group->parent, &unit->group->parent)) {
        return UNIT_ARGUMENTS;
    }
    if (first->group->tasks != unit->group->tasks) {
        return UNIT_TASKS;
    }
    /* A row with a time gave the answer of its group, so one stands for all. */
    return same_text(first->row->series->answer, unit->row->series->answer) ? unit->state
                                                                            : UNIT_ANSWER;
}

/* The first good unit of a row with this workload: what the others must have done as well. */
static const struct unit *row_first(const struct compare_row *row, size_t columns,
                                    const char *workload)
{
    for (size_t i = 0; i < columns; i++) {
        for (size_t j = 0; j < row->cells[i].count; j++) {
            const struct unit *unit = row->cells[i].members[j];

            if (unit->state == UNIT_GOOD && same_text(unit->group->workload, workload)) {
                return unit;
            }
        }
    }
    return NULL;
}

void row_refuse(struct compare_row *row, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        for (size_t j = 0; j < row->cells[i].count; j++) {
            struct unit *unit = row->cells[i].members[j];

            if (unit->state == UNIT_GOOD) {
                unit->state = work_compare(row_first(row, columns, unit->group->workload), unit);
            }
        }
    }
}
