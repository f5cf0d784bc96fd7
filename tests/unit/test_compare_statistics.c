/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a comparison is wrong, on files whose truth is known. Seeds are fixed: the rates are
 * the same at every run, and the bounds leave three standard errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/compare_fixture.h"

struct rates {
    unsigned rows, changed, families;
    unsigned verdicts[6];
};

static struct rates simulate(unsigned runs, const struct model *before, const struct model *after,
                             const struct compare_settings *settings)
{
    struct rates rates = {0};
    uint64_t seed = 20250115;

    for (unsigned run = 0; run < runs; run++) {
        struct record records[2];
        struct comparison comparison;
        unsigned changed = rates.changed;

        model_fill(&records[0], before, &seed);
        model_fill(&records[1], after, &seed);
        compare_records(records, 2, settings, &comparison);
        for (size_t i = 0; i < comparison.row_count; i++) {
            enum change change = comparison.rows[i].cells[1].change;

            rates.rows++;
            rates.verdicts[change]++;
            rates.changed += change == CHANGE_SLOWER || change == CHANGE_FASTER;
        }
        rates.families += rates.changed > changed;
        compare_release(&comparison);
        record_release(&records[0]);
        record_release(&records[1]);
    }
    return rates;
}

static const struct model calm = {.epochs = 24, .shared = .3, .own = .01, .sample = .01};

static void equal_files_are_rarely_called_different(void **state)
{
    struct model wild = {.epochs = 12, .shared = .5, .own = .2, .sample = .3};
    struct rates rates = simulate(500, &calm, &calm, &by_default);

    (void)state;
    assert_true(rates.changed * 20 <= rates.rows);
    assert_true(rates.verdicts[CHANGE_SAME] * 10 >= rates.rows * 9);
    rates = simulate(500, &wild, &wild, &by_default);
    assert_true(rates.changed * 20 <= rates.rows);
}

/* Without the margin the intervals alone keep the promise, for all rows of a table together. */
static void the_intervals_alone_keep_the_promise(void **state)
{
    struct compare_settings settings = by_default;

    (void)state;
    settings.threshold = 1e-6;
    struct rates rates = simulate(500, &calm, &calm, &settings);
    assert_true(rates.families <= 25);
}

static void a_tenth_more_is_found(void **state)
{
    struct model slower = calm;

    (void)state;
    slower.factors[2] = 1.1;
    struct rates rates = simulate(200, &calm, &slower, &by_default);
    assert_true(rates.verdicts[CHANGE_SLOWER] >= 195);
    assert_true(rates.verdicts[CHANGE_SLOWER] + rates.verdicts[CHANGE_FASTER] <= 205);
    slower.factors[2] = 1 / 1.1;
    rates = simulate(200, &calm, &slower, &by_default);
    assert_true(rates.verdicts[CHANGE_FASTER] >= 195);
}

/* What all strategies share, as another machine does, is no change of a ratio. */
static void a_faster_machine_changes_no_ratio(void **state)
{
    struct model faster = calm;

    (void)state;
    for (unsigned s = 0; s < STRATEGIES; s++) {
        faster.factors[s] = .4;
    }
    struct rates rates = simulate(200, &calm, &faster, &by_default);
    assert_true(rates.changed <= 4);
    assert_true(rates.verdicts[CHANGE_SAME] * 10 >= rates.rows * 9);
}

static void times_are_held_to_99_percent(void **state)
{
    struct compare_settings settings = by_default;
    struct model spread = calm;

    (void)state;
    settings.absolute = true;
    settings.threshold = 1e-6;
    spread.epoch_step_ns = 20000000000u;
    struct rates rates = simulate(500, &spread, &spread, &settings);
    assert_true(rates.families <= 15);
    struct model slower = spread;
    settings.threshold = .05;
    spread.shared = slower.shared = .03;
    for (unsigned s = 0; s < STRATEGIES; s++) {
        slower.factors[s] = 1.1;
    }
    rates = simulate(100, &spread, &slower, &settings);
    assert_true(rates.verdicts[CHANGE_SLOWER] >= 475);
}

/* Neighbouring epochs share a burst: without the correction for that, far more than 1 % differ. */
static void bursts_widen_the_interval_of_times(void **state)
{
    const struct spread unknown = {0};
    uint64_t seed = 7;
    unsigned clear = 0;

    (void)state;
    for (unsigned run = 0; run < 1000; run++) {
        double logs[2][40];
        struct evidence sides[2] = {{logs[0], 40, 0, 1}, {logs[1], 40, 0, 1}};

        for (unsigned side = 0; side < 2; side++) {
            double burst = gauss(&seed);

            for (unsigned i = 0; i < 40; i++) {
                logs[side][i] = burst = .5 * burst + gauss(&seed);
            }
        }
        struct estimate change = evidence_welch(&sides[0], &sides[1], &unknown, .99);
        clear += change.low > 0 || change.high < 0;
    }
    assert_in_range(clear, 1, 50);
}

/* Files of one machine, each with a mood of its own (sd tau) that all its epochs share; the last
 * takes `factor` times as long. How many of `sets` say of it slower or faster. */
static unsigned simulate_drift(unsigned sets, size_t files, double tau, double factor,
                               unsigned *ret_lost)
{
    struct compare_settings settings = by_default;
    uint64_t seed = 99;
    unsigned told = 0;

    settings.absolute = true;
    *ret_lost = 0;
    for (unsigned set = 0; set < sets; set++) {
        struct record records[12];
        struct comparison comparison;

        for (size_t i = 0; i < files; i++) {
            double mood = exp(tau * gauss(&seed)) * (i + 1 == files ? factor : 1);
            struct model model = {.epochs = 12,
                                  .epoch_step_ns = 30000000000u,
                                  .own = .02,
                                  .factors = {mood, mood, mood, mood, mood}};

            model_fill(&records[i], &model, &seed);
        }
        compare_records(records, files, &settings, &comparison);
        const struct compare_cell *cell = &row_of(&comparison, "fork")->cells[files - 1];
        told += cell->change == CHANGE_SLOWER || cell->change == CHANGE_FASTER;
        *ret_lost += cell->unsure == UNSURE_RUNS;
        assert_int_equal(cell->spread.freedom > 0, files > 3);
        compare_release(&comparison);
        files_release(records, files);
    }
    return told;
}

/* Two runs that differ by their moods look like a change; with more runs to learn from they do
 * not, and a change that is larger than the moods is found all the same. */
static void runs_that_drift_are_no_change_where_that_is_known(void **state)
{
    unsigned lost;

    (void)state;
    assert_in_range(simulate_drift(200, 2, .05, 1, &lost), 60, 140); /* that is why */
    assert_int_equal(lost, 0);
    assert_in_range(simulate_drift(200, 4, .05, 1, &lost), 0, 8);
    assert_in_range(simulate_drift(200, 8, .05, 1, &lost), 0, 6);
    assert_in_range(lost, 60, 200);
    assert_in_range(simulate_drift(200, 8, .05, 3, &lost), 190, 200);
    assert_in_range(simulate_drift(200, 8, 0, 1.1, &lost), 150, 200);
    assert_in_range(simulate_drift(200, 8, 0, 1, &lost), 0, 2);
}

static void the_mean_of_few_machines_holds_its_level(void **state)
{
    uint64_t seed = 11;

    (void)state;
    for (unsigned machines = 3; machines <= 8; machines++) {
        unsigned missed = 0;

        for (unsigned run = 0; run < 4000; run++) {
            double logs[8];

            for (unsigned i = 0; i < machines; i++) {
                logs[i] = .2 + .3 * gauss(&seed);
            }
            struct estimate mean = evidence_mean(logs, machines, .95);
            missed += mean.low > .2 || mean.high < .2;
        }
        assert_in_range(missed, 150, 250); /* of 4000, nominally 200 */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_files_are_rarely_called_different),
        cmocka_unit_test(the_intervals_alone_keep_the_promise),
        cmocka_unit_test(a_tenth_more_is_found),
        cmocka_unit_test(a_faster_machine_changes_no_ratio),
        cmocka_unit_test(times_are_held_to_99_percent),
        cmocka_unit_test(bursts_widen_the_interval_of_times),
        cmocka_unit_test(runs_that_drift_are_no_change_where_that_is_known),
        cmocka_unit_test(the_mean_of_few_machines_holds_its_level),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
