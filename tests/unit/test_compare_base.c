/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which series ratios are divided by, and that every other one is a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/compare_fixture.h"

static void add(struct record *record, const char *strategy, uint64_t workers, double run_ns)
{
    made_add(record, (struct made){.workload = "w",
                                   .strategy = strategy,
                                   .workers = workers,
                                   .tasks = 4,
                                   .run_ns = run_ns,
                                   .epochs = 12,
                                   .blocks = 2});
}

static void begin(struct record *record)
{
    assert_int_equal(record_init(record), 0);
    made_machine(record, "here", 2, true);
}

static void expect(const struct record *record, const char *base, const char *name,
                   const char *divisor, uint64_t workers, double ratio)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;

    settings.base = base;
    compare_records(record, 1, &settings, &comparison);
    const struct compare_cell *cell = &row_of(&comparison, name)->cells[0];
    assert_true(cell->good);
    assert_int_equal(cell->count, 1);
    assert_string_equal(cell->members[0]->base->series->strategy, divisor);
    assert_int_equal(cell->members[0]->base->series->workers, workers);
    assert_near(cell->value.value, ratio, 1e-6);
    compare_release(&comparison);
}

static size_t rows(const struct record *record, const char *base, bool *ret_differ)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;

    settings.base = base;
    compare_records(record, 1, &settings, &comparison);
    size_t count = comparison.row_count;
    *ret_differ = comparison.base_workers_differ;
    compare_release(&comparison);
    return count;
}

static void the_base_with_options_is_a_row_beside_it(void **state)
{
    struct record record;
    bool differ = true;

    (void)state;
    begin(&record);
    add(&record, "serial", 1, 4e7);
    add(&record, "fork:channel=pipe", 2, 3e7);
    add(&record, "fork", 2, 2e7);
    expect(&record, "fork", "fork:channel=pipe", "fork", 2, 1.5);
    expect(&record, "fork", "serial", "fork", 2, 2);
    assert_int_equal(rows(&record, "fork", &differ), 2);
    assert_false(differ); /* serial has no choice */
    expect(&record, "fork:channel=pipe", "fork", "fork:channel=pipe", 2, 2 / 3.0);
    /* Without the very name, the first with options is the base and the second a row. */
    put(&record.series[2].strategy, "fork:channel=shm");
    expect(&record, "fork", "fork:channel=shm", "fork:channel=pipe", 2, 2 / 3.0);
    record_release(&record);
}

static void a_number_of_workers_that_divides_nothing_is_a_row(void **state)
{
    struct record record;
    bool differ = true;

    (void)state;
    begin(&record);
    add(&record, "pthread", 2, 2e7);
    add(&record, "pthread", 4, 1e7);
    add(&record, "fork", 4, 3e7);
    expect(&record, NULL, "fork", "pthread", 4, 3);
    expect(&record, NULL, "pthread", "pthread", 4, 2);
    assert_int_equal(rows(&record, NULL, &differ), 2);
    assert_true(differ);
    add(&record, "fork", 2, 3e7);
    assert_int_equal(rows(&record, NULL, &differ), 2); /* fork twice, each with its own base */
    assert_false(differ);
    record_release(&record);
}

static void a_base_with_other_workers_is_told(void **state)
{
    struct record record;
    bool differ = false;

    (void)state;
    begin(&record);
    add(&record, "pthread", 2, 2e7);
    add(&record, "fork", 4, 3e7);
    expect(&record, NULL, "fork", "pthread", 2, 1.5);
    assert_int_equal(rows(&record, NULL, &differ), 1);
    assert_true(differ);
    record_release(&record);
    begin(&record);
    add(&record, "pthread", 2, 2e7);
    add(&record, "pthread", 4, 1e7);
    expect(&record, NULL, "pthread", "pthread", 2, .5); /* alone, the first is the base */
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_with_options_is_a_row_beside_it),
        cmocka_unit_test(a_number_of_workers_that_divides_nothing_is_a_row),
        cmocka_unit_test(a_base_with_other_workers_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
