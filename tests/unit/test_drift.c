/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drift is seen where it is one, and six epochs of noise are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/drift.h"
#include "tests/unit/near.h"

#include <stdlib.h>
#include <string.h>

static double drift_of(const double *ms, size_t count, bool *ret_seen)
{
    struct series series = {.strategy = NULL};

    for (size_t i = 0; i < count; i++) {
        struct sample sample = {.epoch = i, .run_ns = (uint64_t)(ms[i] * 1e6)};

        assert_int_equal(sample_list_append(&series.samples, &sample), 0);
    }
    double percent = series_drift(&series, METRIC_WARM, ret_seen);
    free(series.samples.items);
    return percent;
}

/* R: summary(lm(log(c(1.00, 1.03, 1.01, 1.05, 1.02, 1.06)) ~ c(0:5))): t = 2.05, p = 0.11. */
static void six_epochs_of_noise_are_no_drift(void **state)
{
    static const double noise[] = {1.00, 1.03, 1.01, 1.05, 1.02, 1.06};
    static const double rising[] = {1.00, 1.02, 1.04, 1.06, 1.08, 1.10};
    bool seen;

    (void)state;
    (void)drift_of(noise, 6, &seen);
    assert_false(seen);
    assert_near(drift_of(rising, 6, &seen), 12, 3);
    assert_true(seen);
    assert_true(isnan(drift_of(rising, 5, &seen)));
    assert_false(seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_epochs_of_noise_are_no_drift),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
