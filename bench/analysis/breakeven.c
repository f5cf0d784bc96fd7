/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/breakeven.h"

#include "analysis/trust.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double cost_value(const double *p, double length, double *ret_slopes)
{
    double fixed = exp(p[0]), growing = exp(p[1]) * length;

    ret_slopes[0] = fixed / (fixed + growing);
    ret_slopes[1] = growing / (fixed + growing);
    return log(fixed + growing);
}

/* ln ns, ln share */
static const double starts[][CURVE_PARAMETERS_MAX] = {{7, -0.5, 0}, {11, -2, 0}};
const struct curve_model cost_model = {2, cost_value, starts, 2};

static double cost_overhead(const double *parameters)
{
    return exp(parameters[0]);
}

static double cost_share(const double *parameters)
{
    return exp(parameters[1]);
}

static double cost_breakeven(const double *parameters)
{
    double share = exp(parameters[1]);

    return share < 1 ? exp(parameters[0]) / (1 - share) : INFINITY;
}

static const struct row *row_of(const struct group *group, const char *strategy, uint64_t workers)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row_has_time(row) && row->series->workers == workers &&
            strcmp(row->series->strategy, strategy) == 0) {
            return row;
        }
    }
    return NULL;
}

/* Whether the break-even lies within what was measured. */
static void settle(struct costs *costs)
{
    costs->overhead_ns = curve_estimate(&costs->fit, &costs->data, cost_overhead);
    costs->share = curve_estimate(&costs->fit, &costs->data, cost_share);
    costs->length_at = curve_estimate(&costs->fit, &costs->data, cost_breakeven);
    costs->ideal_ns = 9 * costs->overhead_ns.value / costs->share.value;
    costs->outcome = costs->length_at.value < costs->from_ns  ? BREAKEVEN_BELOW
                     : costs->length_at.value <= costs->to_ns ? BREAKEVEN_AT
                                                              : BREAKEVEN_ABOVE;
    if (costs->outcome != BREAKEVEN_AT) {
        costs->length_at.value = NAN; /* nobody measured what is there */
    }
}

bool costs_settled(const struct costs *costs)
{
    return (costs->outcome != BREAKEVEN_BELOW || costs->length_at.high < costs->from_ns) &&
           (costs->outcome != BREAKEVEN_ABOVE || costs->length_at.low > costs->to_ns);
}

/* Counts the lengths in doubt, and how far the others reach. */
static void weigh(struct costs *costs, const enum unsure *doubts)
{
    costs->from_ns = costs->to_ns = NAN;
    for (size_t i = 0; i < costs->count; i++) {
        if (doubts[i] == UNSURE_NOT) {
            costs->from_ns = fmin(costs->from_ns, costs->length_ns[i]);
            costs->to_ns = fmax(costs->to_ns, costs->length_ns[i]);
            continue;
        }
        costs->doubt = costs->doubtful++ == 0 ? doubts[i] : costs->doubt;
    }
}

/* Of the lengths that are not in doubt. */
static int fit_trusted(struct costs *costs, const enum unsure *doubts)
{
    size_t width = costs->data.epoch_count;
    struct curve_data trusted = costs->data;
    int r;

    trusted.logs = malloc((costs->count * width + 1) * sizeof(*trusted.logs));
    if (!trusted.logs) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < costs->count * width; i++) {
        trusted.logs[i] = doubts[i / width] == UNSURE_NOT ? costs->data.logs[i] : NAN;
    }
    r = curve_fit_make(&cost_model, &trusted, CURVE_DRAWS, &costs->fit);
    free(trusted.logs);
    return r;
}

/* The data hold ln(time / serial's); ln of the length added is the cost. */
static int fit(struct costs *costs, const struct series *const *series,
               const struct series *const *serials, const enum unsure *doubts, enum metric metric)
{
    struct curve_data *data = &costs->data;
    int r = curve_data_make(series, serials, costs->length_ns, costs->count, metric, data);

    for (size_t i = 0; r == 0 && i < costs->count; i++) {
        for (size_t e = 0; e < data->epoch_count; e++) {
            data->logs[i * data->epoch_count + e] += log(costs->length_ns[i]);
        }
    }
    weigh(costs, doubts);
    if (r < 0 || costs->count - costs->doubtful < LENGTH_POINTS_LEAST ||
        costs->to_ns < LENGTH_SPAN_LEAST * costs->from_ns) {
        return r;
    }
    r = fit_trusted(costs, doubts);
    if (r == 0) {
        settle(costs);
    }
    return r == -EIO || r == -EDOM ? 0 : r;
}

/* The lengths that have such a row and share an epoch with its serial. */
static int collect(const struct lengths *lengths, enum metric metric, struct costs *costs)
{
    const struct series *series[LENGTH_POINTS_MAX], *serials[LENGTH_POINTS_MAX];
    enum unsure doubts[LENGTH_POINTS_MAX];

    for (size_t i = 0; i < lengths->count; i++) {
        const struct row *row = row_of(lengths->groups[i], costs->strategy, costs->workers);
        size_t at = costs->count;

        if (!row) {
            continue;
        }
        struct estimate ratio =
            series_ratio(row->series, lengths->serials[i]->series, metric, CONFIDENCE);
        if (!(ratio.value > 0)) {
            continue;
        }
        series[at] = row->series;
        serials[at] = lengths->serials[i]->series;
        doubts[at] = group_doubt(lengths->groups[i]);
        costs->rows[at] = row;
        costs->length_ns[at] = lengths->length_ns[i];
        costs->cost_ns[at] = (struct estimate){ratio.value * lengths->length_ns[i],
                                               ratio.low * lengths->length_ns[i],
                                               ratio.high * lengths->length_ns[i], ratio.count};
        costs->count++;
    }
    return costs->count < 2 ? -ENODATA : fit(costs, series, serials, doubts, metric);
}

int costs_make(const struct lengths *lengths, const char *strategy, uint64_t workers,
               enum metric metric, struct costs *ret_costs)
{
    struct costs *costs = calloc(1, sizeof(*costs)); /* too large for a stack */
    int r = costs ? 0 : -ENOMEM;

    if (r == 0) {
        costs->strategy = strategy;
        costs->workers = workers;
        costs->outcome = BREAKEVEN_NONE;
        r = collect(lengths, metric, costs);
    }
    if (r == 0) {
        *ret_costs = *costs;
    } else {
        costs_release(costs);
    }
    free(costs);
    return r;
}

void costs_release(struct costs *costs)
{
    if (costs) {
        curve_data_release(&costs->data);
    }
}

/* How many lengths have that strategy with so many workers. */
static size_t count_rows(const struct lengths *lengths, const char *strategy, uint64_t workers)
{
    size_t count = 0;

    for (size_t i = 0; i < lengths->count; i++) {
        count += row_of(lengths->groups[i], strategy, workers) != NULL;
    }
    return count;
}

static void key_offer(const struct lengths *lengths, const struct row *row, uint64_t cores,
                      struct costs_key *key)
{
    uint64_t workers = row->series->workers;
    size_t have = count_rows(lengths, key->strategy, key->workers);
    size_t offered = count_rows(lengths, key->strategy, workers);
    bool fits = cores == 0 || workers <= cores, fitted = cores == 0 || key->workers <= cores;

    if (fits != fitted ? fits
                       : offered > have || (offered == have && (workers > key->workers) == fits)) {
        key->workers = workers;
    }
}

size_t costs_keys(const struct lengths *lengths, uint64_t cores, struct costs_key *ret_keys,
                  size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < lengths->count; i++) {
        const struct group *group = lengths->groups[i];

        for (size_t k = 0; k < group->row_count; k++) {
            const struct row *row = &group->rows[k];
            size_t at = 0;

            if (row == lengths->serials[i] || !row_has_time(row) ||
                strategy_is_control(row->series->strategy)) {
                continue;
            }
            while (at < count && strcmp(ret_keys[at].strategy, row->series->strategy) != 0) {
                at++;
            }
            if (at < count) {
                key_offer(lengths, row, cores, &ret_keys[at]);
            } else if (count < size) {
                ret_keys[count++] = (struct costs_key){row->series->strategy, row->series->workers};
            }
        }
    }
    return count;
}
