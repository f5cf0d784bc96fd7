/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve.h"

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEED 1979u
#define STEPS_MAX 100u
#define TOLERANCE 1e-8

/* What one fit sees: at each place the mean of the epochs drawn, weighted by how many there are.
 * Least squares over all single values have their minimum at the same parameters. */
struct target {
    const struct curve_model *model;
    const double *x;
    double *means, *weights;
    size_t count;
};

static int target_make(const struct curve_model *model, const struct curve_data *data,
                       struct target *ret_target)
{
    double *values = calloc(2 * data->count + 1, sizeof(*values));

    if (!values) {
        return -ENOMEM;
    }
    *ret_target = (struct target){model, data->x, values, values + data->count, data->count};
    return 0;
}

/* times[e]: how often epoch e was drawn; NULL: each once. */
static void target_fill(struct target *target, const struct curve_data *data, const unsigned *times)
{
    for (size_t i = 0; i < data->count; i++) {
        double sum = 0, weight = 0;

        for (size_t e = 0; e < data->epoch_count; e++) {
            double value = data->logs[i * data->epoch_count + e];
            unsigned often = times ? times[e] : 1;

            if (!isnan(value)) {
                sum += often * value;
                weight += often;
            }
        }
        target->means[i] = weight > 0 ? sum / weight : 0;
        target->weights[i] = weight;
    }
}

static int residuals(const gsl_vector *parameters, void *opaque, gsl_vector *ret_values)
{
    const struct target *target = opaque;
    double slopes[CURVE_PARAMETERS_MAX];

    for (size_t i = 0; i < target->count; i++) {
        double value = target->model->value(parameters->data, target->x[i], slopes);

        if (!isfinite(value)) {
            return GSL_EDOM;
        }
        gsl_vector_set(ret_values, i, value - target->means[i]);
    }
    return GSL_SUCCESS;
}

static int jacobian(const gsl_vector *parameters, void *opaque, gsl_matrix *ret_slopes)
{
    const struct target *target = opaque;
    double slopes[CURVE_PARAMETERS_MAX];

    for (size_t i = 0; i < target->count; i++) {
        target->model->value(parameters->data, target->x[i], slopes);
        for (size_t k = 0; k < target->model->parameters; k++) {
            gsl_matrix_set(ret_slopes, i, k, slopes[k]);
        }
    }
    return GSL_SUCCESS;
}

/* From one start. The sum of squares, or NaN if the fit did not end well. */
static double solve(gsl_multifit_nlinear_workspace *space, struct target *target,
                    const double *start, double *ret_parameters)
{
    gsl_multifit_nlinear_fdf system = {.f = residuals,
                                       .df = jacobian,
                                       .n = target->count,
                                       .p = target->model->parameters,
                                       .params = target};
    gsl_vector_const_view from = gsl_vector_const_view_array(start, system.p);
    gsl_vector_const_view weights = gsl_vector_const_view_array(target->weights, system.n);
    double squares;
    int info, r = gsl_multifit_nlinear_winit(&from.vector, &weights.vector, &system, space);

    if (r == GSL_SUCCESS) {
        r = gsl_multifit_nlinear_driver(STEPS_MAX, TOLERANCE, TOLERANCE, TOLERANCE, NULL, NULL,
                                        &info, space);
    }
    /* No progress any more and out of steps both leave the best that was found. */
    if (r != GSL_SUCCESS && r != GSL_ENOPROG && r != GSL_EMAXITER) {
        return NAN;
    }
    const gsl_vector *values = gsl_multifit_nlinear_residual(space);
    squares = 0;
    for (size_t i = 0; i < system.n; i++) {
        squares += gsl_vector_get(values, i) * gsl_vector_get(values, i);
    }
    const gsl_vector *found = gsl_multifit_nlinear_position(space);
    for (size_t k = 0; k < system.p; k++) {
        ret_parameters[k] = gsl_vector_get(found, k);
    }
    return squares;
}

static double solve_best(gsl_multifit_nlinear_workspace *space, struct target *target,
                         double *ret_parameters)
{
    const struct curve_model *model = target->model;
    double best = NAN, parameters[CURVE_PARAMETERS_MAX];

    for (size_t i = 0; i < model->start_count; i++) {
        double squares = solve(space, target, model->starts[i], parameters);

        if (!isnan(squares) && !(squares >= best)) {
            best = squares;
            memcpy(ret_parameters, parameters, sizeof(parameters));
        }
    }
    return best;
}

static int draw_fits(gsl_multifit_nlinear_workspace *space, struct target *target,
                     const struct curve_data *data, size_t draws, struct curve_fit *fit)
{
    unsigned *times = calloc(data->epoch_count, sizeof(*times));
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int r = times && rng ? 0 : -ENOMEM;

    if (r == 0) {
        gsl_rng_set(rng, SEED);
    }
    for (size_t i = 0; r == 0 && i < draws; i++) {
        memset(times, 0, data->epoch_count * sizeof(*times));
        for (size_t e = 0; e < data->epoch_count; e++) {
            times[gsl_rng_uniform_int(rng, data->epoch_count)]++;
        }
        target_fill(target, data, times);
        if (!isnan(solve_best(space, target, fit->drawn[fit->draws]))) {
            fit->draws++;
        }
    }
    gsl_rng_free(rng);
    free(times);
    return r;
}

static int fit_all(struct target *target, const struct curve_data *data, size_t draws,
                   struct curve_fit *fit)
{
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *space = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &settings, data->count, target->model->parameters);
    double sum = 0;
    size_t places = 0;
    int r = 0;

    if (!space) {
        return -ENOMEM;
    }
    target_fill(target, data, NULL);
    if (isnan(solve_best(space, target, fit->parameters))) {
        r = -EIO;
        goto free_space;
    }
    for (size_t i = 0; i < data->count; i++) {
        double residual = curve_residual(fit, data, i);

        sum += isnan(residual) ? 0 : residual * residual;
        places += !isnan(residual);
    }
    fit->residual = sqrt(sum / (double)places);
    if (draws > 0 && data->epoch_count > 1) {
        r = draw_fits(space, target, data, draws, fit);
    }
free_space:
    gsl_multifit_nlinear_free(space);
    return r;
}

int curve_fit_make(const struct curve_model *model, const struct curve_data *data, size_t draws,
                   struct curve_fit *ret_fit)
{
    struct curve_fit *fit = calloc(1, sizeof(*fit)); /* too large for a stack */
    struct target target = {0};
    int r = fit ? 0 : -ENOMEM;

    if (r == 0 && data->count < model->parameters) {
        r = -EDOM;
    }
    if (r == 0) {
        r = target_make(model, data, &target);
    }
    if (r == 0) {
        /* GSL would end the program where a fit fails. */
        gsl_error_handler_t *handler = gsl_set_error_handler_off();

        fit->model = model;
        r = fit_all(&target, data, draws, fit);
        gsl_set_error_handler(handler);
    }
    if (r == 0) {
        *ret_fit = *fit;
    }
    free(target.means);
    free(fit);
    return r;
}
