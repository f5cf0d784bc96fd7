/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From samples to one number per epoch, and from those to times and ratios. Ratios are taken
 * within epochs: what disturbs an epoch disturbs both sides of it and cancels. */
#include "analysis/analysis.h"

#include <errno.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const metric_names[] = {"cold", "warm", "cpu", NULL};

int metric_find(const char *name, enum metric *ret_metric)
{
    for (int i = 0; metric_names[i]; i++) {
        if (strcmp(metric_names[i], name) == 0) {
            *ret_metric = (enum metric)i;
            return 0;
        }
    }
    return -EINVAL;
}

double sample_metric(const struct sample *sample, enum metric metric)
{
    switch (metric) {
    case METRIC_COLD:
        return (double)sample->open_ns + (double)sample->run_ns + (double)sample->close_ns;
    case METRIC_WARM:
        return (double)sample->run_ns;
    case METRIC_CPU:
        return (double)sample->user_ns + (double)sample->system_ns;
    }
    return NAN;
}

struct point {
    uint64_t epoch;
    double value;
};

static int point_compare(const void *left, const void *right)
{
    const struct point *a = left, *b = right;

    return (a->epoch > b->epoch) - (a->epoch < b->epoch);
}

static bool list_is_loud(const struct sample_list *list)
{
    size_t loud = 0;

    for (size_t i = 0; i < list->count; i++) {
        loud += list->items[i].loud;
    }
    return 2 * loud > list->count;
}

bool series_is_loud(const struct series *series)
{
    return list_is_loud(&series->samples);
}

size_t series_used_samples(const struct series *series)
{
    bool all = series_is_loud(series);
    size_t used = 0;

    for (size_t i = 0; i < series->samples.count; i++) {
        used += all || !series->samples.items[i].loud;
    }
    return used;
}

/* What of a sample is looked at; which: its own matter. */
static double metric_value(const struct sample *sample, int which)
{
    return sample_metric(sample, (enum metric)which);
}

static size_t value_medians(const struct sample_list *list, sample_value *value, int which,
                            double *medians, uint64_t *ret_epochs, size_t size)
{
    size_t count = list->count, epochs = 0;
    struct point *points = count ? malloc(count * sizeof(*points)) : NULL;
    double *values = count ? malloc(count * sizeof(*values)) : NULL;

    if (!points || !values) {
        goto free_points;
    }
    bool all = list_is_loud(list);
    count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct sample *sample = &list->items[i];

        if (all || !sample->loud) {
            points[count].epoch = sample->epoch;
            points[count++].value = value(sample, which);
        }
    }
    /* Files are written epoch by epoch. */
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++) {
        sorted = points[i - 1].epoch <= points[i].epoch;
    }
    if (!sorted) {
        qsort(points, count, sizeof(*points), point_compare);
    }
    for (size_t i = 0; i < count && epochs < size; epochs++) {
        size_t n = 0;
        ret_epochs[epochs] = points[i].epoch;
        for (; i < count && points[i].epoch == ret_epochs[epochs]; i++) {
            values[n++] = points[i].value;
        }
        gsl_sort(values, 1, n); /* not quantile(), which may be out of memory for one of them */
        medians[epochs] = values[(n - 1) / 2] / 2 + values[n / 2] / 2;
    }
free_points:
    free(values);
    free(points);
    return epochs;
}

size_t epoch_medians(const struct series *series, enum metric metric, double *medians,
                     uint64_t *ret_epochs, size_t size)
{
    return value_medians(&series->samples, metric_value, metric, medians, ret_epochs, size);
}

/* The epochs of one list of samples; count is 0 if there are none. */
struct epochs {
    double *medians;
    uint64_t *numbers;
    size_t count;
};

static void epochs_release(struct epochs *epochs)
{
    free(epochs->medians);
    free(epochs->numbers);
}

static struct epochs epochs_make(const struct sample_list *list, sample_value *value, int which)
{
    struct epochs made = {.medians = calloc(list->count + 1, sizeof(*made.medians)),
                          .numbers = calloc(list->count + 1, sizeof(*made.numbers))};

    if (made.medians && made.numbers) {
        made.count = value_medians(list, value, which, made.medians, made.numbers, list->count);
    }
    return made;
}

/* Leaves of a the shared epochs, with ln(a / b) for their medians; returns how many. */
static size_t epochs_log_ratios(struct epochs *a, const struct epochs *b)
{
    size_t shared = 0;

    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->numbers[i] != b->numbers[j]) {
            if (a->numbers[i] < b->numbers[j]) {
                i++;
            } else {
                j++;
            }
            continue;
        }
        if (a->medians[i] > 0 && b->medians[j] > 0) {
            a->numbers[shared] = a->numbers[i];
            a->medians[shared++] = log(a->medians[i] / b->medians[j]);
        }
        i++;
        j++;
    }
    return shared;
}

static size_t value_log_ratios(const struct sample_list *a, const struct sample_list *b,
                               sample_value *value, int which, double *ret_logs, size_t size)
{
    struct epochs upper = epochs_make(a, value, which), lower = epochs_make(b, value, which);
    size_t count = epochs_log_ratios(&upper, &lower);
    count = count < size ? count : size;
    if (count > 0) {
        memcpy(ret_logs, upper.medians, count * sizeof(*ret_logs));
    }
    epochs_release(&lower);
    epochs_release(&upper);
    return count;
}

size_t series_log_ratios(const struct series *a, const struct series *b, enum metric metric,
                         double *ret_logs, size_t size)
{
    return value_log_ratios(&a->samples, &b->samples, metric_value, metric, ret_logs, size);
}

size_t series_epoch_ratios(const struct series *a, const struct series *b, enum metric metric,
                           double *ret_ratios, uint64_t *ret_epochs, size_t size)
{
    struct epochs upper = epochs_make(&a->samples, metric_value, metric),
                  lower = epochs_make(&b->samples, metric_value, metric);
    size_t count = epochs_log_ratios(&upper, &lower);

    count = count < size ? count : size;
    for (size_t i = 0; i < count; i++) {
        ret_ratios[i] = exp(upper.medians[i]);
        ret_epochs[i] = upper.numbers[i];
    }
    epochs_release(&lower);
    epochs_release(&upper);
    return count;
}

struct estimate samples_value_ratio(const struct sample_list *a, const struct sample_list *b,
                                    sample_value *value, int which, double confidence)
{
    double *logs = malloc((a->count + 1) * sizeof(*logs));
    size_t count = logs ? value_log_ratios(a, b, value, which, logs, a->count) : 0;
    struct estimate estimate = estimate_exp(median_estimate(logs, count, confidence));

    free(logs);
    return estimate;
}

struct estimate series_ratio(const struct series *a, const struct series *b, enum metric metric,
                             double confidence)
{
    return samples_value_ratio(&a->samples, &b->samples, metric_value, metric, confidence);
}

struct estimate samples_value(const struct sample_list *list, sample_value *value, int which,
                              double confidence)
{
    struct epochs epochs = epochs_make(list, value, which);
    struct estimate estimate = median_estimate(epochs.medians, epochs.count, confidence);

    epochs_release(&epochs);
    return estimate;
}

struct estimate series_time(const struct series *series, enum metric metric, double confidence)
{
    return samples_value(&series->samples, metric_value, metric, confidence);
}
