/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many workers are enough, whether more help, and where nothing of that can be said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scaling.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <errno.h>

#define MS 1e6

struct point {
    uint64_t workers;
    double run_ms, own_noise;
};

/* A pool of so many workers, beside serial at 20 ms. */
static void make(struct record *record, const struct point *points, size_t count)
{
    struct made made = {.workload = "loop",
                        .strategy = "serial",
                        .workers = 1,
                        .tasks = 8,
                        .run_ns = 20 * MS,
                        .epochs = 12,
                        .blocks = 4};

    assert_int_equal(record_init(record), 0);
    made_add(record, made);
    made.strategy = "thread-pool";
    for (size_t i = 0; i < count; i++) {
        made.workers = points[i].workers;
        made.run_ns = points[i].run_ms * MS;
        made.own_noise = points[i].own_noise;
        made_add(record, made);
    }
}

static struct scaling scaling; /* of the last record; too large for a stack */

static void judge(const struct record *record, bool with_fit)
{
    struct groups groups;

    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(scaling_make(&groups.items[0], "thread-pool", METRIC_COLD, with_fit, &scaling),
                     0);
    scaling_release(&scaling);
    groups_release(&groups);
}

/* 4 % slower, of which the interval says 1 to 7 %: slower, as in the table. */
static void fewer_workers_are_told_apart_as_rows_are(void **state)
{
    static const struct point points[] = {{1, 20, 0}, {2, 10.4, .03}, {4, 10, 0}};
    struct record record;

    (void)state;
    make(&record, points, 3);
    judge(&record, false);
    assert_int_equal(scaling.best, 2);
    assert_int_equal(scaling.enough, 2);
    assert_int_equal(scaling.trend, SCALING_RISING);
    record_release(&record);
}

/* Of one worker there were other epochs, so it has no speed-up; two have. */
static void who_shares_no_epoch_with_serial_is_not_the_best(void **state)
{
    static const struct point points[] = {{1, 20, 0}, {2, 10, 0}, {4, 12, 0}};
    struct record record;

    (void)state;
    make(&record, points, 3);
    for (size_t i = 0; i < record.series[1].samples.count; i++) {
        record.series[1].samples.items[i].epoch += 100;
    }
    judge(&record, false);
    assert_true(isnan(scaling.speedup[0].value));
    assert_int_equal(scaling.best, 1);
    assert_int_equal(scaling.enough, 1);
    assert_int_equal(scaling.trend, SCALING_FALLING);
    record_release(&record);
}

/* The law has a peak among these workers in either case; the times have one in the second. */
static void a_peak_is_one_if_more_workers_are_slower(void **state)
{
    static const struct point flat[] = {{1, 20, 0},   {2, 11, 0},      {3, 10.2, 0},
                                        {4, 10, .02}, {8, 10.05, .02}, {16, 10.1, .02}};
    static const struct point falling[] = {{1, 20, 0}, {2, 11, 0}, {3, 9, 0},
                                           {4, 8, 0},  {8, 10, 0}, {16, 18, 0}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct record record;

        make(&record, i ? falling : flat, 6);
        judge(&record, true);
        assert_true(scaling.fitted);
        double peak = usl_peak(scaling.usl.parameters);
        assert_true(peak > 2 && peak < 16);
        assert_int_equal(scaling.trend, i ? SCALING_FALLING : SCALING_FLAT);
        if (i) {
            assert_near(scaling.peak, peak, 1e-9);
        } else {
            assert_true(isnan(scaling.peak));
        }
        record_release(&record);
    }
}

/* The same times as above, of which nothing is concluded where others were at work, or where serial
 * once more takes 10 % longer. */
static void a_group_in_doubt_does_not_scale(void **state)
{
    static const struct point points[] = {{1, 20, 0}, {2, 11, 0}, {3, 9, 0}, {4, 8, 0}, {8, 10, 0}};
    static const enum unsure doubts[] = {UNSURE_NOT, UNSURE_LOUD, UNSURE_UNPROVEN};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct record record;

        make(&record, points, 5);
        for (size_t k = 0; k < record.series_count; k++) {
            for (size_t n = 0; n < record.series[k].samples.count; n++) {
                record.series[k].samples.items[n].loud = doubts[i] == UNSURE_LOUD;
            }
        }
        made_add(&record, (struct made){.workload = "loop",
                                        .strategy = "serial",
                                        .workers = 1,
                                        .tasks = 8,
                                        .run_ns = (doubts[i] == UNSURE_UNPROVEN ? 22 : 20) * MS,
                                        .epochs = 12,
                                        .blocks = 4})
            ->placebo = true;
        judge(&record, true);
        assert_int_equal(scaling.doubt, doubts[i]);
        assert_int_equal(scaling.trend, i == 0 ? SCALING_FALLING : SCALING_UNKNOWN);
        assert_int_equal(scaling.fitted, i == 0);
        assert_near(scaling.speedup[3].value, 2.5, 1e-6);
        record_release(&record);
    }
}

static void what_cannot_be_made_leaves_its_place_alone(void **state)
{
    static const struct point points[] = {{1, 20, 0}};
    struct record record;
    struct groups groups;

    (void)state;
    make(&record, points, 1);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    scaling.best = 7;
    assert_int_equal(scaling_make(&groups.items[0], "thread-pool", METRIC_COLD, true, &scaling),
                     -ENODATA);
    assert_int_equal(scaling.best, 7);
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fewer_workers_are_told_apart_as_rows_are),
        cmocka_unit_test(a_peak_is_one_if_more_workers_are_slower),
        cmocka_unit_test(a_group_in_doubt_does_not_scale),
        cmocka_unit_test(what_cannot_be_made_leaves_its_place_alone),
        cmocka_unit_test(who_shares_no_epoch_with_serial_is_not_the_best),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
