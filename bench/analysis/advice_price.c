/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What memory of the parent costs each worker that is created, and a result each task. */
#include "analysis/advice_parts.h"

#include <math.h>

#define SAME_DECADES 0.01 /* bytes that are the same */

double advice_created(const struct advice_model *model, double tasks)
{
    return model->serial ? 0 : model->kept ? (double)model->workers : tasks;
}

/* On a scale of logarithms, the nearer the more: the price of a byte hardly depends on how many
 * there are. */
double advice_price_at(const struct advice_prices *prices, enum kind kind, double bytes)
{
    double sum = 0, weights = 0;

    for (size_t i = 0; i < prices->count; i++) {
        const struct advice_price *price = &prices->items[i];
        double away = fmax(fabs(log10(bytes / price->bytes)), SAME_DECADES);

        if (price->kind == kind) {
            sum += price->each_ns / (away * away);
            weights += 1 / (away * away);
        }
    }
    return weights > 0 ? sum / weights : NAN;
}

double advice_price_most(const struct advice_prices *prices, enum kind kind)
{
    double most = 0;

    for (size_t i = 0; i < prices->count; i++) {
        if (prices->items[i].kind == kind) {
            most = fmax(most, prices->items[i].bytes);
        }
    }
    return most;
}
