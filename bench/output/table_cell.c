/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"
#include "output/table_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <stdio.h>
#include <string.h>

const char *column_header(enum metric metric, enum column column)
{
    static const char *const headers[] = {
        [COLUMN_WORKERS] = "workers",        [COLUMN_TIME] = "median",
        [COLUMN_INTERVAL] = "95 % interval", [COLUMN_BEST] = "× fastest",
        [COLUMN_SPEEDUP] = "speed-up",       [COLUMN_CPU] = "CPU",
    };

    /* The least CPU time is not the fastest. */
    return column == COLUMN_BEST && metric == METRIC_CPU ? "× least" : headers[column];
}

static void time_cell(const struct row *row, char *cell)
{
    if (row_has_time(row)) {
        format_duration(row->time.value, cell);
    } else {
        snprintf(cell, CELL_SIZE, "%s",
                 row->series->skipped              ? "skipped"
                 : row->series->samples.count == 0 ? "failed"
                 : row->wrong_answer               ? "wrong"
                 : series_fails(row->series)       ? "failed"
                                                   : "-");
    }
}

static void best_cell(enum metric metric, const struct row *row, char *cell)
{
    char ratio[UNITS_SIZE];

    if (row->standing == STANDING_FASTEST) {
        snprintf(cell, CELL_SIZE, "%s", metric == METRIC_CPU ? "least" : "fastest");
        return;
    }
    snprintf(cell, CELL_SIZE, "%4s %s", format_ratio(row->to_best.value, ratio),
             standing_word(row->standing));
}

/* Two decimals do not suffice for workers that cost a hundred times what they bring. */
static void speedup_cell(const struct row *row, char *cell)
{
    if (row->to_serial.value < 0.01) {
        strcpy(cell, "<0.01");
    } else {
        format_ratio(row->to_serial.value, cell);
    }
}

void cell_format(const struct layout *layout, const struct row *row, enum column column,
                 char cell[CELL_SIZE])
{
    cell[0] = '\0';
    if (column == COLUMN_WORKERS) {
        if (row->series->workers == 0) {
            strcpy(cell, "all");
        } else {
            format_count(row->series->workers, cell);
        }
    } else if (column == COLUMN_TIME) {
        time_cell(row, cell);
    } else if (row_has_time(row)) {
        if (column == COLUMN_INTERVAL) {
            format_duration_range(row->time.low, row->time.high, layout->style->ascii, cell);
        } else if (column == COLUMN_BEST) {
            best_cell(layout->metric, row, cell);
        } else if (column == COLUMN_SPEEDUP) {
            speedup_cell(row, cell);
        } else {
            format_duration(series_time(row->series, METRIC_CPU, CONFIDENCE).value, cell);
        }
    }
    text_clean(cell, layout->style);
}
