/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What curves are drawn through, and what is read from them. */
#include "analysis/curve.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The medians of one series, by epoch. */
struct medians {
    double *values;
    uint64_t *epochs;
    size_t count;
};

static int medians_make(const struct series *series, enum metric metric, struct medians *ret)
{
    size_t size = series->samples.count + 1;
    struct medians medians = {calloc(size, sizeof(double)), calloc(size, sizeof(uint64_t)), 0};

    if (!medians.values || !medians.epochs) {
        free(medians.values);
        free(medians.epochs);
        return -ENOMEM;
    }
    medians.count = epoch_medians(series, metric, medians.values, medians.epochs, size);
    *ret = medians;
    return 0;
}

static void medians_release(struct medians *medians)
{
    free(medians->values);
    free(medians->epochs);
}

static double medians_of(const struct medians *medians, uint64_t epoch)
{
    for (size_t i = 0; i < medians->count; i++) {
        if (medians->epochs[i] == epoch) {
            return medians->values[i];
        }
    }
    return NAN;
}

/* The place of an epoch in the list of those met. Their numbers count from 0, but not in a
 * stranger's file. */
static size_t epoch_place(uint64_t *epochs, size_t *count, uint64_t epoch)
{
    size_t i = 0;

    while (i < *count && epochs[i] != epoch) {
        i++;
    }
    if (i == *count) {
        epochs[(*count)++] = epoch;
    }
    return i;
}

struct table {
    uint64_t *epochs;
    size_t width; /* epochs that there can be at the most */
};

static int data_fill(const struct series *series, const struct series *base, enum metric metric,
                     const struct table *table, struct curve_data *data, double *logs)
{
    struct medians own = {0}, of_base = {0};
    int r = medians_make(series, metric, &own);

    if (r == 0) {
        r = medians_make(base, metric, &of_base);
    }
    for (size_t i = 0; r == 0 && i < own.count; i++) {
        double other = medians_of(&of_base, own.epochs[i]);

        if (own.values[i] > 0 && other > 0) {
            logs[epoch_place(table->epochs, &data->epoch_count, own.epochs[i])] =
                log(own.values[i] / other);
        }
    }
    medians_release(&own);
    medians_release(&of_base);
    return r;
}

int curve_data_make(const struct series *const *series, const struct series *const *bases,
                    const double *x, size_t count, enum metric metric, struct curve_data *ret_data)
{
    struct curve_data data = {.count = count};
    struct table table = {0};
    int r = 0;

    for (size_t i = 0; r == 0 && i < count; i++) {
        struct medians medians;

        r = medians_make(series[i], metric, &medians);
        if (r == 0) {
            table.width += medians.count;
            medians_release(&medians);
        }
    }
    table.epochs = calloc(table.width + 1, sizeof(*table.epochs));
    data.x = calloc(count + 1, sizeof(*data.x));
    double *wide = calloc(count * table.width + 1, sizeof(*wide));
    if (!table.epochs || !data.x || !wide) {
        r = -ENOMEM;
    }
    for (size_t i = 0; r == 0 && i < count; i++) {
        data.x[i] = x[i];
        for (size_t e = 0; e < table.width; e++) {
            wide[i * table.width + e] = NAN;
        }
        r = data_fill(series[i], bases[i], metric, &table, &data, wide + i * table.width);
    }
    for (size_t i = 0; r == 0 && i < count; i++) {
        memmove(wide + i * data.epoch_count, wide + i * table.width,
                data.epoch_count * sizeof(*wide));
    }
    free(table.epochs);
    data.logs = wide;
    if (r < 0) {
        curve_data_release(&data);
        return r;
    }
    *ret_data = data;
    return 0;
}

void curve_data_release(struct curve_data *data)
{
    if (data) {
        free(data->x);
        free(data->logs);
        *data = (struct curve_data){0};
    }
}

double curve_data_mean(const struct curve_data *data, size_t i)
{
    double sum = 0;
    size_t count = 0;

    for (size_t e = 0; e < data->epoch_count; e++) {
        double value = data->logs[i * data->epoch_count + e];

        sum += isnan(value) ? 0 : value;
        count += !isnan(value);
    }
    return count > 0 ? sum / (double)count : NAN;
}

double curve_at(const struct curve_fit *fit, double x)
{
    double slopes[CURVE_PARAMETERS_MAX];

    return exp(fit->model->value(fit->parameters, x, slopes));
}

double curve_residual(const struct curve_fit *fit, const struct curve_data *data, size_t i)
{
    double slopes[CURVE_PARAMETERS_MAX];

    return curve_data_mean(data, i) - fit->model->value(fit->parameters, data->x[i], slopes);
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

struct estimate curve_estimate(const struct curve_fit *fit, const struct curve_data *data,
                               double (*quantity)(const double *parameters))
{
    double values[CURVE_DRAWS];
    struct estimate estimate = {quantity(fit->parameters), NAN, NAN, data->epoch_count};

    if (fit->draws < CURVE_DRAWS / 2) {
        return estimate;
    }
    for (size_t i = 0; i < fit->draws; i++) {
        values[i] = quantity(fit->drawn[i]);
    }
    /* Whole values, not between them: half way to INFINITY is no number. */
    qsort(values, fit->draws, sizeof(*values), compare);
    estimate.low = fmin(estimate.value, values[fit->draws / 40]);
    estimate.high = fmax(estimate.value, values[fit->draws - 1 - fit->draws / 40]);
    return estimate;
}
