/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two modes are found where they are, and hardly ever where there is one. Values are logarithms of
 * times; MODES_RATIO plays no part, for they are spread as wide as can be. Fixed seed; TVP_SEED=
 * tries another. */
#include "noise.h"

#include "analysis/modes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define SETS 4000u
#define MOST 60u

static double draw(gsl_rng *random, unsigned kind, double last)
{
    switch (kind) {
    case 0:
        return gsl_ran_gaussian(random, 2);
    case 1:
        return 10 * gsl_rng_uniform(random);
    case 2:
        return exp(gsl_ran_gaussian(random, 1)); /* lognormal even as a logarithm */
    case 3:
        return gsl_ran_exponential(random, 3);
    case 4:
        return gsl_ran_tdist(random, 3);
    case 5:
        return fmax(-50, fmin(50, gsl_ran_cauchy(random, 1)));
    case 6:
        return gsl_ran_laplace(random, 2);
    case 7:
        return noise_ar(random, last, 2, .9);
    case 8:
        return noise_ar(random, last, 2, .7);
    default:
        return gsl_ran_exponential(random, 2) * gsl_ran_exponential(random, 2);
    }
}

static bool one_mode_is_two(gsl_rng *random, unsigned kind, unsigned count)
{
    double values[MOST], last = gsl_ran_gaussian(random, 2);

    for (unsigned i = 0; i < count; i++) {
        last = draw(random, kind, last);
        values[i] = exp(last);
    }
    return values_modes(values, count).low_count > 0;
}

static void one_mode_is_hardly_ever_two(void **state)
{
    static const unsigned counts[] = {12, 13, 16, 17, 24, 36, 48, 60};
    gsl_rng *random = noise_random();

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        for (unsigned kind = 0; kind < 10; kind++) {
            unsigned wrong = 0;

            for (unsigned i = 0; i < SETS; i++) {
                wrong += one_mode_is_two(random, kind, counts[c]);
            }
            if (wrong > SETS / 100) {
                fail_msg("kind %u of %u values: %u of %u", kind, counts[c], wrong, SETS);
            }
        }
    }
    gsl_rng_free(random);
}

static void two_modes_are_found_and_told(void **state)
{
    static const unsigned counts[] = {12, 24, 60};
    gsl_rng *random = noise_random();

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        unsigned found = 0, right = 0;

        for (unsigned i = 0; i < SETS; i++) {
            double values[MOST];
            unsigned slow = 0;

            for (unsigned n = 0; n < counts[c]; n++) {
                bool other = gsl_rng_uniform(random) < .5;

                slow += other;
                values[n] = 7e6 * (other ? 4 : 1) * exp(gsl_ran_gaussian(random, .08));
            }
            struct modes modes = values_modes(values, counts[c]);
            found += modes.low_count > 0;
            right += modes.high_count == slow && fabs(modes.low / 7e6 - 1) < .15 &&
                     fabs(modes.high / 28e6 - 1) < .15;
        }
        print_message("%u values: found %u of %u, %u rightly\n", counts[c], found, SETS, right);
        assert_in_range(found, SETS * 95 / 100, SETS);
        assert_in_range(right, SETS * 94 / 100, SETS);
    }
    gsl_rng_free(random);
}

static void what_cannot_be_told_is_not(void **state)
{
    double values[12], near[12];

    (void)state;
    for (unsigned i = 0; i < 12; i++) {
        values[i] = i % 2 ? 1 : 4;
        near[i] = i % 2 ? 1 : 1.4;
    }
    assert_int_equal(values_modes(values, 12).low_count, 6);
    assert_int_equal(values_modes(values, 11).low_count, 0);
    assert_int_equal(values_modes(near, 12).low_count, 0);
    assert_int_equal(values_modes(NULL, 0).low_count, 0);
    values[3] = 0;
    assert_int_equal(values_modes(values, 12).low_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_mode_is_hardly_ever_two),
        cmocka_unit_test(two_modes_are_found_and_told),
        cmocka_unit_test(what_cannot_be_told_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
