/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/modes.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#define CRITICAL 52.0 /* over the number of values */

/* Where the sorted logarithms are best cut; ret_gap is the statistic. */
static size_t best_cut(const double *logs, size_t count, double *ret_gap)
{
    size_t least = (count + 3) / 4, best = least;
    double most = 0;

    for (size_t i = least; i + least <= count; i++) {
        double spread = fmax(gsl_stats_sd(logs, 1, i), gsl_stats_sd(logs + i, 1, count - i));
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
    double *logs = count >= MODES_EPOCHS ? malloc(count * sizeof(*logs)) : NULL, gap;

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
    size_t cut = best_cut(logs, count, &gap);
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
