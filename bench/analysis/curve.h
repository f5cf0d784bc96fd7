/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A curve through what was measured at several places in several epochs: nonlinear least squares
 * on the logarithms of the epochs' medians (Levenberg and Marquardt, as GSL has it), and intervals
 * by drawing whole epochs again and again (Efron 1979), because the values of one epoch share its
 * disturbances. The seed is fixed: the same data give the same interval. Pure functions. */
#ifndef TVP_CURVE_H
#define TVP_CURVE_H

#include "analysis/analysis.h"

#define CURVE_PARAMETERS_MAX 3u
#define CURVE_DRAWS 200u

/* logs[i * epoch_count + e] belongs to x[i] in epoch e; NaN: not measured there. */
struct curve_data {
    double *x, *logs;
    size_t count, epoch_count;
};
/* ln(time of series[i] / time of bases[i]) in every epoch that both have. x is copied. 0 or
 * -ENOMEM. */
int curve_data_make(const struct series *const *series, const struct series *const *bases,
                    const double *x, size_t count, enum metric metric, struct curve_data *ret_data);
void curve_data_release(struct curve_data *data);
/* The mean over all epochs at place i; NaN without any. */
double curve_data_mean(const struct curve_data *data, size_t i);

struct curve_model {
    size_t parameters;
    /* The logarithm of the curve at x, and its slope by each parameter. */
    double (*value)(const double *parameters, double x, double *ret_slopes);
    const double (*starts)[CURVE_PARAMETERS_MAX]; /* the best of the fits from each is taken */
    size_t start_count;
};

struct curve_fit {
    const struct curve_model *model;
    double parameters[CURVE_PARAMETERS_MAX];
    double residual; /* root of the mean square of ln(measured / curve), over places */
    size_t draws;    /* how many of the drawn fits ended well */
    double drawn[CURVE_DRAWS][CURVE_PARAMETERS_MAX];
};
/* draws: CURVE_DRAWS at the most; 0 where no interval is asked for. 0; -EDOM: fewer places than
 * parameters; -ENOMEM; -EIO: no fit ended well. */
int curve_fit_make(const struct curve_model *model, const struct curve_data *data, size_t draws,
                   struct curve_fit *ret_fit);
/* The curve itself (not its logarithm) at x. */
double curve_at(const struct curve_fit *fit, double x);
/* ln(measured / curve) at place i: what the curve does not explain. */
double curve_residual(const struct curve_fit *fit, const struct curve_data *data, size_t i);
/* A quantity that follows from the parameters, with its 95 % interval from the draws. It may be
 * INFINITY. Fewer than two epochs give no interval. */
struct estimate curve_estimate(const struct curve_fit *fit, const struct curve_data *data,
                               double (*quantity)(const double *parameters));

#endif
