/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statistics against values worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"
#include <errno.h>

#include <math.h>

#define MS 1e6

static void quantiles_are_those_of_r(void **state)
{
    static const double values[] = {9, 4, 2, 12, 5, 4, 11, 7};
    static const double table[][2] = {{0, 2},     {.1, 3.4},  {.25, 4}, {.5, 6},
                                      {.75, 9.5}, {.9, 11.3}, {1, 12}};

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        assert_near(quantile(values, 8, table[i][0]), table[i][1], 1e-12);
    }
    assert_near(values[0], 9, 0); /* the input is left alone */
    assert_true(isnan(quantile(values, 0, .5)));
}

static void an_interval_has_the_ranks_of_the_sign_test(void **state)
{
    /* count, k: x_(k) .. x_(count + 1 - k); 0: none */
    static const unsigned table[][2] = {{1, 0},  {5, 0},  {6, 1},  {8, 1},   {9, 2},
                                        {10, 2}, {12, 3}, {24, 7}, {60, 22}, {100, 40}};
    double values[100];

    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        values[i] = i + 1;
    }
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        unsigned count = table[i][0], k = table[i][1];
        struct estimate estimate = median_estimate(values, count, .95);

        assert_near(estimate.value, (count + 1) / 2.0, 1e-12);
        assert_int_equal(estimate.count, count);
        assert_int_equal(estimate_has_interval(&estimate), k > 0);
        if (k > 0) {
            assert_near(estimate.low, k, 0);
            assert_near(estimate.high, count + 1 - k, 0);
        }
    }
}

static void every_epoch_counts_once_with_its_median(void **state)
{
    static const uint64_t rows[][2] = {{7, 30}, {2, 5}, {7, 10}, {2, 7}, {7, 20}, {2, 100}};
    struct series series = {.strategy = "serial"};
    double medians[6];
    uint64_t epochs[6];

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct sample sample = {.epoch = rows[i][0], .run_ns = rows[i][1], .open_ns = 1000};
        assert_int_equal(sample_list_append(&series.samples, &sample), 0);
    }
    assert_int_equal(epoch_medians(&series, METRIC_WARM, medians, epochs, 6), 2);
    assert_int_equal(epochs[0], 2);
    assert_int_equal(epochs[1], 7);
    assert_near(medians[0], 7, 0);
    assert_near(medians[1], 20, 0);
    assert_int_equal(epoch_medians(&series, METRIC_COLD, medians, epochs, 1), 1);
    assert_near(medians[0], 1007, 0);
    free(series.samples.items);
}

static void a_ratio_rests_on_shared_epochs_only(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    made_add(&record,
             (struct made){
                 .workload = "w", .strategy = "a", .run_ns = 30 * MS, .epochs = 9, .blocks = 2});
    made_add(&record,
             (struct made){
                 .workload = "w", .strategy = "b", .run_ns = 10 * MS, .epochs = 7, .blocks = 2});
    struct series *a = &record.series[0], *b = &record.series[1];
    struct estimate ratio = series_ratio(a, b, METRIC_WARM, .95);
    assert_int_equal(ratio.count, 7);
    assert_near(ratio.value, 3, 1e-6);
    assert_true(estimate_has_interval(&ratio));
    for (size_t i = 0; i < b->samples.count; i++) {
        b->samples.items[i].epoch += 100;
    }
    ratio = series_ratio(a, b, METRIC_WARM, .95);
    assert_int_equal(ratio.count, 0);
    assert_true(isnan(ratio.value));
    for (size_t i = 0; i < b->samples.count; i++) {
        b->samples.items[i].epoch -= 100;
        b->samples.items[i].user_ns = 0; /* shorter than a tick: no ratio, rather than infinity */
    }
    ratio = series_ratio(a, b, METRIC_CPU, .95);
    assert_int_equal(ratio.count, 0);
    record_release(&record);
}

static void metrics_have_names(void **state)
{
    enum metric metric = METRIC_COLD;

    (void)state;
    assert_int_equal(metric_find("cpu", &metric), 0);
    assert_int_equal(metric, METRIC_CPU);
    assert_int_equal(metric_find("warmer", &metric), -EINVAL);
    assert_int_equal(metric, METRIC_CPU);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metrics_have_names),
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(an_interval_has_the_ranks_of_the_sign_test),
        cmocka_unit_test(every_epoch_counts_once_with_its_median),
        cmocka_unit_test(a_ratio_rests_on_shared_epochs_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
