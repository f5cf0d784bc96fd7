/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a task get the work that makes it about as long as wanted, and the same one next time? */
#include "harness/length.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_nearest_preferred_number_is_taken(void **state)
{
    const struct length_scale scale = {.base_ns = 50, .step_ns = 2};

    (void)state;
    assert_int_equal(length_iterations(&scale, 1), 1);
    assert_int_equal(length_iterations(&scale, 50), 1);
    assert_int_equal(length_iterations(&scale, 100), 27); /* 25 lies between 22 and 27 */
    assert_int_equal(length_iterations(&scale, 1050), 470);
    assert_int_equal(length_iterations(&scale, 20050), 10000);
    assert_int_equal(length_iterations(&scale, 19600), 10000);
    assert_int_equal(length_iterations(&scale, 100000000), 47000000);
}

static void a_length_is_met_within_a_tenth(void **state)
{
    const struct length_scale scale = {.base_ns = 60, .step_ns = 1.37};

    (void)state;
    for (double ns = 1000; ns < 1e9; ns *= 1.07) {
        double got = 60 + 1.37 * (double)length_iterations(&scale, (uint64_t)ns);

        assert_true(got / ns > 0.89 && got / ns < 1.11);
    }
}

/* What a machine is slower or faster by from one run to the next changes few of them. */
static void small_noise_mostly_changes_nothing(void **state)
{
    unsigned same = 0, all = 0;

    (void)state;
    for (double ns = 1000; ns < 1e9; ns *= 1.013) {
        const struct length_scale a = {60, 1.37}, b = {60, 1.37 * 1.01};

        same += length_iterations(&a, (uint64_t)ns) == length_iterations(&b, (uint64_t)ns);
        all++;
    }
    assert_true(same * 100 > all * 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_preferred_number_is_taken),
        cmocka_unit_test(a_length_is_met_within_a_tenth),
        cmocka_unit_test(small_noise_mostly_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
