/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of the statistics on simulated data. TVP_SEED replays a run; the seed is fixed otherwise,
 * so that a gate does not fail by chance once in a while. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "tests/unit/near.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

#define TRIALS 4000
#define EPOCHS 12u
#define BLOCKS 8u

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

/* Lognormal, as times are: the median is 1, the mean 1.65. */
static void draw(gsl_rng *rng, double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = gsl_ran_lognormal(rng, 0, 1);
    }
}

static void the_interval_covers_the_median_as_often_as_promised(void **state)
{
    static const size_t sizes[] = {6, 12, 24};
    double values[24];

    for (size_t s = 0; s < 3; s++) {
        unsigned covered = 0;

        for (unsigned i = 0; i < TRIALS; i++) {
            draw(*state, values, sizes[s]);
            struct estimate estimate = median_estimate(values, sizes[s], CONFIDENCE);
            covered += estimate.low <= 1 && estimate.high >= 1;
        }
        assert_in_range(covered, TRIALS * 94 / 100, TRIALS * 985 / 1000);
    }
}

static void order_does_not_matter(void **state)
{
    double values[23];

    for (unsigned i = 0; i < 200; i++) {
        draw(*state, values, 23);
        struct estimate before = median_estimate(values, 23, CONFIDENCE);
        gsl_ran_shuffle(*state, values, 23, sizeof(values[0]));
        struct estimate after = median_estimate(values, 23, CONFIDENCE);
        assert_memory_equal(&before, &after, sizeof(before));
    }
}

static void quantiles_rise_within_the_values(void **state)
{
    double values[40];

    for (unsigned i = 0; i < 500; i++) {
        size_t count = 1 + gsl_rng_uniform_int(*state, 40);
        double last, least = INFINITY, most = 0;

        draw(*state, values, count);
        for (size_t n = 0; n < count; n++) {
            least = fmin(least, values[n]);
            most = fmax(most, values[n]);
        }
        last = least;
        for (double p = 0; p <= 1; p += 1 / 64.) {
            double value = quantile(values, count, p);

            assert_true(value >= last && value <= most);
            last = value;
        }
        assert_near(quantile(values, count, 0), least, 0);
        assert_near(quantile(values, count, 1), most, 0);
    }
}

static void scaling_the_values_scales_the_estimate(void **state)
{
    double values[24], scaled[24];

    for (unsigned i = 0; i < 200; i++) {
        double factor = gsl_ran_lognormal(*state, 0, 3);

        draw(*state, values, 24);
        for (size_t n = 0; n < 24; n++) {
            scaled[n] = values[n] * factor;
        }
        struct estimate a = median_estimate(values, 24, CONFIDENCE);
        struct estimate b = median_estimate(scaled, 24, CONFIDENCE);
        assert_near(b.value / (a.value * factor), 1, 1e-12);
        assert_near(b.low / (a.low * factor), 1, 1e-12);
        assert_near(b.high / (a.high * factor), 1, 1e-12);
    }
}

/* Epochs whose noise `common` is shared by all series, each sample with a little of its own. */
static struct series simulate(gsl_rng *rng, const double *common, double ns)
{
    struct series series = {.strategy = "x"};

    for (unsigned i = 0; i < EPOCHS * BLOCKS; i++) {
        double own = gsl_ran_lognormal(rng, 0, 0.02);
        struct sample sample = {.epoch = i / BLOCKS,
                                .run_ns = (uint64_t)(ns * common[i / BLOCKS] * own)};

        if (sample_list_append(&series.samples, &sample) < 0) {
            abort();
        }
    }
    return series;
}

static void draw_common(gsl_rng *rng, double *common)
{
    for (unsigned i = 0; i < EPOCHS; i++) {
        common[i] = gsl_ran_lognormal(rng, 0, 0.25);
    }
}

static void a_ratio_and_its_mirror_cancel(void **state)
{
    double common[EPOCHS];

    for (unsigned i = 0; i < 100; i++) {
        draw_common(*state, common);
        struct series a = simulate(*state, common, 10e6), b = simulate(*state, common, 13e6);
        struct estimate there = series_ratio(&a, &b, METRIC_WARM, CONFIDENCE);
        struct estimate back = series_ratio(&b, &a, METRIC_WARM, CONFIDENCE);
        struct estimate self = series_ratio(&a, &a, METRIC_WARM, CONFIDENCE);

        assert_near(there.value * back.value, 1, 1e-12);
        assert_near(there.low * back.high, 1, 1e-12);
        assert_near(there.high * back.low, 1, 1e-12);
        assert_true(self.value == 1 && self.low == 1 && self.high == 1);
        free(a.samples.items);
        free(b.samples.items);
    }
}

/* Epochs differ by 25 %, which hides 10 % in the times but not in the ratios. */
static void pairing_finds_what_overlapping_times_hide(void **state)
{
    unsigned overlapped = 0, found = 0;
    double common[EPOCHS];

    for (unsigned i = 0; i < 200; i++) {
        draw_common(*state, common);
        struct series fast = simulate(*state, common, 10e6), slow = simulate(*state, common, 11e6);
        struct estimate a = series_time(&fast, METRIC_WARM, CONFIDENCE);
        struct estimate b = series_time(&slow, METRIC_WARM, CONFIDENCE);
        struct estimate ratio = series_ratio(&slow, &fast, METRIC_WARM, CONFIDENCE);

        overlapped += a.high >= b.low;
        found += ratio.low > 1 + MARGIN && ratio.low <= ratio.value && ratio.value <= ratio.high;
        assert_near(ratio.value, 1.1, 0.03);
        free(fast.samples.items);
        free(slow.samples.items);
    }
    assert_in_range(overlapped, 190, 200);
    assert_int_equal(found, 200);
}

/* Identical code must not look different: the false alarms of the whole chain. */
static void equal_series_are_rarely_told_apart(void **state)
{
    unsigned wrong = 0;
    double common[EPOCHS];

    for (unsigned i = 0; i < 1000; i++) {
        draw_common(*state, common);
        struct series a = simulate(*state, common, 10e6), b = simulate(*state, common, 10e6);
        struct estimate ratio = series_ratio(&a, &b, METRIC_WARM, CONFIDENCE);

        wrong += ratio.low > 1 || ratio.high < 1;
        free(a.samples.items);
        free(b.samples.items);
    }
    assert_in_range(wrong, 15, 60); /* 3.9 % by the binomial distribution */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_covers_the_median_as_often_as_promised),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(quantiles_rise_within_the_values),
        cmocka_unit_test(scaling_the_values_scales_the_estimate),
        cmocka_unit_test(a_ratio_and_its_mirror_cancel),
        cmocka_unit_test(pairing_finds_what_overlapping_times_hide),
        cmocka_unit_test(equal_series_are_rarely_told_apart),
    };

    return cmocka_run_group_tests(tests, rng_open, rng_close);
}
