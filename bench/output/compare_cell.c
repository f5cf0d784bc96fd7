/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"
#include "output/compare_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <math.h>
#include <string.h>

#define FACTOR 2.0 /* beyond it a change is told as a factor, below as per cent */

size_t compare_columns(const struct comparison *comparison)
{
    return comparison->column_count + comparison->means;
}

const char *change_word(enum change change)
{
    static const enum standing standings[] = {
        [CHANGE_SLOWER] = STANDING_SLOWER,
        [CHANGE_FASTER] = STANDING_FASTER,
        [CHANGE_SAME] = STANDING_SAME,
        [CHANGE_UNSURE] = STANDING_UNSURE,
    };

    return change == CHANGE_NONE    ? ""
           : change == CHANGE_TAKES ? "takes"
                                    : standing_word(standings[change]);
}

static double doubt_percent(const struct estimate *estimate)
{
    return 100 * (sqrt(estimate->high / estimate->low) - 1);
}

/* Two decimals do not suffice where the base costs a hundred times as much. */
static char *small_format(double ratio, char text[UNITS_SIZE])
{
    if (ratio >= 0.0995 || isnan(ratio)) {
        return format_ratio(ratio, text);
    }
    snprintf(text, UNITS_SIZE, "%.2g", ratio);
    return text;
}

static void ratio_format(const struct estimate *ratio, enum detail detail, char *text)
{
    char value[UNITS_SIZE], low[UNITS_SIZE], high[UNITS_SIZE];

    small_format(ratio->value, value);
    if (!estimate_has_interval(ratio)) {
        snprintf(text, COMPARE_CELL_SIZE, "%s ?", value);
    } else if (detail == DETAIL_LEAST) {
        double percent = doubt_percent(ratio);

        snprintf(text, COMPARE_CELL_SIZE, "%s ±%.*f %%", value, percent < 0.95, percent);
    } else {
        snprintf(text, COMPARE_CELL_SIZE, "%s [%s, %s]", value, small_format(ratio->low, low),
                 small_format(ratio->high, high));
    }
}

static void time_format(const struct estimate *time, char *text)
{
    char value[UNITS_SIZE];

    format_duration(time->value, value);
    if (estimate_has_interval(time)) {
        double percent = doubt_percent(time);

        snprintf(text, COMPARE_CELL_SIZE, "%s ±%.*f %%", value, percent < 0.95, percent);
    } else {
        snprintf(text, COMPARE_CELL_SIZE, "%s ?", value);
    }
}

/* The first member that is not good says it for all. */
const char *compare_state_word(const struct compare_cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        const struct unit *unit = cell->members[i];

        if (unit_is_refused(unit->state)) {
            return "other work";
        }
        if (unit->state == UNIT_FAILED) {
            return unit->row->series->skipped              ? "skipped"
                   : unit->row->series->samples.count == 0 ? "failed"
                                                           : "wrong";
        }
        if (unit->state != UNIT_GOOD) {
            return "no base";
        }
    }
    return "-";
}

void compare_value_format(const struct comparison *comparison, const struct compare_row *row,
                          size_t column, enum detail detail, const struct style *style,
                          char text[COMPARE_CELL_SIZE])
{
    const struct compare_cell *cell =
        column < comparison->column_count ? &row->cells[column] : NULL;

    if (!cell && row->mean.count == 0) {
        strcpy(text, "-");
    } else if (!cell) {
        ratio_format(&row->mean, detail, text);
    } else if (!cell->good) {
        snprintf(text, COMPARE_CELL_SIZE, "%s", compare_state_word(cell));
    } else if (comparison->settings.absolute) {
        time_format(&cell->value, text);
    } else {
        ratio_format(&cell->value, detail, text);
    }
    text_clean(text, style);
}

static int percent_decimals(double percent)
{
    return fabs(percent) < 9.95;
}

/* "+21 % [+12, +30]", "3.10 × [2.90, 3.31]" */
static void factor_format(const struct estimate *factor, bool times, enum detail detail, char *text)
{
    char value[UNITS_SIZE], low[UNITS_SIZE], high[UNITS_SIZE];
    bool interval = detail == DETAIL_ALL && estimate_has_interval(factor);
    size_t used;

    if (times || factor->value >= FACTOR || factor->value <= 1 / FACTOR) {
        used =
            (size_t)snprintf(text, COMPARE_CELL_SIZE, " %s ×", format_ratio(factor->value, value));
        if (interval) {
            snprintf(text + used, COMPARE_CELL_SIZE - used, " [%s, %s]",
                     format_ratio(factor->low, low), format_ratio(factor->high, high));
        }
        return;
    }
    double percent = 100 * (factor->value - 1);
    used =
        (size_t)snprintf(text, COMPARE_CELL_SIZE, " %+.*f %%", percent_decimals(percent), percent);
    if (interval) {
        snprintf(text + used, COMPARE_CELL_SIZE - used, " [%+.*f, %+.*f]",
                 percent_decimals(100 * (factor->low - 1)), 100 * (factor->low - 1),
                 percent_decimals(100 * (factor->high - 1)), 100 * (factor->high - 1));
    }
}

void compare_change_format(const struct compare_row *row, size_t column, enum detail detail,
                           const struct style *style, char text[COMPARE_CELL_SIZE])
{
    const struct compare_cell *cell = &row->cells[column];
    char factor[COMPARE_CELL_SIZE] = "";

    if (cell->change == CHANGE_SLOWER || cell->change == CHANGE_FASTER ||
        cell->change == CHANGE_TAKES) {
        factor_format(&cell->difference, cell->change == CHANGE_TAKES, detail, factor);
    }
    snprintf(text, COMPARE_CELL_SIZE, "%s%.*s", change_word(cell->change),
             (int)(COMPARE_CELL_SIZE - 20), factor);
    text_clean(text, style);
}
