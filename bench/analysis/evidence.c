/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/evidence.h"

#include <errno.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#define MEAN_LEAST 3u

static const struct estimate no_estimate = {.value = NAN, .low = NAN, .high = NAN, .count = 0};

/* The logarithms of the times; returns how many. */
static size_t log_times(const struct series *series, enum metric metric, double *logs, size_t size)
{
    uint64_t *epochs = calloc(size + 1, sizeof(*epochs));
    size_t medians = epochs ? epoch_medians(series, metric, logs, epochs, size) : 0, count = 0;

    free(epochs);
    for (size_t i = 0; i < medians; i++) {
        if (logs[i] > 0) {
            logs[count++] = log(logs[i]);
        }
    }
    return count;
}

static uint64_t series_span(const struct series *series)
{
    uint64_t first = UINT64_MAX, last = 0;

    for (size_t i = 0; i < series->samples.count; i++) {
        uint64_t at_ns = series->samples.items[i].at_ns;

        first = at_ns < first ? at_ns : first;
        last = at_ns > last ? at_ns : last;
    }
    return last > first ? last - first : 0;
}

int evidence_make(const struct series *series, const struct series *base, enum metric metric,
                  struct evidence *ret_evidence)
{
    size_t size = series->samples.count;
    struct evidence evidence = {.logs = calloc(size + 1, sizeof(*evidence.logs)),
                                .span_ns = series_span(series),
                                .runs = 1};

    if (!evidence.logs) {
        return -ENOMEM;
    }
    evidence.count = base ? series_log_ratios(series, base, metric, evidence.logs, size)
                          : log_times(series, metric, evidence.logs, size);
    *ret_evidence = evidence;
    return 0;
}

void evidence_release(struct evidence *evidence)
{
    if (evidence) {
        free(evidence->logs);
        *evidence = (struct evidence){0};
    }
}

size_t evidence_needed(double confidence)
{
    /* 2 * 2^-n <= 1 - confidence; a hair's breadth less for 2^-n exactly. */
    return (size_t)ceil(1 - log2(1 - confidence) - 1e-9);
}

double evidence_center(const struct evidence *evidence)
{
    return gsl_stats_mean(evidence->logs, 1, evidence->count);
}

double evidence_variance(const struct evidence *evidence)
{
    size_t n = evidence->count;
    double variance = gsl_stats_variance(evidence->logs, 1, n);
    double lag = variance > 0 ? gsl_stats_lag1_autocorrelation(evidence->logs, 1, n) : 0;

    lag = lag > 0.95 ? 0.95 : lag;
    return variance / (double)n * (lag > 0 ? (1 + lag) / (1 - lag) : 1);
}

static double run_share(const struct evidence *evidence)
{
    return evidence->runs > 1 ? 1 / (double)evidence->runs : 1;
}

struct estimate evidence_welch(const struct evidence *before, const struct evidence *after,
                               const struct spread *spread, double confidence)
{
    struct estimate estimate = no_estimate;

    if (before->count < EVIDENCE_WELCH_LEAST || after->count < EVIDENCE_WELCH_LEAST) {
        return estimate;
    }
    double n = (double)before->count, m = (double)after->count;
    double left = evidence_variance(before), right = evidence_variance(after);
    double share = run_share(before) + run_share(after), runs = spread->between * share;
    double both = left + right + runs, parts = left * left / (n - 1) + right * right / (m - 1);
    /* Welch and Satterthwaite. What is known of the runs is their whole spread. */
    if (runs > 0) {
        parts += pow(spread->total * share, 2) / spread->freedom;
    }
    double freedom = both > 0 ? both * both / parts : n + m - 2;
    double half = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, freedom) * sqrt(both);

    estimate.value = evidence_center(after) - evidence_center(before);
    estimate.low = estimate.value - half;
    estimate.high = estimate.value + half;
    estimate.count = before->count < after->count ? before->count : after->count;
    return estimate;
}

struct estimate evidence_mean(const double *logs, size_t count, double confidence)
{
    struct estimate estimate = no_estimate;

    if (count < MEAN_LEAST) {
        return estimate;
    }
    double error = gsl_stats_sd(logs, 1, count) / sqrt((double)count);
    double half = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, (double)count - 1) * error;

    estimate.value = gsl_stats_mean(logs, 1, count);
    estimate.low = estimate.value - half;
    estimate.high = estimate.value + half;
    estimate.count = count;
    return estimate;
}
