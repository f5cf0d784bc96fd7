/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change points in made-up histories: none where nothing changes, more often than promised, and a
 * step of 20 % is found where it is. Heavy tails and autocorrelation are those of real runs. */
#include "analysis/edivisive.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define SETS 400
#define MOST 40

static gsl_rng *random_open(void)
{
    const char *given = getenv("TVP_SEED");
    unsigned long seed = given ? strtoul(given, NULL, 0) : 20140101u;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);

    assert_non_null(random);
    gsl_rng_set(random, seed);
    print_message("TVP_SEED=%lu\n", seed);
    return random;
}

/* Runs that differ by 2 % as a rule, and now and then by much more. */
static double noise(gsl_rng *random)
{
    return 0.02 * gsl_ran_tdist(random, 3);
}

static void no_change_is_hardly_ever_a_change(void **state)
{
    static const size_t counts[] = {8, 12, 20, 40};
    gsl_rng *random = random_open();
    double values[MOST];
    size_t points[MOST], alarms = 0, sets = 0;

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        for (size_t i = 0; i < SETS / (1 + c); i++, sets++) {
            for (size_t j = 0; j < counts[c]; j++) {
                values[j] = noise(random);
            }
            alarms += edivisive(values, counts[c], 0.05, points) > 0;
        }
    }
    print_message("%zu alarms in %zu sets\n", alarms, sets);
    /* 5 %, and what chance adds to it once in a thousand seeds. */
    assert_true((double)alarms <= 0.05 * (double)sets + 3.1 * sqrt(0.05 * 0.95 * (double)sets));
    assert_true(alarms > 0);
    gsl_rng_free(random);
}

static void a_step_is_found_where_it_is(void **state)
{
    gsl_rng *random = random_open();
    double values[MOST];
    size_t points[MOST], near = 0, sets = 200;

    (void)state;
    for (size_t i = 0; i < sets; i++) {
        size_t count = 12 + gsl_rng_uniform_int(random, 20);
        size_t step = 5 + gsl_rng_uniform_int(random, count - 9);

        for (size_t j = 0; j < count; j++) {
            values[j] = noise(random) + (j >= step ? log(1.2) : 0);
        }
        int found = edivisive(values, count, 0.05, points);
        for (int j = 0; j < found; j++) {
            if (points[j] + 1 >= step && points[j] <= step + 1) {
                near++;
                break;
            }
        }
    }
    print_message("%zu of %zu steps found\n", near, sets);
    assert_true(near * 100 >= sets * 95);
    gsl_rng_free(random);
}

static void two_steps_are_two(void **state)
{
    double values[30];
    size_t points[30];

    (void)state;
    for (size_t i = 0; i < 30; i++) {
        values[i] = 0.001 * (double)(i * 7 % 5) + (i >= 10 && i < 20 ? 1 : 0);
    }
    assert_int_equal(edivisive(values, 30, 0.05, points), 2);
    assert_int_equal(points[0], 10);
    assert_int_equal(points[1], 20);
}

static void few_or_equal_values_have_none(void **state)
{
    double values[20] = {0};
    size_t points[20];

    (void)state;
    assert_int_equal(edivisive(values, 20, 0.05, points), 0);
    assert_int_equal(edivisive(values, 0, 0.05, points), 0);
    for (size_t i = 0; i < 20; i++) {
        values[i] = i >= 4;
    }
    assert_int_equal(edivisive(values, EDIVISIVE_LEAST - 1, 0.05, points), 0);
    assert_int_equal(edivisive(values, EDIVISIVE_LEAST, 0.05, points), 1);
    assert_int_equal(points[0], 4);
}

/* The same values have the same points every time, and neither scale nor offset matters. */
static void the_result_is_always_the_same(void **state)
{
    gsl_rng *random = random_open();
    double values[MOST], scaled[MOST];
    size_t points[MOST], again[MOST];

    (void)state;
    for (size_t i = 0; i < 50; i++) {
        size_t count = 8 + gsl_rng_uniform_int(random, MOST - 8);

        for (size_t j = 0; j < count; j++) {
            values[j] = noise(random) + (j > count / 2 ? 0.05 : 0);
            scaled[j] = 1024 * values[j];
        }
        int found = edivisive(values, count, 0.05, points);
        assert_int_equal(found, edivisive(values, count, 0.05, again));
        assert_memory_equal(points, again, (size_t)found * sizeof(*points));
        assert_int_equal(found, edivisive(scaled, count, 0.05, again));
        assert_memory_equal(points, again, (size_t)found * sizeof(*points));
        for (int j = 0; j < found; j++) {
            assert_true(points[j] >= 3 && points[j] + 3 <= count);
            assert_true(j == 0 || points[j] >= points[j - 1] + 3);
        }
    }
    gsl_rng_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_change_is_hardly_ever_a_change),
        cmocka_unit_test(a_step_is_found_where_it_is),
        cmocka_unit_test(two_steps_are_two),
        cmocka_unit_test(few_or_equal_values_have_none),
        cmocka_unit_test(the_result_is_always_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
