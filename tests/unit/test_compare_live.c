/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two variants of one run: are equal ones equal, different ones different, and is a fast wrong
 * answer or other work never called faster? */
#include "analysis/compare_live.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct series *add(struct record *record, const char *variant, const char *strategy,
                          double run_ns)
{
    struct series *series = made_add(record, (struct made){.workload = "loop",
                                                           .arguments = "iterations=2M",
                                                           .strategy = strategy,
                                                           .workers = 2,
                                                           .tasks = 8,
                                                           .run_ns = run_ns,
                                                           .epochs = 12,
                                                           .blocks = 8,
                                                           .own_noise = .0005});

    series->variant = variant ? strdup(variant) : NULL;
    return series;
}

static struct live judge(struct record *record)
{
    struct live live;

    assert_int_equal(live_make(record, METRIC_COLD, 0.02, &live), 0);
    return live;
}

static void forget(struct live *live, struct record *record)
{
    live_release(live);
    record_release(record);
}

static void equal_and_different_are_told(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "old", "serial", 20e6);
    add(&record, "new", "serial", 20e6);
    add(&record, "old", "fork", 10e6);
    add(&record, "new", "fork", 10.6e6);
    add(&record, "old", "pthread", 10e6);
    add(&record, "new", "pthread", 9.4e6);
    struct live live = judge(&record);

    assert_string_equal(live.a, "old");
    assert_string_equal(live.b, "new");
    assert_int_equal(live.count, 3);
    assert_int_equal(live.good, 3);
    assert_int_equal(live.pairs[0].change, CHANGE_SAME);
    assert_int_equal(live.pairs[1].change, CHANGE_SLOWER);
    assert_near(live.pairs[1].ratio.value, 1.06, 1e-6);
    assert_int_equal(live.pairs[2].change, CHANGE_FASTER);
    assert_true(live_is_beyond(&live, &live.pairs[1], true));
    assert_false(live_is_beyond(&live, &live.pairs[2], true));
    assert_true(live_is_beyond(&live, &live.pairs[2], false));
    assert_false(live_is_beyond(&live, &live.pairs[0], false));
    forget(&live, &record);
}

/* The gate asks for the whole interval, the verdict for the estimate. */
static void a_gate_wants_the_whole_interval(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "old", "fork", 10e6);
    add(&record, "new", "fork", 10.3e6);
    struct series *old = &record.series[0], *new = &record.series[1];
    /* Three epochs in which B takes but 1 % more. */
    for (size_t i = 0; i < new->samples.count; i++) {
        if (new->samples.items[i].epoch < 3) {
            new->samples.items[i].run_ns = old->samples.items[i].run_ns / 100 * 101;
        }
    }
    struct live live = judge(&record);

    assert_int_equal(live.pairs[0].change, CHANGE_SLOWER);
    assert_true(live.pairs[0].ratio.low < 1.02);
    assert_false(live_is_beyond(&live, &live.pairs[0], true));
    forget(&live, &record);
}

static void other_answers_and_other_work_are_never_faster(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "old", "serial", 20e6);
    add(&record, "new", "serial", 1e6);
    add(&record, "old", "fork", 20e6);
    add(&record, "new", "fork", 1e6);
    add(&record, "old", "pthread", 20e6);
    free(record.series[1].answer);
    record.series[1].answer = strdup("b");
    record.series[3].tasks = 4;
    struct live live = judge(&record);

    assert_int_equal(live.good, 0);
    assert_int_equal(live.pairs[0].state, PAIR_ANSWER);
    assert_int_equal(live.pairs[1].state, PAIR_WORK);
    assert_int_equal(live.pairs[2].state, PAIR_MISSING);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(live.pairs[i].change, CHANGE_NONE);
    }
    forget(&live, &record);
}

static void what_disturbs_is_told(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "old", "fork", 10e6);
    add(&record, "new", "fork", 12e6);
    struct series *old = &record.series[0];
    for (size_t i = 0; i < old->samples.count; i++) {
        old->samples.items[i].loud = old->samples.items[i].epoch < 7;
    }
    struct live live = judge(&record);
    assert_int_equal(live.pairs[0].change, CHANGE_UNSURE);
    assert_int_equal(live.pairs[0].unsure, UNSURE_LOUD);
    live_release(&live);
    for (size_t i = 0; i < old->samples.count; i++) {
        old->samples.items[i].loud = false;
    }
    old->samples.count = 5 * 8;
    live = judge(&record);
    assert_int_equal(live.pairs[0].change, CHANGE_UNSURE);
    assert_int_equal(live.pairs[0].unsure, UNSURE_FEW);
    assert_int_equal(live.pairs[0].epochs, 6);
    forget(&live, &record);
}

static void a_wide_interval_says_how_many_epochs_would_help(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "old", "fork", 10e6);
    add(&record, "new", "fork", 10e6);
    struct series *old = &record.series[0];
    for (size_t i = 0; i < old->samples.count; i++) {
        uint64_t epoch = old->samples.items[i].epoch;

        old->samples.items[i].run_ns += epoch * 100000 * (epoch % 2);
        record.series[1].samples.items[i].run_ns += epoch * 100000 * (1 - epoch % 2);
    }
    struct live live = judge(&record);

    assert_int_equal(live.pairs[0].change, CHANGE_UNSURE);
    assert_int_equal(live.pairs[0].unsure, UNSURE_WIDE);
    assert_true(live.pairs[0].epochs > 0);
    forget(&live, &record);
}

static void only_two_variants_are_a_pair(void **state)
{
    struct record record;
    struct live live;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "old", "fork", 10e6);
    assert_int_equal(live_make(&record, METRIC_COLD, 0.02, &live), -EINVAL);
    add(&record, "new", "fork", 10e6);
    add(&record, "newest", "fork", 10e6);
    assert_int_equal(live_make(&record, METRIC_COLD, 0.02, &live), -EINVAL);
    record.series[2].variant[3] = '\0';
    live = judge(&record);
    live_release(&live);
    add(&record, NULL, "fork", 10e6);
    assert_int_equal(live_make(&record, METRIC_COLD, 0.02, &live), -EINVAL);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_and_different_are_told),
        cmocka_unit_test(a_gate_wants_the_whole_interval),
        cmocka_unit_test(other_answers_and_other_work_are_never_faster),
        cmocka_unit_test(what_disturbs_is_told),
        cmocka_unit_test(a_wide_interval_says_how_many_epochs_would_help),
        cmocka_unit_test(only_two_variants_are_a_pair),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
