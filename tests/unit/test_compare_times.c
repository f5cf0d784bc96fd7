/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that merge series or runs: like is held against like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/ruling.h"
#include "tests/unit/compare_fixture.h"

static void add(struct record *record, const char *workload, uint64_t workers, double run_ns,
                unsigned epochs)
{
    struct series *series = made_add(record, (struct made){.workload = workload,
                                                           .strategy = "fork",
                                                           .workers = workers,
                                                           .tasks = 4,
                                                           .answer = "a"});

    put(&series->answer, "a");
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        struct sample sample = {.epoch = epoch,
                                .at_ns = epoch * 40000000000u,
                                .run_ns = (uint64_t)(run_ns * (1 + .001 * (epoch * 7 % 5)))};

        assert_int_equal(sample_list_append(&series->samples, &sample), 0);
    }
}

static void begin(struct record *records)
{
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(record_init(&records[i]), 0);
        made_machine(&records[i], "here", 2, true);
    }
}

static struct compare_cell change_of(const struct record *records)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;

    settings.absolute = true;
    settings.rows = KEY_BIT(KEY_STRATEGY);
    compare_records(records, 2, &settings, &comparison);
    struct compare_cell cell = *cell_of(&comparison, "fork");
    compare_release(&comparison);
    cell.members = NULL;
    return cell;
}

/* The same times; only that the second file has four times as many epochs of the long work. */
static void more_epochs_of_one_series_are_no_change(void **state)
{
    struct record records[2];

    (void)state;
    begin(records);
    for (size_t i = 0; i < 2; i++) {
        add(&records[i], "short", 2, 2e7, 15);
        add(&records[i], "long", 2, 8e7, i ? 60 : 15);
    }
    struct compare_cell cell = change_of(records);
    assert_int_equal(cell.change, CHANGE_SAME);
    assert_near(cell.difference.value, 1, 1e-6);
    files_release(records, 2);
}

/* Half of the series take 44 % longer: 20 % in the mean, each counting the same. */
static void changes_of_series_are_averaged(void **state)
{
    struct record records[2];

    (void)state;
    begin(records);
    for (size_t i = 0; i < 2; i++) {
        add(&records[i], "short", 2, i ? 2e7 * 1.44 : 2e7, 15);
        add(&records[i], "long", 2, 8e7, i ? 60 : 15);
    }
    struct compare_cell cell = change_of(records);
    assert_int_equal(cell.change, CHANGE_SLOWER);
    assert_near(cell.difference.value, 1.2, 1e-6);
    assert_true(cell.difference.low > 1.19 && cell.difference.high < 1.21);
    files_release(records, 2);
}

/* One lacks a number of workers of the other: refused, on one machine and across two. */
static void another_composition_is_refused(void **state)
{
    struct record records[2];

    (void)state;
    begin(records);
    for (size_t i = 0; i < 2; i++) {
        add(&records[i], "short", 2, 2e7, 15);
        add(&records[i], "short", i ? 2 : 4, 1e7, 15);
    }
    struct compare_cell cell = change_of(records);
    assert_int_equal(cell.change, CHANGE_UNSURE);
    assert_int_equal(cell.unsure, UNSURE_SERIES);
    head_put(&records[1], "environment", "kernel", "Linux 6.8");
    cell = change_of(records);
    assert_int_equal(cell.change, CHANGE_UNSURE);
    assert_int_equal(cell.unsure, UNSURE_SERIES);
    files_release(records, 2);
}

/* Two epochs have no interval, so another machine 'takes' nothing. Three would do; of one machine
 * twelve are asked for, since that is what its own rule needs. */
static void two_epochs_tell_nothing_of_another_machine(void **state)
{
    struct record records[2];

    (void)state;
    begin(records);
    for (size_t i = 0; i < 2; i++) {
        add(&records[i], "short", 2, i ? 4e7 : 2e7, 2);
    }
    struct compare_cell cell = change_of(records);
    assert_int_equal(cell.unsure, UNSURE_FEW);
    assert_int_equal(cell.epochs, 12);
    head_put(&records[1], "environment", "kernel", "Linux 6.8");
    cell = change_of(records);
    assert_int_equal(cell.change, CHANGE_UNSURE);
    assert_int_equal(cell.unsure, UNSURE_FEW);
    assert_int_equal(cell.epochs, 3);
    files_release(records, 2);
}

/* Two runs of either machine: how far apart they are is not for epochs to change. */
static void more_epochs_bring_runs_no_nearer(void **state)
{
    struct model model = {.epochs = 24, .own = .03};
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct record records[4];

    (void)state;
    files_make(records, 4, &model);
    for (size_t i = 0; i < 4; i++) {
        head_put(&records[i], "machine", "label", i < 2 ? "here" : "there");
        for (size_t k = 0; i == 1 && k < series_of(&records[i], "fork")->samples.count; k++) {
            series_of(&records[i], "fork")->samples.items[k].run_ns *= 2;
        }
    }
    settings.columns = KEY_BIT(KEY_LABEL);
    compare_records(records, 4, &settings, &comparison);
    const struct compare_cell *cell = cell_of(&comparison, "fork");
    assert_int_equal(cell->unsure, UNSURE_WIDE);
    assert_int_equal(cell->epochs, EPOCHS_MOST);
    compare_release(&comparison);
    files_release(records, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_epochs_of_one_series_are_no_change),
        cmocka_unit_test(changes_of_series_are_averaged),
        cmocka_unit_test(two_epochs_tell_nothing_of_another_machine),
        cmocka_unit_test(more_epochs_bring_runs_no_nearer),
        cmocka_unit_test(another_composition_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
