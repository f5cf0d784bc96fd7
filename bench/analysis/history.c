/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/history.h"

#include "analysis/edivisive.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *created_of(const struct compare_file *file)
{
    const char *created = record_text(file->record, "created");

    return created ? created : "";
}

static int file_compare(const void *left, const void *right)
{
    return strcmp(created_of(left), created_of(right));
}

void history_sort(struct compare_file *files, size_t count)
{
    qsort(files, count, sizeof(*files), file_compare);
}

static int row_collect(const struct comparison *comparison, const struct compare_row *row,
                       struct history_row *history)
{
    size_t columns = comparison->column_count;

    history->row = row;
    history->runs = calloc(columns + 1, sizeof(*history->runs));
    history->values = calloc(columns + 1, sizeof(*history->values));
    if (!history->runs || !history->values) {
        return -ENOMEM;
    }
    for (size_t i = columns > HISTORY_LONGEST ? columns - HISTORY_LONGEST : 0; i < columns; i++) {
        const struct compare_cell *cell = &row->cells[i];

        /* A busy afternoon is no change of the program. */
        if (cell->good && cell_suspect(cell)) {
            history->doubtful++;
        } else if (cell->good && cell->value.value > 0) {
            history->runs[history->count] = i;
            history->values[history->count++] = cell->value.value;
        }
    }
    return 0;
}

static const struct record *record_of(const struct comparison *comparison, size_t column)
{
    return comparison->files[comparison->columns[column].file].record;
}

/* Keep of the points those at which the median changes by enough. A point that is dropped makes
 * its neighbours longer, so the smallest goes first, and then all are looked at anew. */
static size_t points_keep(const struct history_row *row, size_t *points, size_t count,
                          double threshold, double *ret_factors)
{
    for (;;) {
        size_t smallest = count;
        double least = log(1 + threshold);

        for (size_t i = 0; i < count; i++) {
            size_t from = i > 0 ? points[i - 1] : 0,
                   to = i + 1 < count ? points[i + 1] : row->count;
            double before = quantile(row->values + from, points[i] - from, 0.5);
            double after = quantile(row->values + points[i], to - points[i], 0.5);

            ret_factors[i] = after / before;
            if (fabs(log(ret_factors[i])) < least) {
                least = fabs(log(ret_factors[i]));
                smallest = i;
            }
        }
        if (smallest == count) {
            return count;
        }
        memmove(points + smallest, points + smallest + 1, (count - smallest - 1) * sizeof(*points));
        count--;
    }
}

static int row_search(const struct comparison *comparison, struct history_row *row)
{
    double *logs = calloc(row->count + 1, sizeof(*logs));
    double *factors = calloc(row->count + 1, sizeof(*factors));
    size_t *points = calloc(row->count + 1, sizeof(*points));
    int found = logs && factors && points ? 0 : -ENOMEM;

    for (size_t i = 0; i < row->count && found == 0; i++) {
        logs[i] = log(row->values[i]);
    }
    found = found < 0 ? found : edivisive(logs, row->count, HISTORY_ALPHA, points);
    if (found >= 0) {
        size_t kept =
            points_keep(row, points, (size_t)found, comparison->settings.threshold, factors);

        row->changes = calloc(kept + 1, sizeof(*row->changes));
        found = row->changes ? 0 : -ENOMEM;
        for (size_t i = 0; i < kept && row->changes; i++) {
            size_t run = row->runs[points[i]], before = row->runs[points[i] - 1];

            row->changes[row->change_count++] = (struct history_change){
                .run = run,
                .factor = factors[i],
                .differing = fingerprint_difference(record_of(comparison, before),
                                                    record_of(comparison, run)),
            };
        }
    }
    free(points);
    free(factors);
    free(logs);
    return found;
}

int history_make(const struct comparison *comparison, struct history *ret_history)
{
    struct history history = {.comparison = comparison,
                              .rows = calloc(comparison->row_count + 1, sizeof(*history.rows))};
    int r = history.rows ? 0 : -ENOMEM;

    for (size_t i = 0; i < comparison->row_count && r == 0; i++) {
        struct history_row *row = &history.rows[history.row_count++];

        r = row_collect(comparison, &comparison->rows[i], row);
        r = r < 0 ? r : row_search(comparison, row);
    }
    if (r < 0) {
        history_release(&history);
        return r;
    }
    *ret_history = history;
    return 0;
}

void history_release(struct history *history)
{
    if (!history) {
        return;
    }
    for (size_t i = 0; i < history->row_count; i++) {
        free(history->rows[i].runs);
        free(history->rows[i].values);
        free(history->rows[i].changes);
    }
    free(history->rows);
    history->rows = NULL;
    history->row_count = 0;
}
