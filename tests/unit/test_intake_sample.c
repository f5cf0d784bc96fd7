/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a sample taken into the record as it is, and what cannot be one refused whole? */
#include "tests/unit/intake_fixture.h"

static void every_member_finds_its_column(void **state)
{
    struct series *series = ((struct record *)*state)->series;
    char why[HARNESS_WHY_SIZE] = "";

    assert_int_equal(ready(series, READY, why), 0);
    assert_string_equal(series->workload, "nap");
    assert_string_equal(series->arguments, "tone=a");
    assert_string_equal(series->summary, "4 tasks");
    assert_int_equal(series->workers, 2);
    assert_int_equal(series->tasks, 4);
    assert_int_equal(take(series,
                          "{" NUMBERS ",'errors':[{'task':3,'text':'no'},{'task':3,'text':'no'}],"
                          "'finding':{'name':'lost','value':12},"
                          "'timeline':[[1,0,5,9,0],[0,1,6,6,1]]}",
                          false, why),
                     0);
    const struct sample expected = {.epoch = 3,
                                    .block = 4,
                                    .position = 1,
                                    .at_ns = 500,
                                    .open_ns = 1,
                                    .run_ns = 2,
                                    .close_ns = 3,
                                    .user_ns = 4,
                                    .system_ns = 5,
                                    .minor_faults = 6,
                                    .major_faults = 7,
                                    .switches_voluntary = 8,
                                    .switches_forced = 9,
                                    .cpu_before = 10,
                                    .cpu_after = 11,
                                    .failed = 0,
                                    .finding = 12};
    assert_int_equal(series->samples.count, 1);
    assert_int_equal(series->warmup.count, 0);
    assert_memory_equal(series->samples.items, &expected, sizeof(expected));
    assert_string_equal(series->answer, "aa");
    assert_true(series->consistent);
    assert_string_equal(series->finding, "lost");
    assert_int_equal(series->error_count, 1);
    assert_int_equal(series->errors[0].count, 2);
    assert_int_equal(series->timeline.count, 2);
    assert_int_equal(series->timeline.epoch, 3);
    assert_int_equal(series->timeline.block, 4);
    assert_int_equal(series->timeline.items[1].worker, 1);
    assert_true(series->timeline.items[1].failed);
    assert_int_equal(take(series, "{" NUMBERS "}", true, why), 0);
    assert_int_equal(series->samples.count, 1);
    assert_int_equal(series->warmup.count, 1);
}

static void another_answer_is_noticed_for_good(void **state)
{
    struct series *series = ((struct record *)*state)->series;
    char why[HARNESS_WHY_SIZE] = "";

    assert_int_equal(ready(series, READY, why), 0);
    assert_false(series->consistent);
    assert_int_equal(take(series, "{" NUMBERS "}", true, why), 0);
    assert_true(series->consistent);
    assert_int_equal(take(series, "{" NUMBERS ",'answer':'ab'}", false, why), 0);
    assert_false(series->consistent);
    assert_int_equal(take(series, "{" NUMBERS "}", false, why), 0);
    assert_false(series->consistent);
    assert_string_equal(series->answer, "aa");
    assert_int_equal(series->samples.count, 2);
}

static void what_was_counted_is_kept_apart(void **state)
{
    const struct place place = {.epoch = 3, .block = 10, .examined = true, .origin_ns = 1000};
    struct series *series = ((struct record *)*state)->series;
    char why[HARNESS_WHY_SIZE] = "";
    json_t *good = object("{" NUMBERS ",'events':{'run_delay_ns':7,'cycles':0,'new':1}}");
    json_t *wrong = object("{" NUMBERS ",'events':{'cycles':-1}}");

    assert_int_equal(ready(series, READY, why), 0);
    assert_int_equal(intake_sample(series, wrong, &place, why), -EPROTO);
    assert_string_equal(why, "cycles that are no number");
    assert_int_equal(intake_sample(series, good, &place, why), 0);
    json_decref(wrong);
    json_decref(good);
    assert_int_equal(series->samples.count + series->warmup.count, 0);
    assert_int_equal(series->examined.count, 1);
    const uint64_t *events = series->examined.items[0].events;
    assert_int_equal(events[EVENT_RUN_DELAY], 7);
    assert_int_equal(events[EVENT_CYCLES], 0);
    assert_true(events[EVENT_MIGRATIONS] == EVENT_UNKNOWN);
}

static void what_cannot_be_is_refused_whole(void **state)
{
    static const struct {
        const char *more, *why;
    } cases[] = {
        {"'run_ns':-1", "a sample without run_ns"},
        {"'run_ns':1.5", "a sample without run_ns"},
        {"'run_ns':'1'", "a sample without run_ns"},
        {"'run_ns':9007199254740992", "a sample without run_ns"},
        {"'cpu_before':-1", "a sample without cpu_before"},
        /* It would be later in the run than a file can say. */
        {"'start_ns':9000000000000000000", "a sample without start_ns"},
        {"'start_ns':9007199254741992", "a sample without start_ns"},
        {"'start_ns':-1", "a sample without start_ns"},
        {"'start_ns':null", "a sample without start_ns"},
        {"'answer':null", "a sample without an answer"},
        {"'finding':{'value':1}", "a finding that is none"},
        {"'finding':{'name':'x','value':-1}", "a finding that is none"},
        {"'finding':7", "a finding that is none"},
        {"'errors':[{'task':0,'text':'x'},{'task':4,'text':'x'}]",
         "an error of a task that does not exist"},
        {"'errors':[{'task':-1,'text':'x'}]", "an error of a task that does not exist"},
        {"'errors':['x']", "an error of a task that does not exist"},
        {"'timeline':[[0,0,1,2,0],[4,0,1,2,0]]", "a timeline that cannot be"},
        {"'timeline':[[0,0,2,1,0]]", "a timeline that cannot be"},
        {"'timeline':[[0,0,-2,1,0]]", "a timeline that cannot be"},
        {"'timeline':[[0,0,1,2,2]]", "a timeline that cannot be"},
        {"'timeline':[[0,4294967296,1,2,0]]", "a timeline that cannot be"},
        {"'timeline':[[0,0,1,2]]", "a timeline that cannot be"},
        {"'timeline':[7]", "a timeline that cannot be"},
    };
    struct series *series = ((struct record *)*state)->series;
    char why[HARNESS_WHY_SIZE] = "", text[1000];

    assert_int_equal(ready(series, READY, why), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        memset(why, 'x', sizeof(why));
        snprintf(text, sizeof(text), "{" NUMBERS ",%s}", cases[i].more);
        assert_int_equal(take(series, text, false, why), -EPROTO);
        assert_string_equal(why, cases[i].why);
    }
    assert_int_equal(take(series, "{}", false, why), -EPROTO);
    assert_int_equal(series->samples.count + series->warmup.count, 0);
    assert_int_equal(series->error_count + series->timeline.count, 0);
    assert_null(series->answer);
    assert_null(series->finding);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERIES_TEST(every_member_finds_its_column),
        SERIES_TEST(another_answer_is_noticed_for_good),
        SERIES_TEST(what_was_counted_is_kept_apart),
        SERIES_TEST(what_cannot_be_is_refused_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
