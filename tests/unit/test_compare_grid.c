/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, columns and tables as projections of keys; merged cells; means over machines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/compare_fixture.h"

#include <errno.h>

static void labels_put(struct record *records, const char *const *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        head_put(&records[i], "machine", "label", labels[i]);
    }
}

static void keys_are_read_by_name(void **state)
{
    const char *wrong = NULL, *text = "workload,nonsense,file";
    unsigned keys = 77;

    (void)state;
    for (unsigned i = 0; i < KEY_COUNT; i++) {
        assert_int_equal(compare_keys_parse(compare_key_names[i], &keys, &wrong), 0);
        assert_int_equal(keys, KEY_BIT(i));
    }
    assert_int_equal(compare_keys_parse("workload,strategy", &keys, &wrong), 0);
    assert_int_equal(keys, KEY_BIT(KEY_WORKLOAD) | KEY_BIT(KEY_STRATEGY));
    keys = 77;
    assert_int_equal(compare_keys_parse(text, &keys, &wrong), -EINVAL);
    assert_ptr_equal(wrong, text + 9);
    assert_int_equal(keys, 77);
}

static void columns_are_labels_told_apart(void **state)
{
    static const char *const labels[] = {"a", "b", "a", "a"};
    struct comparison comparison;
    struct record records[4];

    (void)state;
    files_make(records, 4, &still);
    labels_put(records, labels, 4);
    json_object_set_new(records[0].head, "created", json_string("2025-01-15T10:42:07Z"));
    json_object_set_new(records[2].head, "created", json_string("2025-01-15T10:42:07Z"));
    json_object_set_new(records[3].head, "created", json_string("2025-01-16T10:42:07Z"));
    compare_records(records, 4, &by_default, &comparison);
    assert_int_equal(comparison.column_count, 4);
    assert_string_equal(comparison.columns[0].name, "a 2025-01-15 10:42:07");
    assert_string_equal(comparison.columns[1].name, "b");
    assert_string_equal(comparison.columns[2].name, "a 2025-01-15 10:42:07 (2)");
    assert_string_equal(comparison.columns[3].name, "a 2025-01-16 10:42:07");
    compare_release(&comparison);
    files_release(records, 4);
}

/* Three runs of one label in one column: the hull of all, and a warning of what differs. */
static void merged_runs_give_the_hull_and_a_warning(void **state)
{
    static const char *const labels[] = {"a", "a", "a", "b"};
    static const double factors[] = {1.1, 1.2, 1, 1};
    struct compare_settings settings = by_default;
    struct comparison comparison, single;
    struct model model = still;
    struct record records[4];
    uint64_t seed = 21;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        model.factors[2] = factors[i];
        model_fill(&records[i], &model, &seed);
    }
    labels_put(records, labels, 4);
    head_put(&records[1], "environment", "kernel", "Linux 6.8");
    settings.columns = KEY_BIT(KEY_LABEL);
    compare_records(records, 4, &settings, &comparison);
    compare_records(records, 3, &by_default, &single);
    assert_int_equal(comparison.column_count, 2);
    assert_int_equal(comparison.merged, KEY_BIT(KEY_KERNEL) | KEY_BIT(KEY_FILE));
    const struct compare_cell *cell = &row_of(&comparison, "fork")->cells[0];
    const struct compare_cell *runs = row_of(&single, "fork")->cells;
    double product = runs[0].value.value * runs[1].value.value * runs[2].value.value;
    assert_int_equal(cell->count, 3);
    assert_near(cell->value.value, cbrt(product), 1e-9);
    assert_true(cell->value.low <= runs[2].value.low && cell->value.high >= runs[1].value.high);
    assert_int_equal(row_of(&comparison, "fork")->cells[1].change, CHANGE_UNSURE);
    compare_release(&comparison);
    settings.ignored = KEY_BIT(KEY_KERNEL) | KEY_BIT(KEY_FILE);
    compare_records(records, 4, &settings, &comparison);
    assert_int_equal(comparison.merged, 0);
    compare_release(&comparison);
    compare_release(&single);
    files_release(records, 4);
}

static struct series *add_cell(struct record *record, const char *workload, const char *arguments,
                               const char *strategy, uint64_t workers, double run_ns)
{
    return made_add(record, (struct made){.workload = workload,
                                          .arguments = arguments,
                                          .strategy = strategy,
                                          .workers = workers,
                                          .tasks = 4,
                                          .run_ns = run_ns,
                                          .epochs = 12,
                                          .blocks = 2});
}

/* A workload twice in one file, or two numbers of workers, is not merged unasked. */
static void rows_show_what_would_be_merged(void **state)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add_cell(&record, "w", "n=1", "pthread", 1, 1e7);
    add_cell(&record, "w", "n=1", "pthread", 2, 5e6);
    add_cell(&record, "w", "n=1", "fork", 1, 2e7);
    add_cell(&record, "w", "n=1", "fork", 2, 1.5e7);
    add_cell(&record, "v", "n=1", "pthread", 1, 1e7);
    add_cell(&record, "w", "n=2", "pthread", 1, 1e7);
    add_cell(&record, "w", "n=2", "fork", 1, 4e7);
    add_cell(&record, "v", "n=1", "fork", 1, 1e7);
    compare_records(&record, 1, &settings, &comparison);
    assert_int_equal(comparison.settings.rows, KEY_BIT(KEY_WORKLOAD) | KEY_BIT(KEY_STRATEGY) |
                                                   KEY_BIT(KEY_ARGUMENTS) | KEY_BIT(KEY_WORKERS));
    assert_int_equal(comparison.row_count, 4);
    /* The base with as many workers, and rows of one title together. */
    assert_near(row_of(&comparison, "fork 1 worker")->cells[0].value.value, 2, .01);
    assert_near(row_of(&comparison, "fork 2 workers")->cells[0].value.value, 3, .01);
    assert_string_equal(comparison.rows[0].title, "w n=1 tasks=4");
    assert_string_equal(comparison.rows[1].title, "w n=1 tasks=4");
    assert_true(comparison.rows[0].first && !comparison.rows[1].first && comparison.rows[2].first);
    compare_release(&comparison);
    settings.rows = KEY_BIT(KEY_WORKLOAD) | KEY_BIT(KEY_STRATEGY);
    compare_records(&record, 1, &settings, &comparison);
    assert_int_equal(comparison.row_count, 2);
    /* Other arguments are other work, even if they would share a cell. */
    assert_false(row_of(&comparison, "fork")->cells[0].good);
    assert_int_equal(row_of(&comparison, "fork")->cells[0].count, 3);
    assert_true(comparison.merged & KEY_BIT(KEY_ARGUMENTS));
    assert_true(comparison.merged & KEY_BIT(KEY_WORKERS));
    compare_release(&comparison);
    record_release(&record);
}

static void a_mean_over_workloads_needs_the_same_workloads(void **state)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct record records[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(record_init(&records[i]), 0);
        add_cell(&records[i], "w", "", "pthread", 1, 1e7);
        add_cell(&records[i], "w", "", "fork", 1, 2e7);
        add_cell(&records[i], "v", "", "pthread", 1, 1e7);
        add_cell(&records[i], "v", "", "fork", 1, 8e7);
    }
    settings.rows = KEY_BIT(KEY_STRATEGY);
    compare_records(records, 2, &settings, &comparison);
    assert_near(comparison.rows[0].cells[0].value.value, 4, .01);
    assert_int_equal(comparison.rows[0].cells[1].change, CHANGE_SAME);
    assert_true(comparison.merged & KEY_BIT(KEY_WORKLOAD));
    compare_release(&comparison);
    put(&records[1].series[2].workload, "u");
    put(&records[1].series[3].workload, "u");
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(comparison.rows[0].cells[1].unsure, UNSURE_SERIES);
    compare_release(&comparison);
    files_release(records, 2);
}

static void a_mean_is_over_all_machines_or_none(void **state)
{
    struct comparison comparison;
    struct record records[3];
    char kernel[] = "Linux 6.0";

    (void)state;
    files_make(records, 3, &still);
    compare_records(records, 3, &by_default, &comparison);
    assert_false(comparison.means); /* one machine, three times */
    compare_release(&comparison);
    for (size_t i = 0; i < 3; i++) {
        kernel[8] = (char)('1' + i);
        head_put(&records[i], "environment", "kernel", kernel);
    }
    series_of(&records[2], "serial")->samples.count = 0;
    compare_records(records, 3, &by_default, &comparison);
    assert_true(comparison.means);
    const struct compare_row *row = row_of(&comparison, "fork");
    double product =
        row->cells[0].value.value * row->cells[1].value.value * row->cells[2].value.value;
    assert_near(row->mean.value, cbrt(product), 1e-9);
    assert_int_equal(row->mean.count, 3);
    assert_true(row->mean.low < row->mean.value && row->mean.high > row->mean.value);
    assert_int_equal(row_of(&comparison, "serial")->mean.count, 0);
    compare_release(&comparison);
    compare_records(records, 2, &by_default, &comparison);
    assert_false(comparison.means);
    compare_release(&comparison);
    files_release(records, 3);
}

/* Columns of one file are no copies of each other. */
static void strategies_may_be_columns(void **state)
{
    struct compare_settings settings = by_default;
    struct model model = still;
    struct comparison comparison;
    struct record record;
    uint64_t seed = 2;

    (void)state;
    model.factors[2] = 1.5;
    model_fill(&record, &model, &seed);
    settings.rows = KEY_BIT(KEY_WORKLOAD);
    settings.columns = KEY_BIT(KEY_STRATEGY);
    compare_records(&record, 1, &settings, &comparison);
    assert_int_equal(comparison.column_count, 4);
    assert_string_equal(comparison.columns[1].name, "fork");
    assert_false(comparison.columns[1].the_same);
    assert_int_equal(comparison.rows[0].cells[1].change, CHANGE_SLOWER);
    assert_int_equal(comparison.rows[0].cells[2].change, CHANGE_SAME);
    compare_release(&comparison);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_read_by_name),
        cmocka_unit_test(columns_are_labels_told_apart),
        cmocka_unit_test(merged_runs_give_the_hull_and_a_warning),
        cmocka_unit_test(rows_show_what_would_be_merged),
        cmocka_unit_test(a_mean_over_workloads_needs_the_same_workloads),
        cmocka_unit_test(a_mean_is_over_all_machines_or_none),
        cmocka_unit_test(strategies_may_be_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
