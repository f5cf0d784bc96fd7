/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What memory of the parent costs each worker that is created, and a result each task. */
#include "analysis/advice_parts.h"

#include <math.h>
#include <string.h>

#define SAME_DECADES 0.01 /* bytes that are the same */

double advice_created(const struct advice_model *model, double tasks)
{
    return model->serial ? 0 : model->kept ? (double)model->workers : tasks;
}

/* How much a price says of a model; 0: nothing. Forks for each task and those of a pool copy the
 * same parent at different times, and a pipe costs what shared memory does not. */
static unsigned price_fit(const struct advice_price *price, const struct advice_model *model)
{
    return strcmp(price->strategy, model->strategy) == 0            ? 3
           : advice_same_strategy(price->strategy, model->strategy) ? 2
           : price->kind == model->kind                             ? 1
                                                                    : 0;
}

/* On a scale of logarithms, the nearer the more: the price of a byte hardly depends on how many
 * there are. The more bytes, the less of their price is noise, which falls on either side of it:
 * only the mean cannot be below 0. */
struct advice_price advice_price_at(const struct advice_prices *prices,
                                    const struct advice_model *model, double bytes)
{
    struct advice_price found = {.strategy = model->strategy, .kind = model->kind};
    double sum = 0, halves = 0, weights = 0;
    unsigned fit = 1;

    for (size_t i = 0; i < prices->count; i++) {
        unsigned other = price_fit(&prices->items[i], model);

        fit = other > fit ? other : fit;
    }
    for (size_t i = 0; i < prices->count; i++) {
        const struct advice_price *price = &prices->items[i];
        double away = fmax(fabs(log10(bytes / price->bytes)), SAME_DECADES);
        double weight = price->bytes / (away * away);

        if (price_fit(price, model) == fit) {
            sum += weight * price->each_ns;
            halves += weight * price->half_ns;
            weights += weight;
            found.bytes = fmax(found.bytes, price->bytes);
        }
    }
    found.each_ns = weights > 0 ? fmax(sum / weights, 0) : NAN;
    found.half_ns = halves / weights; /* as if all were off to the same side */
    return found;
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
