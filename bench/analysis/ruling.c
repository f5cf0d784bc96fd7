/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ruling.h"

#include "analysis/rank.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum standing ratio_standing(const struct estimate *ratio, double margin)
{
    double factor = 1 + margin;

    if (!estimate_has_interval(ratio)) {
        return STANDING_UNSURE;
    }
    if (ratio->low > 1 && ratio->value >= factor) {
        return STANDING_SLOWER;
    }
    if (ratio->high < 1 && ratio->value <= 1 / factor) {
        return STANDING_FASTER;
    }
    return ratio->low > 1 / factor && ratio->high < factor ? STANDING_SAME : STANDING_UNSURE;
}

static double half_width(const struct estimate *ratio)
{
    return log(ratio->high / ratio->low) / 2;
}

enum unsure ratio_unsure(const struct estimate *ratio, double margin)
{
    if (!estimate_has_interval(ratio)) {
        return UNSURE_FEW;
    }
    return half_width(ratio) <= log(1 + margin) / 2 ? UNSURE_MARGIN : UNSURE_WIDE;
}

/* From the estimate to the end of the interval that is further away. */
static double longer_arm(const struct estimate *ratio)
{
    return log(fmax(ratio->high / ratio->value, ratio->value / ratio->low));
}

/* The length of an arm that a verdict asks for. */
static double wanted_arm(const struct estimate *ratio, double margin)
{
    double distance = fabs(log(ratio->value)), limit = log(1 + margin);

    return distance >= limit ? distance : fmax(limit - distance, limit / 2);
}

uint64_t ratio_more_epochs(const struct estimate *ratio, double margin)
{
    double count = (double)ratio->count, wanted = wanted_arm(ratio, margin);

    if (!estimate_has_interval(ratio) || longer_arm(ratio) < wanted) {
        return 0;
    }
    unsigned rank = interval_rank(ratio->count, ratio->confidence);
    double sigma = longer_arm(ratio) / gsl_cdf_ugaussian_Pinv(1 - rank / (count + 1));
    double z = gsl_cdf_ugaussian_Pinv(0.5 + ratio->confidence / 2);
    double root = rank > 0 ? z / (2 * gsl_cdf_ugaussian_P(wanted / sigma) - 1)
                           : longer_arm(ratio) / wanted * sqrt(count);
    double more = fmin(root * root - count, EPOCHS_MOST);
    double step = more > 100 ? 50 : more > 20 ? 10 : more > 10 ? 5 : 1;

    return more > 1 ? (uint64_t)(ceil(more / step) * step) : 1;
}
