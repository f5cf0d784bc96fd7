/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal code compared with itself: are the figures those that the comparisons say? */
#include "analysis/noise.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void add(struct record *record, double run_ns)
{
    made_add(record, (struct made){.workload = "loop",
                                   .strategy = "fork",
                                   .workers = 2,
                                   .tasks = 8,
                                   .run_ns = run_ns,
                                   .epochs = 12,
                                   .blocks = 8});
}

static enum change verdict_of(double first_ns, double second_ns)
{
    struct record record;
    struct noise_pair pair;

    assert_int_equal(record_init(&record), 0);
    add(&record, first_ns);
    add(&record, second_ns);
    assert_int_equal(noise_pair_make(&record, &pair), 0);
    assert_string_equal(pair.strategy, "fork");
    assert_int_equal(pair.ratio.count, 12);
    /* 12 epochs of 8 samples on either side, whose waves have a sum of 0.001 in 12. */
    assert_near((double)pair.measured_ns, 8 * 12.016 * (first_ns + second_ns),
                0.01 * 8 * 12 * first_ns);
    free(pair.strategy);
    record_release(&record);
    return pair.change;
}

static void a_pair_is_judged_as_verdicts_are(void **state)
{
    (void)state;
    assert_int_equal(verdict_of(10e6, 10e6), CHANGE_SAME);
    assert_int_equal(verdict_of(10e6, 10.1e6), CHANGE_SAME);
    assert_int_equal(verdict_of(10e6, 10.5e6), CHANGE_SLOWER);
    assert_int_equal(verdict_of(10.5e6, 10e6), CHANGE_FASTER);
}

static void what_failed_is_no_comparison(void **state)
{
    struct record record;
    struct noise_pair pair;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, 10e6);
    add(&record, 10e6);
    record.series[1].consistent = false;
    assert_int_equal(noise_pair_make(&record, &pair), -EINVAL);
    record.series[1].consistent = true;
    record.series[1].samples.items[3].failed = 1;
    assert_int_equal(noise_pair_make(&record, &pair), -EINVAL);
    record.series[1].samples.items[3].failed = 0;
    record.series[1].samples.count = 0;
    assert_int_equal(noise_pair_make(&record, &pair), -EINVAL);
    record_release(&record);
}

static void put(struct noise_subject *subject, double value, double low, double high,
                enum change change)
{
    struct noise_pair pair = {.strategy = strdup("fork"),
                              .ratio = {value, low, high, 12},
                              .change = change,
                              .measured_ns = 1000};

    assert_int_equal(noise_subject_add(subject, &pair), 0);
}

static void figures_are_those_of_the_comparisons(void **state)
{
    struct noise_subject subject = {.workload = "loop"};

    (void)state;
    put(&subject, 1, 0.99, 1.01, CHANGE_SAME);
    put(&subject, 1.01, 1.005, 1.02, CHANGE_UNSURE);
    put(&subject, 0.95, 0.93, 0.97, CHANGE_FASTER);
    put(&subject, 1, NAN, NAN, CHANGE_UNSURE);
    put(&subject, NAN, NAN, NAN, CHANGE_UNSURE); /* no epoch in common: no difference either */
    struct noise_summary summary = noise_summarise(&subject);

    assert_int_equal(summary.judged, 3);
    assert_int_equal(summary.told, 1);
    assert_int_equal(summary.found, 0);
    assert_int_equal(summary.outside, 2);
    assert_int_equal(summary.measured_ns, 1000);
    /* Type 7: 0.85 of the way from the second largest to the largest of four. */
    assert_near(summary.floor, 0.15 * log(1.01) - 0.85 * log(0.95), 1e-12);
    assert_near(summary.half_width, log(1.01 / 0.99) / 2, 1e-12);
    noise_subject_release(&subject);
}

static void what_was_planted_is_the_truth(void **state)
{
    struct noise_subject subject = {.workload = "loop", .planted = 0.05};

    (void)state;
    put(&subject, 1.05, 1.04, 1.06, CHANGE_SLOWER);
    put(&subject, 1.01, 0.99, 1.03, CHANGE_UNSURE);
    put(&subject, 1.05, 1.04, 1.06, CHANGE_SLOWER);
    struct noise_summary summary = noise_summarise(&subject);

    assert_int_equal(summary.found, 2);
    assert_int_equal(summary.outside, 1);
    assert_near(summary.floor, 0.9 * log(1.05 / 1.01), 1e-12);
    noise_subject_release(&subject);
    summary = noise_summarise(&subject);
    assert_true(isnan(summary.floor));
    assert_int_equal(summary.measured_ns, 0);
}

/* R: binom.test(5, 100)$conf.int, binom.test(0, 10)$conf.int, binom.test(10, 10)$conf.int */
static void rates_have_their_exact_interval(void **state)
{
    struct estimate rate = binomial_estimate(5, 100, 0.95);

    (void)state;
    assert_near(rate.value, 0.05, 1e-12);
    assert_near(rate.low, 0.01643, 5e-6);
    assert_near(rate.high, 0.11283, 5e-6);
    rate = binomial_estimate(0, 10, 0.95);
    assert_near(rate.low, 0, 0);
    assert_near(rate.high, 0.30850, 5e-6);
    rate = binomial_estimate(10, 10, 0.95);
    assert_near(rate.low, 0.69150, 5e-6);
    assert_near(rate.high, 1, 0);
    rate = binomial_estimate(0, 0, 0.95);
    assert_true(isnan(rate.value));
    assert_near(rate.high - rate.low, 1, 0);
}

static void flags_are_counted_on_either_side(void **state)
{
    struct flag_counts counts = {0};
    struct record record;
    json_t *epochs = json_array();

    (void)state;
    assert_int_equal(record_init(&record), 0);
    for (int i = 0; i < 8; i++) {
        json_array_append_new(epochs, json_pack("{s:s, s:i, s:b}", "workload", "loop", "epoch", i,
                                                "contaminated", i == 1 || i > 4));
    }
    json_object_set_new(record.head, "epochs", epochs);
    flag_count(&record, 4, &counts);
    assert_int_equal(counts.planted, 4);
    assert_int_equal(counts.caught, 3);
    assert_int_equal(counts.others, 4);
    assert_int_equal(counts.flagged, 1);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_is_judged_as_verdicts_are),
        cmocka_unit_test(what_failed_is_no_comparison),
        cmocka_unit_test(figures_are_those_of_the_comparisons),
        cmocka_unit_test(what_was_planted_is_the_truth),
        cmocka_unit_test(rates_have_their_exact_interval),
        cmocka_unit_test(flags_are_counted_on_either_side),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
