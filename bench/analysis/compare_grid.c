/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From units to rows and columns, as benchstat projects them: series whose keys agree in row,
 * column and table share a cell, and what they differ in beside is kept for a warning. */
#include "analysis/compare_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TITLE_KEYS (KEY_BIT(KEY_WORKLOAD) | KEY_BIT(KEY_ARGUMENTS))

static int column_find(struct comparison *comparison, struct unit *unit)
{
    char *name = keys_text(comparison, unit, comparison->settings.columns);
    size_t i = 0;

    if (!name) {
        return -ENOMEM;
    }
    while (i < comparison->column_count && strcmp(comparison->columns[i].name, name) != 0) {
        i++;
    }
    unit->column = i;
    if (i < comparison->column_count) {
        comparison->columns[i].mixed |= comparison->columns[i].file != unit->file;
        free(name);
    } else {
        comparison->columns[comparison->column_count++] =
            (struct compare_column){.name = name, .file = unit->file};
    }
    return 0;
}

#define SERIES_KEYS                                                                                \
    (KEY_BIT(KEY_WORKLOAD) | KEY_BIT(KEY_ARGUMENTS) | KEY_BIT(KEY_STRATEGY) | KEY_BIT(KEY_WORKERS))

static void columns_finish(struct comparison *comparison)
{
    /* Columns of one file hold different series of it. */
    bool of_files = !(comparison->settings.columns & SERIES_KEYS);
    const struct compare_column *first = comparison->columns;
    const struct compare_file *before = &comparison->files[first->file];

    for (size_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        uint32_t bits =
            fingerprint_difference(before->record, comparison->files[unit->file].record);

        comparison->columns[unit->column].across |=
            (bits & ~comparison->settings.ignored_fingerprint) != 0;
    }
    for (size_t i = 1; i < comparison->column_count; i++) {
        struct compare_column *column = &comparison->columns[i];
        const struct compare_file *file = &comparison->files[column->file];

        column->the_same = of_files && !column->mixed && !first->mixed && file->checksum[0] &&
                           strcmp(file->checksum, before->checksum) == 0;
    }
}

void row_release(struct compare_row *row, size_t columns)
{
    for (size_t i = 0; row->cells && i < columns; i++) {
        free(row->cells[i].members);
    }
    free(row->cells);
    free(row->table);
    free(row->title);
    free(row->name);
}

/* Rows of one table and title stand together, though a later file may add to them. */
static void row_rank(const struct comparison *comparison, struct compare_row *row)
{
    row->ranks[0] = row->ranks[1] = row->ranks[2] = comparison->row_count;
    for (size_t i = comparison->row_count; i > 0; i--) {
        const struct compare_row *other = &comparison->rows[i - 1];

        if (strcmp(other->table, row->table) == 0) {
            row->ranks[0] = other->ranks[0];
            if (strcmp(other->title, row->title) == 0) {
                row->ranks[1] = other->ranks[1];
            }
        }
    }
}

static int row_compare(const void *left, const void *right)
{
    const struct compare_row *a = left, *b = right;
    int order = 0;

    for (size_t i = 0; i < 3 && order == 0; i++) {
        order = (a->ranks[i] > b->ranks[i]) - (a->ranks[i] < b->ranks[i]);
    }
    return order;
}

static int row_find(struct comparison *comparison, const struct unit *unit,
                    struct compare_row **ret_row)
{
    const struct compare_settings *settings = &comparison->settings;
    struct compare_row row = {
        .table = keys_text(comparison, unit, settings->tables),
        .title = keys_text(comparison, unit, settings->rows & TITLE_KEYS),
        .name = keys_text(comparison, unit, settings->rows & ~TITLE_KEYS),
    };

    for (size_t i = 0; row.table && row.title && row.name && i < comparison->row_count; i++) {
        struct compare_row *other = &comparison->rows[i];

        if (strcmp(other->table, row.table) == 0 && strcmp(other->title, row.title) == 0 &&
            strcmp(other->name, row.name) == 0) {
            row_release(&row, 0);
            *ret_row = other;
            return 0;
        }
    }
    row.cells = calloc(comparison->column_count, sizeof(*row.cells));
    if (!row.table || !row.title || !row.name || !row.cells) {
        row_release(&row, 0);
        return -ENOMEM;
    }
    row_rank(comparison, &row);
    comparison->rows[comparison->row_count] = row;
    *ret_row = &comparison->rows[comparison->row_count++];
    return 0;
}

static int unit_place(struct comparison *comparison, struct unit *unit)
{
    struct compare_row *row = NULL;
    int r = row_find(comparison, unit, &row);

    if (r < 0) {
        return r;
    }
    struct compare_cell *cell = &row->cells[unit->column];
    struct unit **members = reallocarray(cell->members, cell->count + 1, sizeof(struct unit *));
    if (!members) {
        return -ENOMEM;
    }
    cell->members = members;
    members[cell->count++] = unit;
    return 0;
}

/* The keys out of `keys` in which units of one cell differ. */
static int cell_merged(const struct comparison *comparison, const struct compare_cell *cell,
                       unsigned keys, unsigned *merged)
{
    int r = 0;

    for (unsigned key = 0; key < KEY_COUNT && cell->count > 1 && r == 0; key++) {
        if (!(keys & KEY_BIT(key))) {
            continue;
        }
        char *first = key_text(comparison, cell->members[0], (enum compare_key)key);
        for (size_t i = 1; i < cell->count && r == 0; i++) {
            char *other = key_text(comparison, cell->members[i], (enum compare_key)key);

            r = first && other ? 0 : -ENOMEM;
            *merged |= r == 0 && strcmp(first, other) != 0 ? KEY_BIT(key) : 0;
            free(other);
        }
        free(first);
    }
    return r;
}

static int row_finish(struct comparison *comparison, struct compare_row *row)
{
    const struct compare_settings *settings = &comparison->settings;
    unsigned hidden = ~(settings->rows | settings->columns | settings->tables | settings->ignored);
    const struct unit *first = NULL;
    int r = 0;

    row_refuse(row, comparison->column_count);
    for (size_t i = 0; i < comparison->column_count && r == 0; i++) {
        struct compare_cell *cell = &row->cells[i];

        r = cell_merged(comparison, cell, hidden, &comparison->merged);
        cell->good = cell->count > 0;
        for (size_t j = 0; j < cell->count; j++) {
            const struct unit *unit = cell->members[j];

            cell->good = cell->good && unit->state == UNIT_GOOD;
            first = first ? first : unit;
            comparison->workers_differ |= (hidden & KEY_BIT(KEY_WORKERS)) &&
                                          unit_same_series(first, unit) &&
                                          first->row->series->workers != unit->row->series->workers;
        }
    }
    return r;
}

int grid_make(struct comparison *comparison)
{
    struct compare_settings *settings = &comparison->settings;
    int r = 0;

    settings->columns = settings->columns ? settings->columns : KEY_BIT(KEY_FILE);
    settings->rows = settings->rows ? settings->rows : rows_default(comparison);
    comparison->rows = calloc(comparison->unit_count + 1, sizeof(*comparison->rows));
    comparison->columns = calloc(comparison->unit_count + 1, sizeof(*comparison->columns));
    if (!comparison->rows || !comparison->columns) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < comparison->unit_count && r == 0; i++) {
        r = column_find(comparison, &comparison->units[i]);
    }
    for (size_t i = 0; i < comparison->unit_count && r == 0; i++) {
        r = unit_place(comparison, &comparison->units[i]);
    }
    if (r < 0 || comparison->column_count == 0) {
        return r;
    }
    columns_finish(comparison);
    qsort(comparison->rows, comparison->row_count, sizeof(*comparison->rows), row_compare);
    for (size_t i = 0; i < comparison->row_count && r == 0; i++) {
        struct compare_row *row = &comparison->rows[i];

        row->first = i == 0 || strcmp(row[-1].title, row->title) != 0 ||
                     strcmp(row[-1].table, row->table) != 0;
        r = row_finish(comparison, row);
    }
    return r;
}
