/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The axis of ratios, which may reach from 1.02 to 10,000: a fork for a task that does nothing
 * takes thousands of times as long as a call, and would squeeze all that is of interest into a
 * corner. */
#include "base/units.h"
#include "output/plot_data.h"
#include "output/plot_label.h"

#include <math.h>

/* An axis is cut here at the earliest, and at least half of the rows stay on it. */
#define LEAST_LIMIT 8.0

/* How many rows take more than `limit` times as long as the fastest of their group. */
static size_t rows_beyond(const struct groups *groups, double limit)
{
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];

        for (size_t k = 0; k < group->row_count; k++) {
            count += row_has_time(&group->rows[k]) && group->rows[k].to_best.value > limit;
        }
    }
    return count;
}

double axis_limit(const struct groups *groups)
{
    size_t all = rows_beyond(groups, 0);
    double limit = LEAST_LIMIT;

    while (2 * rows_beyond(groups, limit) > all) {
        limit *= 2;
    }
    /* One workload has the axis for itself. */
    return groups->count < 2 || rows_beyond(groups, 1.5 * limit) == 0 ? INFINITY : limit;
}

double rows_width(const struct groups *groups)
{
    double widest = 0;

    for (size_t i = 0; i < groups->count; i++) {
        for (size_t k = 0; k < groups->items[i].row_count; k++) {
            char name[ROW_NAME_SIZE];

            row_name(&groups->items[i], &groups->items[i].rows[k], name);
            widest = fmax(widest, label_width(name, PLOT_ROOM(0, PLOT_FACTOR_ROW, false)));
        }
    }
    return widest;
}

/* Round numbers, the roundest first, as long as their labels keep clear of each other. */
static void put_ticks(FILE *file, double min, double max, double width)
{
    static const double digits[] = {1, 2, 5, 1.5, 3, 4, 6, 8, 1.25, 1.1, 1.05, 1.02};
    double taken[64], halves[64];
    size_t count = 0;

    for (size_t d = 0; d < sizeof(digits) / sizeof(*digits); d++) {
        for (double power = 1e-3; power < 1e9 && count < 64; power *= 10) {
            char text[UNITS_SIZE];
            double value = digits[d] * power, at = width * log(value / min) / log(max / min);
            bool free_place = value >= min && value <= max;

            /* The fine steps near 1 are for narrow axes; elsewhere they read oddly. */
            if (fabs(power - 1) > 1e-9 && digits[d] > 1 && digits[d] < 2) {
                continue;
            }
            snprintf(text, sizeof(text), "%.10g×", value);
            double half = label_width(text, PLOT_ROOM(0, 0.9, false)) / 2 + 5;
            for (size_t i = 0; i < count && free_place; i++) {
                free_place = fabs(taken[i] - at) >= halves[i] + half;
            }
            if (free_place) {
                fprintf(file, "%.10g\t%s\n", value, text);
                taken[count] = at;
                halves[count++] = half;
            }
        }
    }
}

void data_put_directions(FILE *words, enum metric metric)
{
    data_put_text(words, "best", plot_best_word(metric));
    data_put_text(words, "worse", metric == METRIC_CPU ? "more CPU time  →" : "slower  →");
}

int data_write_ticks(const char *stem, double min, double max, double width)
{
    FILE *file;
    int r = data_open(stem, "ticks", "value\ttext", &file);

    if (r == 0) {
        put_ticks(file, min, max, width);
        r = data_close(file);
    }
    return r;
}
