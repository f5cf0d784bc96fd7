/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a series say what its trials are, and does a trial stay what it was? */
#include "tests/unit/intake_fixture.h"

static void a_trial_stays_what_it_was(void **state)
{
    struct series *series = ((struct record *)*state)->series;
    char why[HARNESS_WHY_SIZE] = "";

    assert_int_equal(
        ready(series, "{'workload':'nap','arguments':'','summary':'','workers':2}", why), -EPROTO);
    assert_string_equal(why, "the trial did not say what it is");
    assert_int_equal(ready(series, "{'tasks':4,'workers':2}", why), -EPROTO);
    assert_int_equal(ready(series, READY, why), 0);
    assert_int_equal(take(series, "{" NUMBERS "}", true, why), 0);
    assert_int_equal(ready(series, READY, why), 0);
    assert_int_equal(ready(series,
                           "{'workload':'nap','arguments':'tone=a','summary':'','workers':2,"
                           "'tasks':5}",
                           why),
                     -EPROTO);
    assert_string_equal(why, "it has 5 tasks now, it had 4");
    assert_int_equal(ready(series,
                           "{'workload':'nap','arguments':'tone=a','summary':'','workers':3,"
                           "'tasks':4}",
                           why),
                     -EPROTO);
    assert_string_equal(why, "it has 3 workers now, it had 2");
    assert_int_equal(ready(series,
                           "{'workload':'nap','arguments':'tone=b','summary':'','workers':2,"
                           "'tasks':4}",
                           why),
                     -EPROTO);
    assert_string_equal(why, "its arguments are not what they were, tone=a");
    assert_int_equal(ready(series,
                           "{'workload':'loop','arguments':'tone=a','summary':'','workers':2,"
                           "'tasks':4}",
                           why),
                     -EPROTO);
    assert_string_equal(why, "its workload is not what it was, nap");
    assert_string_equal(series->workload, "nap");
    assert_string_equal(series->arguments, "tone=a");
    assert_int_equal(series->workers, 2);
}

static void who_never_got_ready_is_described_by_a_sibling(void **state)
{
    struct series *known = ((struct record *)*state)->series;
    struct series lost = {.workload = strdup("./nap.so"),
                          .strategy = strdup("fork"),
                          .arguments = strdup(""),
                          .summary = strdup("")};
    char why[HARNESS_WHY_SIZE] = "";

    assert_int_equal(ready(known, READY, why), 0);
    assert_int_equal(intake_adopt(&lost, known, "7"), 0);
    assert_string_equal(lost.workload, "nap");
    assert_string_equal(lost.arguments, "tone=a");
    assert_string_equal(lost.summary, "4 tasks");
    assert_int_equal(lost.tasks, 4);
    assert_int_equal(lost.workers, 7);
    assert_int_equal(intake_adopt(&lost, known, "auto"), 0);
    free(lost.workload);
    free(lost.strategy);
    free(lost.arguments);
    free(lost.summary);
}

static void complaints_name_no_folders(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"plain words", "plain words"},
        {"/home/me/mine.so: no such file", "mine.so: no such file"},
        {"cannot open '/home/me/a b'", "cannot open 'a b'"},
        {"cannot open /home/me/", "cannot open "},
        {"two: /a/b and /c/d.", "two: b and d."},
        {"urls=/home/me/list, then", "urls=list, then"},
        {"and/or 1/2 a / b http://host/path", "and/or 1/2 a  b http://host/path"},
        {"no module (/home/me/x.so)", "no module (x.so)"},
    };
    char text[HARNESS_WHY_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        intake_text(cases[i][0], text);
        assert_string_equal(text, cases[i][1]);
    }
}

static void cold_is_open_run_and_close(void **state)
{
    json_t *value = object("{'open_ns':1,'run_ns':20,'close_ns':300}"), *empty = object("{}");

    (void)state;
    assert_int_equal(intake_cold_ns(value), 321);
    assert_int_equal(intake_cold_ns(empty), 0);
    json_decref(value);
    json_decref(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERIES_TEST(a_trial_stays_what_it_was),
        SERIES_TEST(who_never_got_ready_is_described_by_a_sibling),
        cmocka_unit_test(complaints_name_no_folders),
        cmocka_unit_test(cold_is_open_run_and_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
