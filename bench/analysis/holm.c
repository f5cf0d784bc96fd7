/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/holm.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

bool holm_confidences(const double *p, size_t count, double confidence, double *ret_confidences)
{
    size_t *ranks = malloc((count + 1) * sizeof(*ranks));
    double alpha = 1 - confidence, level = 0;
    bool rejecting = true;

    if (!ranks) {
        return false;
    }
    gsl_sort_index(ranks, p, 1, count);
    for (size_t i = 0; i < count; i++) {
        if (rejecting) {
            level = alpha / (double)(count - i);
            rejecting = p[ranks[i]] <= level;
        }
        ret_confidences[ranks[i]] = 1 - level;
    }
    free(ranks);
    return true;
}

double sign_test_p(size_t inside, size_t count)
{
    double p = count > 0 ? 2 * gsl_cdf_binomial_P((unsigned)inside, 0.5, (unsigned)count) : 1;

    return p < 1 ? p : 1;
}

double sign_test_logs_p(const double *logs, size_t count)
{
    size_t above = 0, below = 0;

    for (size_t i = 0; i < count; i++) {
        above += logs[i] > 0;
        below += logs[i] < 0;
    }
    return sign_test_p(count - (above > below ? above : below), count);
}

size_t holm_fewest(size_t count, double confidence)
{
    size_t fewest = 1;

    /* p: of as many epochs that all lie on one side. */
    for (double p = 1; count > 0 && p > (1 - confidence) / (double)count; p /= 2) {
        fewest++;
    }
    return fewest;
}
