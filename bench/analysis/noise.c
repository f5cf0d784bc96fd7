/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/noise.h"

#include "analysis/ruling.h"

#include <errno.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t list_ns(const struct sample_list *list)
{
    double sum = 0;

    for (size_t i = 0; i < list->count; i++) {
        sum += sample_metric(&list->items[i], METRIC_COLD);
    }
    return (uint64_t)sum;
}

int noise_pair_make(const struct record *record, struct noise_pair *ret_pair)
{
    struct noise_pair pair = {0};

    for (size_t i = 0; i < 2; i++) {
        const struct series *series = &record->series[i];

        if (record->series_count != 2 || series->samples.count == 0 || !series->consistent ||
            series_failed_tasks(series) > 0) {
            return -EINVAL;
        }
        pair.measured_ns += list_ns(&series->warmup) + list_ns(&series->samples);
    }
    pair.ratio = series_ratio(&record->series[1], &record->series[0], METRIC_COLD, CONFIDENCE);
    pair.change = standing_change(ratio_standing(&pair.ratio, MARGIN));
    pair.loud = series_is_loud(&record->series[0]);
    pair.strategy = strdup(record->series[0].strategy);
    if (!pair.strategy) {
        return -ENOMEM;
    }
    *ret_pair = pair;
    return 0;
}

int noise_subject_add(struct noise_subject *subject, struct noise_pair *pair)
{
    struct noise_pair *pairs = reallocarray(subject->pairs, subject->count + 1, sizeof(*pairs));

    if (!pairs) {
        free(pair->strategy);
        return -ENOMEM;
    }
    subject->pairs = pairs;
    pairs[subject->count++] = *pair;
    return 0;
}

void noise_subject_release(struct noise_subject *subject)
{
    if (!subject) {
        return;
    }
    for (size_t i = 0; i < subject->count; i++) {
        free(subject->pairs[i].strategy);
    }
    free(subject->pairs);
    subject->pairs = NULL;
    subject->count = 0;
}

struct noise_summary noise_summarise(const struct noise_subject *subject)
{
    struct noise_summary summary = {.floor = NAN, .half_width = NAN};
    double *sizes = calloc(3 * subject->count + 1, sizeof(*sizes));
    size_t sized = 0; /* pairs that share an epoch; the others have no ratio */
    double truth = 1 + subject->planted;

    if (!sizes) {
        return summary;
    }
    double *widths = sizes + subject->count, *times = widths + subject->count;
    for (size_t i = 0; i < subject->count; i++) {
        const struct noise_pair *pair = &subject->pairs[i];

        if (!isnan(pair->ratio.value)) {
            sizes[sized++] = fabs(log(pair->ratio.value / truth));
        }
        times[i] = (double)pair->measured_ns;
        if (estimate_has_interval(&pair->ratio)) {
            widths[summary.judged++] = log(pair->ratio.high / pair->ratio.low) / 2;
            summary.outside += pair->ratio.low > truth || pair->ratio.high < truth;
        }
        summary.told += pair->change == CHANGE_SLOWER || pair->change == CHANGE_FASTER;
        summary.found += pair->change == CHANGE_SLOWER;
    }
    summary.floor = quantile(sizes, sized, 0.95);
    summary.half_width = quantile(widths, summary.judged, 0.5);
    summary.measured_ns = subject->count > 0 ? (uint64_t)quantile(times, subject->count, 0.5) : 0;
    free(sizes);
    return summary;
}

struct estimate binomial_estimate(size_t hits, size_t count, double confidence)
{
    double tail = (1 - confidence) / 2, k = (double)hits, n = (double)count;

    return (struct estimate){
        .value = count > 0 ? k / n : NAN,
        .low = hits > 0 ? gsl_cdf_beta_Pinv(tail, k, n - k + 1) : 0,
        .high = hits < count ? gsl_cdf_beta_Pinv(1 - tail, k + 1, n - k) : 1,
        .count = count,
    };
}

void flag_count(const struct record *record, uint64_t from, struct flag_counts *counts)
{
    const json_t *entry;
    size_t i;

    json_array_foreach(json_object_get(record->head, "epochs"), i, entry)
    {
        bool loud = json_is_true(json_object_get(entry, "contaminated"));

        if ((uint64_t)json_integer_value(json_object_get(entry, "epoch")) >= from) {
            counts->planted++;
            counts->caught += loud;
        } else {
            counts->others++;
            counts->flagged += loud;
        }
    }
}
