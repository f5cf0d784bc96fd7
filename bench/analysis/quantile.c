/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles, and the median with an interval that assumes nothing about the distribution. */
#include "analysis/analysis.h"
#include "analysis/rank.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool estimate_has_interval(const struct estimate *estimate)
{
    return !isnan(estimate->low) && !isnan(estimate->high);
}

struct estimate estimate_exp(struct estimate logs)
{
    return (struct estimate){exp(logs.value), exp(logs.low), exp(logs.high), logs.count,
                             logs.confidence};
}

static double *sorted_copy(const double *values, size_t count)
{
    double *sorted = count > 0 ? malloc(count * sizeof(*sorted)) : NULL;

    if (sorted) {
        memcpy(sorted, values, count * sizeof(*sorted));
        gsl_sort(sorted, 1, count);
    }
    return sorted;
}

double quantile(const double *values, size_t count, double p)
{
    double *sorted = sorted_copy(values, count);

    if (!sorted) {
        return NAN;
    }
    double value = gsl_stats_quantile_from_sorted_data(sorted, 1, count, p);
    free(sorted);
    return value;
}

/* Whether the interval from this rank on misses the median with alpha at the most. */
static bool rank_holds(unsigned rank, size_t count, double alpha)
{
    return 2 * gsl_cdf_binomial_P(rank - 1, 0.5, (unsigned)count) <= alpha;
}

unsigned interval_rank(size_t count, double confidence)
{
    double n = (double)count, alpha = 1 - confidence;
    /* Near enough by the normal law that a step or two finds the exact one. */
    double guess = n / 2 - gsl_cdf_ugaussian_Qinv(alpha / 2) * sqrt(n) / 2;
    unsigned rank = guess > 0 ? (unsigned)guess : 0;

    while (rank > 0 && !rank_holds(rank, count, alpha)) {
        rank--;
    }
    while (rank < count / 2 && rank_holds(rank + 1, count, alpha)) {
        rank++;
    }
    return rank;
}

struct estimate median_estimate(const double *values, size_t count, double confidence)
{
    struct estimate estimate = {.value = NAN, .low = NAN, .high = NAN, .count = 0};
    double *sorted = sorted_copy(values, count);

    if (!sorted) {
        return estimate;
    }
    estimate.value = gsl_stats_median_from_sorted_data(sorted, 1, count);
    estimate.count = count;
    unsigned rank = interval_rank(count, confidence);
    if (rank > 0) {
        estimate.low = sorted[rank - 1];
        estimate.high = sorted[count - rank];
        estimate.confidence = confidence;
    }
    free(sorted);
    return estimate;
}
