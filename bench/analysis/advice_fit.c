/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least squares of the curve of a model, with terms of at least 0. */
#include "analysis/advice_parts.h"

#include <errno.h>
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <string.h>

#define PRIOR_WEIGHT 0.01     /* of share = 1 / workers, beside a point's 1 */
#define ERROR_POINTS_LEAST 4u /* that is, predicted from three or more */

/* In the order of preference: a set further down must explain more. */
static const unsigned sets[] = {
    1u << TERM_WORK,
    1u << TERM_TASK,
    1u << TERM_START,
    1u << TERM_TASK | 1u << TERM_WORK,
    1u << TERM_START | 1u << TERM_WORK,
    1u << TERM_START | 1u << TERM_TASK,
    1u << TERM_START | 1u << TERM_TASK | 1u << TERM_WORK,
};

static double share_of(const struct advice_model *model)
{
    double workers = (double)model->workers, cores = (double)model->cores;

    return 1 / fmin(workers, cores);
}

/* With one set of terms. The sum of squares of relative errors; INFINITY if a term is negative. */
static int solve(const struct advice_model *model, unsigned set, size_t skip,
                 double run[TERM_COUNT], double *ret_sum)
{
    /* Rows of zeros change nothing, and GSL wants more rows than columns. */
    size_t rows = model->count + TERM_COUNT + 1, columns = (size_t)__builtin_popcount(set);
    size_t row = 0;
    gsl_matrix *x = gsl_matrix_calloc(rows, columns);
    gsl_vector *y = gsl_vector_calloc(rows);
    gsl_vector *found = gsl_vector_calloc(columns);
    gsl_matrix *covariance = gsl_matrix_calloc(columns, columns);
    gsl_multifit_linear_workspace *space = gsl_multifit_linear_alloc(rows, columns);
    int r = x && y && found && covariance && space ? 0 : -ENOMEM;

    for (size_t i = 0; r == 0 && i < model->count; i++) {
        const struct advice_point *point = &model->points[i];
        double terms[TERM_COUNT];

        if (i == skip) {
            continue;
        }
        advice_terms(model, point->length_ns, point->tasks, terms);
        for (size_t term = 0, column = 0; term < TERM_COUNT; term++) {
            if (set >> term & 1) {
                gsl_matrix_set(x, row, column++, terms[term] / point->cold_ns);
            }
        }
        gsl_vector_set(y, row++, point->warm_ns / point->cold_ns);
    }
    if (r == 0 && set >> TERM_WORK & 1) {
        gsl_matrix_set(x, row, columns - 1, PRIOR_WEIGHT / share_of(model));
    }
    if (r == 0) {
        gsl_vector_set(y, row, PRIOR_WEIGHT);
        r = gsl_multifit_linear(x, y, found, covariance, ret_sum, space) == 0 ? 0 : -EDOM;
    }
    memset(run, 0, TERM_COUNT * sizeof(*run));
    for (size_t term = 0, column = 0; r == 0 && term < TERM_COUNT; term++) {
        if (set >> term & 1) {
            run[term] = gsl_vector_get(found, column++);
            *ret_sum = run[term] < 0 ? INFINITY : *ret_sum;
        }
    }
    gsl_multifit_linear_free(space);
    gsl_matrix_free(covariance);
    gsl_vector_free(found);
    gsl_vector_free(y);
    gsl_matrix_free(x);
    return r;
}

/* skip: a point that is not looked at; count: none. */
static int fit_curve(struct advice_model *model, size_t skip)
{
    double least = INFINITY, weights = 0, edges = 0;
    int r = 0;

    for (size_t i = 0; i < model->count; i++) {
        const struct advice_point *point = &model->points[i];
        double weight = i == skip ? 0 : 1 / (point->cold_ns * point->cold_ns);

        weights += weight;
        edges += weight * (point->cold_ns - point->warm_ns);
    }
    model->edge_ns = edges / weights;
    for (size_t i = 0; r == 0 && i < sizeof(sets) / sizeof(*sets); i++) {
        double run[TERM_COUNT], sum = INFINITY;

        r = solve(model, sets[i], skip, run, &sum);
        if (r == -EDOM) {
            r = 0;
        } else if (r == 0 && (isinf(least) ? isfinite(sum) : sum < least * (1 - 1e-6) - 1e-12)) {
            least = sum;
            memcpy(model->run, run, sizeof(run));
        }
    }
    for (size_t i = 0; r == 0 && i < model->count; i++) {
        struct advice_point *point = &model->points[i];

        point->residual = log(point->cold_ns / advice_curve(model, point->length_ns, point->tasks));
    }
    return r;
}

int advice_fit(struct advice_model *model)
{
    double sum = 0;
    int r = 0;

    model->error = NAN;
    if (model->serial) {
        return 0;
    }
    for (size_t i = 0; r == 0 && model->count >= ERROR_POINTS_LEAST && i < model->count; i++) {
        const struct advice_point *point = &model->points[i];

        r = fit_curve(model, i);
        double error =
            point->residual - advice_correction(model, i, point->length_ns, point->tasks);
        sum += error * error;
        model->error = sqrt(sum / (double)(i + 1));
    }
    return r < 0 ? r : fit_curve(model, model->count);
}
