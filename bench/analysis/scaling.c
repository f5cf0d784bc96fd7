/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/scaling.h"

#include "analysis/ruling.h"
#include "analysis/trust.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double usl_value(const double *p, double n, double *ret_slopes)
{
    double divisor = 1 + p[1] * p[1] * (n - 1) + p[2] * p[2] * n * (n - 1);

    ret_slopes[0] = 1;
    ret_slopes[1] = -2 * p[1] * (n - 1) / divisor;
    ret_slopes[2] = -2 * p[2] * n * (n - 1) / divisor;
    return p[0] + log(n) - log(divisor);
}

static double amdahl_value(const double *p, double n, double *ret_slopes)
{
    double all[CURVE_PARAMETERS_MAX];
    double value = usl_value((const double[]){p[0], p[1], 0}, n, all);

    memcpy(ret_slopes, all, 2 * sizeof(*all));
    return value;
}

/* A slope is 0 where its parameter is, so no start lies there. */
static const double starts[][CURVE_PARAMETERS_MAX] = {{0, 0.2, 0.02}, {0, 0.7, 0.2}};

const struct curve_model amdahl_model = {2, amdahl_value, starts, 2};
const struct curve_model usl_model = {3, usl_value, starts, 2};

double usl_contention(const double *parameters)
{
    return parameters[1] * parameters[1];
}

double usl_coherency(const double *parameters)
{
    return parameters[2] * parameters[2];
}

double usl_peak(const double *parameters)
{
    double contention = usl_contention(parameters), coherency = usl_coherency(parameters);

    return contention >= 1 ? 1 : coherency > 0 ? sqrt((1 - contention) / coherency) : INFINITY;
}

static bool takes_part(const struct row *row, const char *strategy)
{
    return row->series->workers > 0 && strcmp(row->series->strategy, strategy) == 0;
}

const char *scaling_next(const struct group *group, const char *previous)
{
    bool passed = !previous;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct series *first = group->rows[i].series;
        bool is_first = true, several = false;

        for (size_t k = 0; k < group->row_count; k++) {
            const struct series *other = group->rows[k].series;

            if (strcmp(other->strategy, first->strategy) == 0) {
                is_first = is_first && k >= i;
                several = several || (first->workers > 0 && other->workers > 0 &&
                                      other->workers != first->workers);
            }
        }
        if (!is_first || !several) {
            continue;
        }
        if (passed) {
            return first->strategy;
        }
        passed = strcmp(first->strategy, previous) == 0;
    }
    return NULL;
}

/* Kept in the order of workers; of two rows with the same number the first one counts. */
static void insert(struct scaling *scaling, const struct row *row)
{
    double workers = (double)row->series->workers;
    size_t at = 0;

    while (at < scaling->count && scaling->workers[at] < workers) {
        at++;
    }
    if (scaling->count == SCALING_POINTS_MAX ||
        (at < scaling->count && scaling->workers[at] <= workers)) {
        return;
    }
    size_t behind = scaling->count++ - at;
    memmove(scaling->rows + at + 1, scaling->rows + at, behind * sizeof(*scaling->rows));
    memmove(scaling->workers + at + 1, scaling->workers + at, behind * sizeof(double));
    scaling->rows[at] = row;
    scaling->workers[at] = workers;
}

/* By the rule of all rows. */
static bool told_apart(const struct row *slow, const struct row *fast, enum metric metric)
{
    const struct estimate ratio = series_ratio(slow->series, fast->series, metric, CONFIDENCE);

    return ratio_standing(&ratio, MARGIN) == STANDING_SLOWER;
}

static void judge(struct scaling *scaling, const struct series *serial, enum metric metric)
{
    size_t last = scaling->count - 1;

    for (size_t i = 0; i < scaling->count; i++) {
        scaling->speedup[i] = series_ratio(serial, scaling->rows[i]->series, metric, CONFIDENCE);
        /* A row that shares no epoch with serial has none. */
        if (isnan(scaling->speedup[scaling->best].value) ||
            scaling->speedup[i].value > scaling->speedup[scaling->best].value) {
            scaling->best = i;
        }
    }
    const struct row *best = scaling->rows[scaling->best];
    while (scaling->enough < scaling->best &&
           (isnan(scaling->speedup[scaling->enough].value) ||
            told_apart(scaling->rows[scaling->enough], best, metric))) {
        scaling->enough++;
    }
    if (scaling->doubt != UNSURE_NOT || !estimate_has_interval(&scaling->speedup[scaling->best])) {
        scaling->enough = scaling->best;
        scaling->trend = SCALING_UNKNOWN;
    } else if (scaling->enough == last) {
        scaling->trend = SCALING_RISING;
    } else {
        scaling->trend =
            told_apart(scaling->rows[last], best, metric) ? SCALING_FALLING : SCALING_FLAT;
    }
}

static int fit(struct scaling *scaling, const struct series *serial, enum metric metric)
{
    const struct series *over[SCALING_POINTS_MAX], *under[SCALING_POINTS_MAX];
    double most = scaling->workers[scaling->count - 1];

    for (size_t i = 0; i < scaling->count; i++) {
        over[i] = serial;
        under[i] = scaling->rows[i]->series;
    }
    int r = curve_data_make(over, under, scaling->workers, scaling->count, metric, &scaling->data);
    if (r < 0 || scaling->count < SCALING_FIT_LEAST || scaling->doubt != UNSURE_NOT) {
        return r;
    }
    r = curve_fit_make(&usl_model, &scaling->data, CURVE_DRAWS, &scaling->usl);
    if (r == 0) {
        /* Of which only the residual is looked at. */
        r = curve_fit_make(&amdahl_model, &scaling->data, 0, &scaling->amdahl);
    }
    if (r == 0) {
        double peak = usl_peak(scaling->usl.parameters);

        scaling->fitted = true;
        scaling->contention = curve_estimate(&scaling->usl, &scaling->data, usl_contention);
        scaling->coherency = curve_estimate(&scaling->usl, &scaling->data, usl_coherency);
        if (scaling->trend == SCALING_FALLING && peak >= scaling->workers[0] && peak < most) {
            scaling->peak = peak;
        }
    }
    return r == -EIO || r == -EDOM ? 0 : r; /* no curve then */
}

int scaling_make(const struct group *group, const char *strategy, enum metric metric, bool with_fit,
                 struct scaling *ret_scaling)
{
    const struct row *serial = group_find(group, "serial");
    struct scaling *scaling;
    int r;

    if (!serial || !row_has_time(serial)) {
        return -ENODATA;
    }
    scaling = calloc(1, sizeof(*scaling)); /* too large for a stack */
    if (!scaling) {
        return -ENOMEM;
    }
    scaling->group = group;
    scaling->doubt = group_doubt(group);
    scaling->peak = NAN;
    for (size_t i = 0; i < group->row_count; i++) {
        if (takes_part(&group->rows[i], strategy) && row_has_time(&group->rows[i])) {
            insert(scaling, &group->rows[i]);
        }
    }
    r = scaling->count < 2 ? -ENODATA : 0;
    if (r == 0) {
        judge(scaling, serial->series, metric);
        r = with_fit ? fit(scaling, serial->series, metric) : 0;
    }
    if (r < 0) {
        scaling_release(scaling);
    } else {
        *ret_scaling = *scaling;
    }
    free(scaling);
    return r;
}

void scaling_release(struct scaling *scaling)
{
    if (scaling) {
        curve_data_release(&scaling->data);
    }
}
