/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/compare.h"

#include "analysis/compare_judge.h"
#include "analysis/compare_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define COLUMNS_FOR_MEANS 3u

/* What needs no statistics; true if the cell is to be probed. */
static bool cell_begin(const struct comparison *comparison, const struct compare_row *row,
                       size_t index, double alpha)
{
    const struct compare_settings *settings = &comparison->settings;
    const struct compare_column *column = &comparison->columns[index];
    const struct compare_cell *before = &row->cells[0];
    struct compare_cell *cell = &row->cells[index];
    bool match = cells_match(settings, before, cell);

    if (column->the_same) {
        cell->change = CHANGE_SAME;
        cell->difference = (struct estimate){1, 1, 1, cell->value.count};
        return false;
    }
    if (settings->absolute && !column->across) {
        cell->spread = runs_spread(comparison, row, index);
    }
    cell->difference = estimate_exp(change_estimate(before, cell, settings, alpha));
    const struct unit *suspect = cell_suspect(before) ? cell_suspect(before) : cell_suspect(cell);
    cell->unsure = suspect ? suspect->trust : UNSURE_NOT;
    cell->change = CHANGE_UNSURE;
    if (cell->unsure != UNSURE_NOT) {
        return false;
    }
    if (!match) {
        cell->unsure = UNSURE_SERIES;
    } else if (!estimate_has_interval(&cell->difference)) {
        size_t members = before->count > cell->count ? before->count : cell->count;

        cell->unsure = UNSURE_FEW;
        cell->epochs = !settings->absolute ? evidence_needed(1 - alpha / 2 / (double)members)
                       : column->across    ? EVIDENCE_WELCH_LEAST
                                           : TIMES_EPOCHS;
    } else if (settings->absolute && column->across) {
        cell->change = CHANGE_TAKES;
        return false;
    }
    return cell->unsure == UNSURE_NOT;
}

static void changes_find(struct comparison *comparison, struct probes *probes)
{
    for (size_t i = 0; i < comparison->row_count; i++) {
        struct compare_cell *cells = comparison->rows[i].cells;

        for (size_t j = 1; j < comparison->column_count; j++) {
            if (cells[0].good && cells[j].good &&
                cell_begin(comparison, &comparison->rows[i], j, probes->alpha)) {
                probes->items[probes->count++] =
                    (struct probe){.before = &cells[0], .after = &cells[j]};
            }
        }
    }
}

static int changes_judge(struct comparison *comparison)
{
    const struct compare_settings *settings = &comparison->settings;
    size_t most = comparison->row_count * comparison->column_count;
    struct probes probes = {
        .items = calloc(most + 1, sizeof(*probes.items)),
        .alpha = change_alpha(settings->absolute),
        .settings = settings,
    };

    if (!probes.items) {
        return -ENOMEM;
    }
    changes_find(comparison, &probes);
    int r = probes_correct(&probes);
    for (size_t i = 0; i < probes.count && r == 0; i++) {
        probe_decide(&probes, &probes.items[i]);
    }
    comparison->tested = probes.count;
    free(probes.items);
    return r;
}

static bool columns_are_machines(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->column_count; i++) {
        const struct record *a = comparison->files[comparison->columns[i].file].record;

        for (size_t j = 0; j < i; j++) {
            const struct record *b = comparison->files[comparison->columns[j].file].record;

            if (!(fingerprint_difference(a, b) & ~comparison->settings.ignored_fingerprint)) {
                return false;
            }
        }
    }
    return comparison->column_count >= COLUMNS_FOR_MEANS && !comparison->settings.absolute;
}

/* Never over a missing value: a mean over other machines than its neighbours' would mislead. */
static int row_mean(struct comparison *comparison, struct compare_row *row)
{
    double *logs = calloc(comparison->column_count + 1, sizeof(*logs));
    bool whole = true;

    if (!logs) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < comparison->column_count; i++) {
        whole = whole && row->cells[i].good &&
                cells_match(&comparison->settings, &row->cells[0], &row->cells[i]);
        logs[i] = whole ? log(row->cells[i].value.value) : 0;
    }
    if (whole) {
        row->mean = estimate_exp(evidence_mean(logs, comparison->column_count, CONFIDENCE));
    }
    free(logs);
    return 0;
}

int compare_judge(struct comparison *comparison)
{
    int r;

    comparison->means = columns_are_machines(comparison);
    for (size_t i = 0; i < comparison->row_count; i++) {
        struct compare_row *row = &comparison->rows[i];

        for (size_t j = 0; j < comparison->column_count; j++) {
            if (row->cells[j].good) {
                row->cells[j].value = estimate_exp(cell_estimate(&row->cells[j], 1 - CONFIDENCE));
            }
        }
        r = comparison->means ? row_mean(comparison, row) : 0;
        if (r < 0) {
            return r;
        }
    }
    return changes_judge(comparison);
}

int compare_make(const struct compare_file *files, size_t count,
                 const struct compare_settings *settings, struct comparison *ret_comparison)
{
    struct comparison comparison = {.settings = *settings,
                                    .files = calloc(count + 1, sizeof(*comparison.files))};
    int r = comparison.files ? 0 : -ENOMEM;

    for (size_t i = 0; i < count && r == 0; i++) {
        struct compare_file *file = &comparison.files[i];

        *file = (struct compare_file){.record = files[i].record, .checksum = files[i].checksum};
        comparison.file_count++;
        comparison.differing |= fingerprint_difference(files[0].record, file->record);
        r = groups_make(file->record, settings->metric, &file->groups);
    }
    comparison.differing &= ~settings->ignored_fingerprint;
    r = r < 0 ? r : files_name(comparison.files, count);
    r = r < 0 ? r : units_make(&comparison);
    r = r < 0 ? r : grid_make(&comparison);
    r = r < 0 ? r : compare_judge(&comparison);
    if (r < 0) {
        compare_release(&comparison);
        return r;
    }
    *ret_comparison = comparison;
    return 0;
}

void compare_release(struct comparison *comparison)
{
    if (!comparison) {
        return;
    }
    for (size_t i = 0; i < comparison->row_count; i++) {
        row_release(&comparison->rows[i], comparison->column_count);
    }
    for (size_t i = 0; i < comparison->column_count; i++) {
        free(comparison->columns[i].name);
    }
    for (size_t i = 0; i < comparison->unit_count; i++) {
        evidence_release(&comparison->units[i].evidence);
    }
    for (size_t i = 0; i < comparison->file_count; i++) {
        groups_release(&comparison->files[i].groups);
        free(comparison->files[i].name);
    }
    free(comparison->rows);
    free(comparison->columns);
    free(comparison->units);
    free(comparison->files);
    *comparison = (struct comparison){0};
}

size_t compare_usable(const struct comparison *comparison)
{
    size_t usable = 0;

    for (size_t i = 0; i < comparison->row_count; i++) {
        const struct compare_cell *cells = comparison->rows[i].cells;

        for (size_t j = comparison->column_count > 1; j < comparison->column_count; j++) {
            usable += cells[j].good && cells[0].good;
        }
    }
    return usable;
}

bool change_is_beyond(const struct compare_cell *cell, double threshold)
{
    return (cell->change == CHANGE_SLOWER && cell->difference.low >= 1 + threshold) ||
           (cell->change == CHANGE_FASTER && cell->difference.high <= 1 / (1 + threshold));
}
