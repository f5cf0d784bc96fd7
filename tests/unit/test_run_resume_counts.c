/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run had given up, measured again, or used of its time when it was cut short is remembered
 * by its file alone. */
#include "record/epochs.h"
#include "tests/unit/resume_fixture.h"

static void who_was_given_up_stays_so(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000},"
                        "'nap fork':{'fail':{'after':2,'how':'exit','text':'no more'}},"
                        "'pthread':{'fail':{'after':-1,'how':'skip','text':'not here'}}}");
    cut_short(*state, &ran, 3 * 2 * 5 + 1);
    size_t forks = fake_count(*state, "start", "fork"),
           others = fake_count(*state, "start", "pthread");
    assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.budget_ns = 0}), 0);
    for (size_t i = 0; i < 6; i++) {
        const struct series *series = &again.record.series[i];
        bool given_up =
            strcmp(series->workload, "nap") == 0 && strcmp(series->strategy, "fork") == 0;

        assert_int_equal(series->failure_count, given_up ? 3 : 0);
        assert_int_equal(series->samples.count, strcmp(series->strategy, "pthread") == 0 ? 0
                                                : given_up                               ? 3
                                                           : EPOCHS * BLOCKS);
    }
    /* One that only looks whether all is well, and two epochs, of loop alone. */
    assert_int_equal(fake_count(*state, "start", "fork"), forks + 1 + 2);
    assert_int_equal(fake_count(*state, "start", "pthread"), others);
    forget(&ran);
    forget(&again);
}

/* What was measured again does not count as planned, and what others disturbed not as quiet. */
static void check_repeats(const char *folder, bool repeated)
{
    static const struct load_share noise = {.has_foreign = true, .foreign_permille = 900},
                                   quiet = {0};
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(folder, "{'*':{'run_ns':1000}}");
    cut_short(folder, &ran, 3 * 2 * 5 + 1);
    assert_int_equal(record_add_epoch(&ran.record, "nap", 1, &noise, false), 0);
    assert_int_equal(record_add_epoch(&ran.record, "nap", 2, &quiet, repeated), 0);
    assert_int_equal(record_save(&ran.record, ran.path), 0);
    assert_int_equal(go_on(folder, &again, &before, (struct run_settings){.no_repeats = repeated}),
                     0);
    for (size_t i = 0; i < 6; i++) {
        const struct series *series = &again.record.series[i];
        bool nap = strcmp(series->workload, "nap") == 0;

        assert_int_equal(series->samples.count, (EPOCHS + nap) * BLOCKS);
    }
    forget(&ran);
    forget(&again);
}

static void repeats_are_remembered(void **state)
{
    check_repeats(*state, true);
}

static void what_was_loud_is_repeated(void **state)
{
    check_repeats(*state, false);
}

/* What is left of it is not enough for a round, which takes a quarter of a second. */
static void the_budget_is_of_the_whole_run(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000,'sleep_ms':10}}");
    cut_short(*state, &ran, 2 * 2 * 5 + 1);
    uint64_t begun = fake_count(*state, "timeline", NULL);
    uint64_t budget_ns = (uint64_t)record_number(&ran.record, "duration_ns", 0) + 150000000;
    assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.budget_ns = budget_ns}),
                     0);
    assert_string_equal(record_text(&again.record, "stopped_by"), "budget");
    assert_true(record_complete(&again.record));
    assert_int_equal(fake_count(*state, "timeline", NULL), begun);
    forget(&ran);
    forget(&again);
}

static void what_was_not_measured_once_is_no_beginning(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before, there;
    char why[RECORD_WHY_SIZE];

    fake_script(*state, "{'*':{'run_ns':1000}}");
    cut_short(*state, &ran, 3);
    assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.budget_ns = 0}),
                     -EINVAL);
    assert_non_null(strstr(again.why, "/result.json: it ended in its first round, before all was "
                                      "measured once: run it anew"));
    assert_false(again.measured);
    assert_int_equal(record_load(ran.path, &there, why), 0);
    assert_string_equal(record_text(&there, "stopped_by"), "interrupt");
    record_release(&there);
    forget(&ran);
    forget(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(who_was_given_up_stays_so),
        FAKE_TEST(repeats_are_remembered),
        FAKE_TEST(what_was_loud_is_repeated),
        FAKE_TEST(the_budget_is_of_the_whole_run),
        FAKE_TEST(what_was_not_measured_once_is_no_beginning),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
