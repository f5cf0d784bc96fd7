/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ratio says, case by case, and when a group may not speak. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/ruling.h"
#include "analysis/trust.h"
#include "record/epochs.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <math.h>

static struct estimate made_ratio(double low, double value, double high)
{
    return (struct estimate){value, low, high, 12, isnan(low) ? 0 : CONFIDENCE};
}

static void estimate_and_interval_decide_together(void **state)
{
    static const struct {
        double low, value, high;
        enum standing standing;
        enum unsure unsure;
    } table[] = {
        {1.001, 1.02, 1.03, STANDING_SLOWER, UNSURE_NOT},
        {1.03, 1.05, 1.2, STANDING_SLOWER, UNSURE_NOT},
        {.9, .95, .999, STANDING_FASTER, UNSURE_NOT},
        {.99, 1, 1.019, STANDING_SAME, UNSURE_NOT},
        {1.001, 1.01, 1.019, STANDING_SAME, UNSURE_NOT}, /* a difference, and too small to count */
        {.999, 1.05, 1.1, STANDING_UNSURE, UNSURE_WIDE},
        {1.001, 1.019, 1.04, STANDING_UNSURE, UNSURE_WIDE},
        {.95, 1, 1.05, STANDING_UNSURE, UNSURE_WIDE},
        {1.012, 1.018, 1.025, STANDING_UNSURE, UNSURE_MARGIN},
        {.975, .982, .988, STANDING_UNSURE, UNSURE_MARGIN},
        {NAN, 3, NAN, STANDING_UNSURE, UNSURE_FEW},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        struct estimate ratio = made_ratio(table[i].low, table[i].value, table[i].high);

        assert_int_equal(ratio_standing(&ratio, MARGIN), table[i].standing);
        if (table[i].unsure != UNSURE_NOT) {
            assert_int_equal(ratio_unsure(&ratio, MARGIN), table[i].unsure);
        }
    }
}

/* By hand for 12 epochs at 95 %, rank 3: +-6 % about 1 must shrink to 2 %. s = ln 1.06 /
 * q(10/13) = .0583 / .7363 = .0791; P(.0198 / .0791) = .5988; (1.96 / .1977)^2 = 98.3, less 12. */
static void the_epochs_that_are_missing_follow_the_formula(void **state)
{
    struct estimate wide = made_ratio(1 / 1.06, 1, 1.06), clear = made_ratio(.99, 1.2, 1.4);
    struct estimate narrow = made_ratio(.99, 1, 1.01), none = made_ratio(NAN, 1, NAN);
    struct estimate wild = made_ratio(1e-9, 1, 1e9), lopsided = made_ratio(.999, 1, 1.06);
    struct estimate near = made_ratio(.96, 1.0195, 1.08); /* h = .0601, t = d / 2 = .0099 */
    struct estimate touching = made_ratio(1, 1.2, 1.3);

    (void)state;
    assert_int_equal(ratio_more_epochs(&wide, MARGIN), 90);
    assert_in_range(ratio_more_epochs(&clear, MARGIN), 0, 3);
    assert_int_equal(ratio_more_epochs(&narrow, MARGIN), 0);
    assert_int_equal(ratio_more_epochs(&none, MARGIN), 0);
    assert_int_equal(ratio_more_epochs(&wild, MARGIN), 1000000);
    assert_int_equal(ratio_more_epochs(&lopsided, MARGIN), 90);
    assert_int_equal(ratio_more_epochs(&near, MARGIN), 450);
    assert_in_range(ratio_more_epochs(&touching, MARGIN), 1, 5); /* 1 is in it, so it is unsure */
}

/* 12 epochs have no ranks at 99.96 %: (.0583 / .0198)^2 * 12 = 103.9, less 12. */
static void an_interval_without_ranks_shrinks_by_the_root(void **state)
{
    struct estimate wide = made_ratio(1 / 1.06, 1, 1.06);

    (void)state;
    wide.confidence = .9996;
    assert_int_equal(ratio_more_epochs(&wide, MARGIN), 100);
}

static void a_narrow_interval_asks_for_no_epochs(void **state)
{
    struct estimate ratio = made_ratio(1.012, 1.018, 1.025);
    struct group group = {.workload = "w"};
    enum unsure unsure;
    uint64_t more = 7;

    (void)state;
    assert_int_equal(group_standing(&group, &ratio, &unsure, &more), STANDING_UNSURE);
    assert_int_equal(unsure, UNSURE_MARGIN);
    assert_int_equal(more, 0);
}

static void judge(bool disturbed, double placebo_ms, enum unsure unsure,
                  enum contest_outcome outcome)
{
    const struct load_share share = {.has_foreign = true, .foreign_permille = disturbed ? 610 : 9};
    const struct load_share others = {.has_foreign = true, .foreign_permille = 990};
    struct made made = {.workload = "w", .workers = 2, .tasks = 4, .epochs = 12, .blocks = 4};
    static const char *const names[] = {"serial", "pthread", "fork", "serial"};
    const double run_ms[] = {20, 10, 15, placebo_ms};
    struct record record;
    struct groups groups;

    assert_int_equal(record_init(&record), 0);
    for (size_t i = 0; i < 4; i++) {
        made.strategy = names[i];
        made.run_ns = run_ms[i] * 1e6;
        made_add(&record, made)->placebo = i == 3;
    }
    for (unsigned epoch = 0; epoch < 12; epoch++) {
        assert_int_equal(record_add_epoch(&record, "w", epoch, &share, false), 0);
        /* What went on beside another workload is nothing to this one. */
        assert_int_equal(record_add_epoch(&record, "other", epoch, &others, false), 0);
    }
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    const struct group *group = &groups.items[0];
    assert_int_equal(group->loud, disturbed);
    assert_int_equal(isnan(group->foreign), !disturbed);
    assert_true(!disturbed || fabs(group->foreign - .61) < 1e-9);
    assert_int_equal(group->rows[1].standing, STANDING_FASTEST);
    for (size_t i = 0; i < 3; i += 2) {
        assert_int_equal(group->rows[i].unsure, unsure);
        assert_int_equal(group->rows[i].standing, unsure ? STANDING_UNSURE : STANDING_SLOWER);
        assert_int_equal(group->rows[i].more_epochs, 0);
    }
    assert_int_equal(group->contest.outcome, outcome);
    assert_int_equal(group->contest.unsure, unsure);
    groups_release(&groups);
    record_release(&record);
}

static void a_group_that_is_loud_or_unproven_says_nothing(void **state)
{
    (void)state;
    judge(false, 20.1, UNSURE_NOT, CONTEST_THREADS);
    judge(true, 20.1, UNSURE_LOUD, CONTEST_UNSURE);
    judge(false, 20.7, UNSURE_UNPROVEN, CONTEST_UNSURE);
    judge(true, 19.3, UNSURE_UNPROVEN, CONTEST_UNSURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimate_and_interval_decide_together),
        cmocka_unit_test(the_epochs_that_are_missing_follow_the_formula),
        cmocka_unit_test(an_interval_without_ranks_shrinks_by_the_root),
        cmocka_unit_test(a_narrow_interval_asks_for_no_epochs),
        cmocka_unit_test(a_group_that_is_loud_or_unproven_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
