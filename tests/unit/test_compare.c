/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cells there are, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/compare_fixture.h"

#include <errno.h>

static void the_base_is_pthread_where_all_have_it(void **state)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct record records[2];
    struct compare_file file = {.record = &records[0], .checksum = ""};

    (void)state;
    files_make(records, 2, &still);
    compare_records(records, 2, &settings, &comparison);
    assert_string_equal(comparison.settings.base, "pthread");
    assert_int_equal(comparison.row_count, 4);
    assert_int_equal(comparison.column_count, 2);
    assert_near(row_of(&comparison, "fork")->cells[0].value.value, 1, .02);
    assert_int_equal(comparison.tested, 4);
    compare_release(&comparison);

    put(&series_of(&records[1], "pthread")->strategy, "pthread2");
    compare_records(records, 2, &settings, &comparison);
    assert_string_equal(comparison.settings.base, "serial");
    compare_release(&comparison);

    settings.base = "absent";
    assert_int_equal(compare_make(&file, 1, &settings, &comparison), -ENOENT);
    settings.base = "fork";
    compare_records(records, 2, &settings, &comparison);
    assert_int_equal(row_of(&comparison, "serial")->cells[0].count, 1);
    compare_release(&comparison);
    settings.base = NULL;
    settings.absolute = true;
    compare_records(records, 1, &settings, &comparison);
    assert_int_equal(comparison.row_count, 5);
    assert_near(row_of(&comparison, "fork")->cells[0].value.value, 2e7, 1e6);
    compare_release(&comparison);
    files_release(records, 2);
}

/* Each way in which work may differ takes the row out, and no other row. */
static void other_work_is_refused(void **state)
{
    static const enum unit_state states[] = {UNIT_ARGUMENTS, UNIT_TASKS, UNIT_ANSWER};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct comparison comparison;
        struct record records[2];

        files_make(records, 2, &still);
        for (size_t s = 0; s < STRATEGIES; s++) {
            struct series *series = &records[1].series[s];

            if (states[i] == UNIT_ARGUMENTS) {
                put(&series->arguments, "n=2");
            } else if (states[i] == UNIT_TASKS) {
                series->tasks = 5;
            } else {
                put(&series->answer, "b");
            }
        }
        compare_records(records, 2, &by_default, &comparison);
        const struct compare_cell *cell = cell_of(&comparison, "fork");
        assert_false(cell->good);
        assert_int_equal(cell->members[0]->state, states[i]);
        assert_true(unit_is_refused(cell->members[0]->state));
        assert_int_equal(cell->change, CHANGE_NONE);
        assert_true(row_of(&comparison, "fork")->cells[0].good);
        assert_int_equal(compare_usable(&comparison), 0);
        compare_release(&comparison);
        files_release(records, 2);
    }
}

static void what_failed_is_never_compared(void **state)
{
    struct comparison comparison;
    struct record records[2];

    (void)state;
    files_make(records, 2, &still);
    put(&series_of(&records[1], "fork")->answer, "wrong");
    series_of(&records[1], "thread-pool")->samples.count = 0;
    compare_records(records, 2, &by_default, &comparison);
    assert_int_equal(cell_of(&comparison, "fork")->members[0]->state, UNIT_FAILED);
    assert_int_equal(cell_of(&comparison, "fork")->change, CHANGE_NONE);
    assert_false(cell_of(&comparison, "thread-pool")->good);
    assert_int_equal(cell_of(&comparison, "serial")->change, CHANGE_SAME);
    compare_release(&comparison);

    series_of(&records[1], "pthread")->consistent = false;
    compare_records(records, 2, &by_default, &comparison);
    assert_int_equal(cell_of(&comparison, "serial")->members[0]->state, UNIT_BASE_FAILED);
    assert_int_equal(compare_usable(&comparison), 0);
    compare_release(&comparison);
    files_release(records, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_is_pthread_where_all_have_it),
        cmocka_unit_test(other_work_is_refused),
        cmocka_unit_test(what_failed_is_never_compared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
