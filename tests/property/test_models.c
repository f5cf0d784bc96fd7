/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of the models: they find what made the data, and predict what they have not seen. */
#include "analysis/breakeven.h"
#include "analysis/scaling.h"
#include "tests/unit/made_lengths.h"
#include "tests/unit/near.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

#define EPOCHS 12u
#define POINTS 8u

static const double workers[POINTS] = {1, 2, 3, 4, 6, 8, 12, 16};

static int rng_open(void **state)
{
    const char *text = getenv("TVP_SEED");
    unsigned long seed = text ? strtoul(text, NULL, 10) : 20250115;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    if (!rng) {
        return -1;
    }
    print_message("TVP_SEED=%lu replays this\n", seed);
    gsl_rng_set(rng, seed);
    *state = rng;
    return 0;
}

static int rng_close(void **state)
{
    gsl_rng_free(*state);
    return 0;
}

/* noise: relative; of an epoch as a whole and of each value. */
static struct curve_data simulate(gsl_rng *rng, const struct curve_model *model,
                                  const double *parameters, const double *x, size_t count,
                                  double noise)
{
    struct curve_data data = {calloc(count, sizeof(double)), calloc(count * EPOCHS, sizeof(double)),
                              count, EPOCHS};
    double slopes[CURVE_PARAMETERS_MAX];

    if (!data.x || !data.logs) {
        abort();
    }
    for (size_t e = 0; e < EPOCHS; e++) {
        double common = gsl_ran_gaussian(rng, noise);

        for (size_t i = 0; i < count; i++) {
            data.x[i] = x[i];
            data.logs[i * EPOCHS + e] =
                model->value(parameters, x[i], slopes) + common + gsl_ran_gaussian(rng, noise);
        }
    }
    return data;
}

static void exact_data_give_the_parameters_back(void **state)
{
    for (unsigned n = 0; n < 50; n++) {
        const double truth[] = {gsl_ran_gaussian(*state, 0.1), gsl_ran_flat(*state, 0.05, 0.8),
                                gsl_ran_flat(*state, 0.01, 0.3)};
        struct curve_data data = simulate(*state, &usl_model, truth, workers, POINTS, 0);
        static struct curve_fit fit;

        assert_int_equal(curve_fit_make(&usl_model, &data, CURVE_DRAWS, &fit), 0);
        assert_near(usl_contention(fit.parameters), truth[1] * truth[1], 1e-5);
        assert_near(usl_coherency(fit.parameters), truth[2] * truth[2], 1e-5);
        assert_near(fit.parameters[0], truth[0], 1e-5);
        assert_near(fit.residual, 0, 1e-6);
        curve_data_release(&data);
    }
}

static void amdahl_finds_its_serial_share(void **state)
{
    for (unsigned n = 0; n < 50; n++) {
        const double truth[] = {0, gsl_ran_flat(*state, 0.05, 0.9), 0};
        struct curve_data data = simulate(*state, &amdahl_model, truth, workers, POINTS, 0);
        static struct curve_fit fit;

        assert_int_equal(curve_fit_make(&amdahl_model, &data, 0, &fit), 0);
        assert_near(usl_contention(fit.parameters), truth[1] * truth[1], 1e-6);
        curve_data_release(&data);
    }
}

/* Bootstrap of 12 epochs is known to be a little narrow: 85 to 99 % instead of 95. */
static void intervals_hold_the_truth(void **state)
{
    static struct curve_fit fit;
    const double truth[] = {0, 0.3, 0.08};
    unsigned held = 0, trials = 200;

    for (unsigned n = 0; n < trials; n++) {
        struct curve_data data = simulate(*state, &usl_model, truth, workers, POINTS, 0.03);

        assert_int_equal(curve_fit_make(&usl_model, &data, CURVE_DRAWS, &fit), 0);
        struct estimate contention = curve_estimate(&fit, &data, usl_contention);
        held += contention.low <= 0.09 && 0.09 <= contention.high;
        assert_true(contention.low < contention.high);
        curve_data_release(&data);
    }
    assert_in_range(held, trials * 85 / 100, trials * 99 / 100);
}

static void half_of_the_workers_predict_the_other_half(void **state)
{
    static const double half[] = {1, 3, 6, 12, 16}, others[] = {2, 4, 8};
    static struct curve_fit fit;

    for (unsigned n = 0; n < 50; n++) {
        const double truth[] = {0, gsl_ran_flat(*state, 0.1, 0.5), gsl_ran_flat(*state, 0.02, 0.2)};
        struct curve_data data = simulate(*state, &usl_model, truth, half, 5, 0.01);

        assert_int_equal(curve_fit_make(&usl_model, &data, CURVE_DRAWS, &fit), 0);
        for (unsigned i = 0; i < 3; i++) {
            double slopes[3], expected = exp(usl_model.value(truth, others[i], slopes));

            assert_near(curve_at(&fit, others[i]) / expected, 1, 0.05);
        }
        curve_data_release(&data);
    }
}

static void the_same_data_give_the_same_interval(void **state)
{
    static struct curve_fit first, second;
    const double truth[] = {0, 0.3, 0.08};
    struct curve_data data = simulate(*state, &usl_model, truth, workers, POINTS, 0.05);

    assert_int_equal(curve_fit_make(&usl_model, &data, CURVE_DRAWS, &first), 0);
    assert_int_equal(curve_fit_make(&usl_model, &data, CURVE_DRAWS, &second), 0);
    assert_memory_equal(first.drawn, second.drawn, sizeof(first.drawn));
    curve_data_release(&data);
}

static void a_peak_is_where_the_law_has_it(void **state)
{
    double slopes[3];

    for (unsigned n = 0; n < 100; n++) {
        const double p[] = {0, gsl_ran_flat(*state, 0, 0.9), gsl_ran_flat(*state, 0.01, 0.3)};
        double peak = usl_peak(p), at = usl_model.value(p, peak, slopes);

        assert_true(at >= usl_model.value(p, peak * 1.05, slopes));
        assert_true(at >= usl_model.value(p, peak * 0.95, slopes));
    }
    assert_true(isinf(usl_peak((const double[]){0, 0.2, 0})));
}

static void a_known_break_even_is_found(void **state)
{
    static struct costs costs;
    struct costs_key keys[4];

    for (unsigned n = 0; n < 20; n++) {
        double a = exp(gsl_ran_flat(*state, log(2e3), log(2e6))), b = 0.5, truth = a / (1 - b);
        struct record record;
        struct groups groups;
        struct lengths lengths;

        assert_int_equal(record_init(&record), 0);
        made_lengths(&record, a, b, 0.002);
        assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
        assert_int_equal(lengths_make(&groups, "loop", &lengths), 0);
        assert_int_equal(costs_keys(&lengths, 2, keys, 4), 1);
        assert_string_equal(keys[0].strategy, "pthread");
        assert_int_equal(
            costs_make(&lengths, keys[0].strategy, keys[0].workers, METRIC_WARM, &costs), 0);
        assert_int_equal(costs.outcome, BREAKEVEN_AT);
        assert_near(costs.length_at.value / truth, 1, 0.02);
        assert_true(costs.length_at.low <= truth && truth <= costs.length_at.high);
        assert_near(costs.overhead_ns.value / a, 1, 0.02);
        assert_near(costs.share.value / b, 1, 0.02);
        costs_release(&costs);
        groups_release(&groups);
        record_release(&record);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_data_give_the_parameters_back),
        cmocka_unit_test(amdahl_finds_its_serial_share),
        cmocka_unit_test(intervals_hold_the_truth),
        cmocka_unit_test(half_of_the_workers_predict_the_other_half),
        cmocka_unit_test(the_same_data_give_the_same_interval),
        cmocka_unit_test(a_peak_is_where_the_law_has_it),
        cmocka_unit_test(a_known_break_even_is_found),
    };

    return cmocka_run_group_tests(tests, rng_open, rng_close);
}
