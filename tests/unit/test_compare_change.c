/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which word each change gets, why, and what would help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/ruling.h"
#include "tests/unit/compare_fixture.h"

/* Both sides hold with 97.5 %, so both together with 95 %. */
static void an_interval_is_made_of_the_bounds_of_both(void **state)
{
    struct model model = {.epochs = 24, .own = .03};
    struct comparison comparison;
    struct record records[2];
    struct estimate sides[2];

    (void)state;
    files_make(records, 2, &model);
    compare_records(records, 2, &by_default, &comparison);
    const struct compare_cell *cells = row_of(&comparison, "fork")->cells;
    for (size_t i = 0; i < 2; i++) {
        const struct evidence *evidence = &cells[i].members[0]->evidence;

        sides[i] = median_estimate(evidence->logs, evidence->count, .95);
        assert_near(log(cells[i].value.low), sides[i].low, 1e-9);
        sides[i] = median_estimate(evidence->logs, evidence->count, .975);
    }
    assert_near(log(cells[1].difference.value), sides[1].value - sides[0].value, 1e-9);
    assert_near(log(cells[1].difference.low), sides[1].low - sides[0].high, 1e-9);
    assert_near(log(cells[1].difference.high), sides[1].high - sides[0].low, 1e-9);
    compare_release(&comparison);
    files_release(records, 2);
}

static void few_epochs_and_wide_intervals_are_told(void **state)
{
    struct model few = {.epochs = 6, .own = .005}, noisy = {.epochs = 24, .own = .08};
    struct comparison comparison;
    struct record records[2];

    (void)state;
    files_make(records, 2, &few);
    compare_records(records, 2, &by_default, &comparison);
    /* 97.5 % of either side: 2 * 2^-7 is the first below 2.5 %. */
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_UNSURE);
    assert_int_equal(cell_of(&comparison, "fork")->unsure, UNSURE_FEW);
    assert_int_equal(cell_of(&comparison, "fork")->epochs, 7);
    assert_int_equal(cell_of(&comparison, "fork")->difference.count, 6);
    compare_release(&comparison);
    files_release(records, 2);

    files_make(records, 2, &noisy);
    compare_records(records, 2, &by_default, &comparison);
    const struct compare_cell *cell = cell_of(&comparison, "fork");
    assert_int_equal(cell->unsure, UNSURE_WIDE);
    assert_near(cell->difference.confidence, .975, 1e-9);
    assert_int_equal(cell->epochs, ratio_more_epochs(&cell->difference, .05));
    assert_in_range(cell->epochs, 5, 200);
    compare_release(&comparison);
    files_release(records, 2);
}

/* Seven epochs suffice for one comparison and not for four: 2 * 2^-7 > 5 % / 2 / 4. */
static void many_rows_ask_for_more(void **state)
{
    struct model before = {.epochs = 7, .own = .001}, after = before;
    struct comparison comparison;
    struct record records[2];
    uint64_t seed = 5;

    (void)state;
    after.factors[2] = 1.5;
    model_fill(&records[0], &before, &seed);
    model_fill(&records[1], &after, &seed);
    compare_records(records, 2, &by_default, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_UNSURE);
    assert_int_equal(cell_of(&comparison, "fork")->unsure, UNSURE_ROWS);
    assert_int_equal(cell_of(&comparison, "fork")->epochs, 9);
    assert_int_equal(cell_of(&comparison, "serial")->change, CHANGE_SAME);
    compare_release(&comparison);
    files_release(records, 2);
}

static void a_gate_asks_for_the_whole_interval(void **state)
{
    struct compare_cell cell = {.change = CHANGE_SLOWER, .difference = {1.1, 1.04, 1.2, 24}};

    (void)state;
    assert_false(change_is_beyond(&cell, .05));
    assert_true(change_is_beyond(&cell, .04));
    cell.change = CHANGE_UNSURE;
    assert_false(change_is_beyond(&cell, .01));
    cell = (struct compare_cell){.change = CHANGE_FASTER, .difference = {.9, .85, .94, 24}};
    assert_true(change_is_beyond(&cell, .05));
    assert_false(change_is_beyond(&cell, .1));
}

static void short_runs_say_nothing_of_times(void **state)
{
    struct model model = {.epochs = 12, .own = .001, .epoch_step_ns = 20000000000u};
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct record records[2];

    (void)state;
    settings.absolute = true;
    files_make(records, 2, &model); /* 11 * 20 s: less than five minutes */
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_UNSURE);
    assert_int_equal(cell_of(&comparison, "fork")->unsure, UNSURE_SPAN);
    compare_release(&comparison);
    files_release(records, 2);
    model.epoch_step_ns = 30000000000u;
    files_make(records, 2, &model);
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_SAME);
    compare_release(&comparison);
    files_release(records, 2);
    model.epochs = 11;
    files_make(records, 2, &model);
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->unsure, UNSURE_CLEAN);
    assert_int_equal(cell_of(&comparison, "fork")->epochs, 12);
    compare_release(&comparison);
    files_release(records, 2);
}

/* The same times, twice as long: never "slower" where the kernel is another one. */
static void another_machine_takes_longer_and_is_not_slower(void **state)
{
    struct model before = {.epochs = 24, .own = .001, .epoch_step_ns = 30000000000u},
                 after = before;
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct record records[2];
    uint64_t seed = 9;

    (void)state;
    settings.absolute = true;
    for (unsigned s = 0; s < STRATEGIES; s++) {
        after.factors[s] = 2;
    }
    model_fill(&records[0], &before, &seed);
    model_fill(&records[1], &after, &seed);
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_SLOWER);
    compare_release(&comparison);
    head_put(&records[1], "environment", "kernel", "Linux 6.8");
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_TAKES);
    assert_near(cell_of(&comparison, "fork")->difference.value, 2, .01);
    assert_true(comparison.columns[1].across && comparison.differing);
    assert_false(change_is_beyond(cell_of(&comparison, "fork"), .05));
    compare_release(&comparison);
    settings.ignored_fingerprint = fingerprint_bit("kernel");
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_SLOWER);
    compare_release(&comparison);
    files_release(records, 2);
}

static void a_file_equals_itself(void **state)
{
    struct model wild = {.epochs = 8, .own = .5};
    struct comparison comparison;
    struct record record;
    uint64_t seed = 1;
    struct compare_file files[2];

    (void)state;
    model_fill(&record, &wild, &seed);
    for (size_t i = 0; i < 2; i++) {
        files[i] = (struct compare_file){.record = &record, .checksum = "abc"};
    }
    assert_int_equal(compare_make(files, 2, &by_default, &comparison), 0);
    assert_true(comparison.columns[1].the_same);
    for (size_t i = 0; i < comparison.row_count; i++) {
        assert_int_equal(comparison.rows[i].cells[1].change, CHANGE_SAME);
        assert_near(comparison.rows[i].cells[1].difference.low, 1, 0);
    }
    compare_release(&comparison);
    record_release(&record);
}

/* A run that tells equal code apart proves nothing, and a loud one little. */
static void runs_that_are_not_to_be_trusted_tell_nothing(void **state)
{
    struct model model = still;
    struct comparison comparison;
    struct record records[2];
    uint64_t seed = 4;

    (void)state;
    model.factors[4] = 1.1;
    for (size_t i = 0; i < 2; i++) {
        model_fill(&records[i], i ? &model : &still, &seed);
        struct series *placebo = series_of(&records[i], "process-pool");
        put(&placebo->strategy, "serial");
        placebo->placebo = true;
    }
    compare_records(records, 1, &by_default, &comparison);
    assert_int_equal(comparison.row_count, 3); /* a placebo is no row */
    compare_release(&comparison);
    compare_records(records, 2, &by_default, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_UNSURE);
    assert_int_equal(cell_of(&comparison, "fork")->unsure, UNSURE_UNPROVEN);
    assert_int_equal(comparison.tested, 0);
    compare_release(&comparison);
    files_release(records, 2);

    files_make(records, 2, &still);
    struct series *fork = series_of(&records[0], "fork");
    for (size_t i = 0; i < fork->samples.count; i++) {
        fork->samples.items[i].loud = true;
    }
    compare_records(records, 2, &by_default, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->unsure, UNSURE_LOUD);
    assert_int_equal(cell_of(&comparison, "serial")->change, CHANGE_SAME);
    compare_release(&comparison);
    files_release(records, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interval_is_made_of_the_bounds_of_both),
        cmocka_unit_test(few_epochs_and_wide_intervals_are_told),
        cmocka_unit_test(many_rows_ask_for_more),
        cmocka_unit_test(a_gate_asks_for_the_whole_interval),
        cmocka_unit_test(short_runs_say_nothing_of_times),
        cmocka_unit_test(another_machine_takes_longer_and_is_not_slower),
        cmocka_unit_test(a_file_equals_itself),
        cmocka_unit_test(runs_that_are_not_to_be_trusted_tell_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
