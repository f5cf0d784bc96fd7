/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/drift.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdlib.h>

#define EPOCHS_LEAST 6u
#define ALPHA 0.01

double series_drift(const struct series *series, enum metric metric, bool *ret_seen)
{
    size_t size = series->samples.count + 1;
    double *medians = calloc(2 * size, sizeof(*medians)), *places = medians ? medians + size : NULL;
    uint64_t *epochs = calloc(size, sizeof(*epochs));
    size_t count = medians && epochs ? epoch_medians(series, metric, medians, epochs, size) : 0;
    double start, slope = NAN, c00, c01, c11 = NAN, squares;

    for (size_t i = 0; i < count; i++) {
        medians[i] = log(fmax(medians[i], 1));
        places[i] = (double)i;
    }
    if (count >= EPOCHS_LEAST) {
        gsl_fit_linear(places, 1, medians, 1, count, &start, &slope, &c00, &c01, &c11, &squares);
    }
    free(medians);
    free(epochs);
    *ret_seen = count >= EPOCHS_LEAST &&
                fabs(slope) > gsl_cdf_tdist_Pinv(1 - ALPHA / 2, (double)count - 2) * sqrt(c11);
    return 100 * (exp(slope * (double)(count - (count > 0))) - 1);
}
