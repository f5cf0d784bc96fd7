/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many comparisons at once. The worked example is checked by hand. */
#include "analysis/holm.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void check_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-12) {
        fail_msg("%.15g is not %.15g", found, expected);
    }
}

static void steps_go_down_until_the_first_failure(void **state)
{
    /* At 5 % and four hypotheses the steps are 0.0125, 0.01667, 0.025, 0.05. 0.01 passes the
     * first, 0.014 the second, 0.03 fails the third, and 0.04 is no longer tried. */
    const double p[] = {0.03, 0.01, 0.04, 0.014};
    double confidences[4];

    (void)state;
    assert_true(holm_confidences(p, 4, 0.95, confidences));
    check_near(confidences[1], 1 - 0.05 / 4);
    check_near(confidences[3], 1 - 0.05 / 3);
    check_near(confidences[0], 1 - 0.05 / 2);
    check_near(confidences[2], 1 - 0.05 / 2);
}

static void one_hypothesis_is_not_corrected(void **state)
{
    const double p[] = {0.2};
    double confidence = 0;

    (void)state;
    assert_true(holm_confidences(p, 1, 0.95, &confidence));
    check_near(confidence, 0.95);
    assert_true(holm_confidences(p, 0, 0.95, &confidence));
    check_near(confidence, 0.95);
}

static void sign_test_p_counts_both_tails(void **state)
{
    (void)state;
    check_near(sign_test_p(0, 6), 2.0 / 64);
    check_near(sign_test_p(1, 12), 2.0 * 13 / 4096);
    check_near(sign_test_p(6, 12), 1);
    check_near(sign_test_p(12, 12), 1);
    check_near(sign_test_p(0, 0), 1);
}

static void fewest_values_for_a_family(void **state)
{
    (void)state;
    assert_int_equal(holm_fewest(1, 0.95), 6);   /* 2/64 = 0.031 */
    assert_int_equal(holm_fewest(4, 0.95), 8);   /* 2/256 = 0.0078 <= 0.0125 */
    assert_int_equal(holm_fewest(25, 0.95), 10); /* 2/1024 = 0.00195 <= 0.002 */
    assert_int_equal(holm_fewest(32, 0.95), 11);
    assert_int_equal(holm_fewest(0, 0.95), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_go_down_until_the_first_failure),
        cmocka_unit_test(one_hypothesis_is_not_corrected),
        cmocka_unit_test(sign_test_p_counts_both_tails),
        cmocka_unit_test(fewest_values_for_a_family),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
