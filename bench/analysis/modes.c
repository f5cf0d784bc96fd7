/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/modes.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#define CRITICAL 52.0 /* over the number of values */

/* Sum of squares about the mean (Welford 1962), value by value. */
struct running {
    double mean, squares;
    size_t count;
};

static void running_add(struct running *running, double value)
{
    double distance = value - running->mean;

    running->mean += distance / (double)++running->count;
    running->squares += distance * (value - running->mean);
}

static double running_sd(const struct running *running)
{
    return sqrt(running->squares / (double)(running->count - 1));
}

/* Where the sorted logarithms are best cut; ret_gap is the statistic, uppers (count entries) is
 * for our use. */
static size_t best_cut(const double *logs, size_t count, double *uppers, double *ret_gap)
{
    struct running lower = {0}, upper = {0};
    size_t least = (count + 3) / 4, best = least;
    double most = 0;

    for (size_t i = count; i-- > least;) {
        running_add(&upper, logs[i]);
        uppers[i] = upper.count > 1 ? running_sd(&upper) : 0;
    }
    for (size_t i = 0; i < least - 1; i++) {
        running_add(&lower, logs[i]);
    }
    for (size_t i = least; i + least <= count; i++) {
        running_add(&lower, logs[i - 1]);
        double spread = fmax(running_sd(&lower), uppers[i]);
        double gap = (logs[i] - logs[i - 1]) / fmax(spread, 1e-9);

        if (gap > most) {
            most = gap;
            best = i;
        }
    }
    *ret_gap = most;
    return best;
}

struct modes values_modes(const double *values, size_t count)
{
    struct modes modes = {.low_count = 0};
    double *logs = count >= MODES_EPOCHS ? malloc(2 * count * sizeof(*logs)) : NULL, gap;

    for (size_t i = 0; logs && i < count; i++) {
        if (!(values[i] > 0)) {
            free(logs);
            return modes;
        }
        logs[i] = log(values[i]);
    }
    if (!logs) {
        return modes;
    }
    gsl_sort(logs, 1, count);
    size_t cut = best_cut(logs, count, logs + count, &gap);
    double low = gsl_stats_median_from_sorted_data(logs, 1, cut);
    double high = gsl_stats_median_from_sorted_data(logs + cut, 1, count - cut);
    if (gap >= CRITICAL / (double)count && high - low >= log(MODES_RATIO)) {
        modes = (struct modes){exp(low), exp(high), cut, count - cut};
    }
    free(logs);
    return modes;
}

struct modes series_modes(const struct series *series, enum metric metric)
{
    struct modes modes = {.low_count = 0};
    size_t size = series->samples.count;
    double *medians = calloc(size + 1, sizeof(*medians));
    uint64_t *epochs = calloc(size + 1, sizeof(*epochs));

    if (medians && epochs && metric != METRIC_CPU) {
        modes = values_modes(medians, epoch_medians(series, metric, medians, epochs, size));
    }
    free(epochs);
    free(medians);
    return modes;
}
