/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single tables of the page say. */
#include "tests/unit/report_fixture.h"

/* What both files have in common. */
static void add_other(struct record *record)
{
    static const char *const strategies[] = {"serial", "pthread"};

    for (unsigned i = 0; i < 2; i++) {
        made_add(record, (struct made){.workload = "other",
                                       .strategy = strategies[i],
                                       .tasks = 4,
                                       .run_ns = 1e7,
                                       .epochs = 12,
                                       .blocks = 4});
    }
}

/* Regression: it was called "failed". */
static void other_work_is_named_as_such(void **state)
{
    struct record first, second;

    (void)state;
    record_make(&first, "one", "loop");
    record_make(&second, "two", "loop");
    for (size_t i = 0; i < second.series_count; i++) {
        second.series[i].tasks = 5;
    }
    add_other(&first);
    add_other(&second);
    const struct record *const records[] = {&first, &second};
    char *page = made_report(records, 2, NULL);
    assert_int_equal(occurrences(page, "<td>other work</td>"), 2);
    assert_int_equal(occurrences(page, "<td>failed</td>"), 0);
    free(page);
    record_release(&first);
    record_release(&second);
}

static const char svg[] = "<?xml version=\"1.0\"?><!DOCTYPE svg><svg id=\"tvp-x\"></svg>\n";

static void put_picture(const char *stem, const char *words)
{
    char name[100];

    snprintf(name, sizeof(name), "%s.svg", stem);
    file_put(name, svg, sizeof(svg) - 1);
    snprintf(name, sizeof(name), "%s.words.tsv", stem);
    file_put(name, words, strlen(words));
}

/* Regression: groups were found by the beginning of their names, so that "loop-7" told those of
 * "loop" too. */
static void a_picture_has_the_numbers_of_its_own_group(void **state)
{
    static const unsigned first[][4] = {{0, 0, 0, 11}}, second[][4] = {{0, 0, 0, 22}};
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    made_timeline(made_add(&record, (struct made){.workload = "loop",
                                                  .strategy = "serial",
                                                  .tasks = 1,
                                                  .run_ns = 11e6,
                                                  .epochs = 12,
                                                  .blocks = 4}),
                  first, 1, -1);
    made_timeline(made_add(&record, (struct made){.workload = "loop-7",
                                                  .strategy = "serial",
                                                  .tasks = 1,
                                                  .run_ns = 22e6,
                                                  .epochs = 12,
                                                  .blocks = 4}),
                  second, 1, -1);
    put_picture("timeline-loop-7", "# name\tvalue\ntitle1\tgroup\ngroup\t2\n");
    const struct record *const records[] = {&record};
    char *page = made_report(records, 1, ".");
    assert_int_equal(occurrences(page, "<caption>Tasks in the order in which they ended"), 1);
    assert_int_equal(occurrences(page, "<td>22.0\u00a0ms</td><td>done</td>"), 1);
    assert_int_equal(occurrences(page, "<td>11.0\u00a0ms</td><td>done</td>"), 0);
    free(page);
    record_release(&record);
}

/* Regression: what was written for gnuplot was shown, which is places on a page. */
static void numbers_are_what_was_measured(void **state)
{
    static const char areas[] = "# x\ty\n1\t2\n";
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    for (unsigned workers = 1; workers <= 4; workers *= 2) {
        made_add(&record, (struct made){.workload = "loop",
                                        .strategy = workers == 1 ? "serial" : "pthread",
                                        .workers = workers,
                                        .tasks = 4,
                                        .run_ns = 40e6 / workers,
                                        .epochs = 12,
                                        .blocks = 4});
    }
    put_picture("speedup-loop", "group\t1\n");
    put_picture("order-loop", "group\t1\n");
    put_picture("memory", "");
    file_put("memory.areas.tsv", areas, sizeof(areas) - 1);
    const struct record *const records[] = {&record};
    char *page = made_report(records, 1, ".");
    assert_non_null(strstr(page, "<th scope=\"row\">pthread</th><td>4</td><td>4.00 [4.00, 4.00]"));
    assert_non_null(strstr(page, "<th scope=\"row\">pthread (2)</th><td>12</td><td>20.0\u00a0ms"));
    assert_non_null(strstr(page, "The tables of memory below have the same in numbers."));
    assert_null(strstr(page, "<caption>areas"));
    free(page);
    record_release(&record);
}

static void strategies_with_several_workers_are_told_apart(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, "here", "loop");
    record.series[2].workers = 3;
    free(record.series[2].strategy);
    record.series[2].strategy = strdup("pthread");
    record.series[1].samples.items[0].minor_faults = 4;
    const struct record *const records[] = {&record};
    char *page = made_report(records, 1, NULL);
    assert_non_null(strstr(page, "<tr><th scope=\"row\">pthread (2)</th>"));
    assert_non_null(strstr(page, "<tr><th scope=\"row\">pthread (3)</th>"));
    free(page);
    record_release(&record);
}

static void tables_can_be_told_apart_by_ear(void **state)
{
    struct record first, second;

    (void)state;
    record_make(&first, "one", "loop");
    record_make(&second, "two", "loop");
    const struct record *const records[] = {&first, &second};
    char *page = made_report(records, 2, NULL);
    assert_int_equal(occurrences(page, "aria-label=\"Table\""), 0);
    assert_int_equal(occurrences(page, "<tbody"), occurrences(page, "</tbody>"));
    for (const char *p = page; (p = strstr(p, "scope=\"rowgroup\"")); p++) {
        assert_memory_equal(p - strlen("<tbody>\n<tr><th "), "<tbody>\n", 8);
    }
    assert_int_equal(occurrences(page, "<table class=\"claims\" role=\"table\">"), 2);
    free(page);
    record_release(&first);
    record_release(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_work_is_named_as_such),
        cmocka_unit_test(strategies_with_several_workers_are_told_apart),
        cmocka_unit_test(tables_can_be_told_apart_by_ear),
        FILE_TEST(a_picture_has_the_numbers_of_its_own_group),
        FILE_TEST(numbers_are_what_was_measured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
