/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However a run ends, by the clock, by the user, by a full disk or by a wrong word, what was
 * measured until then is kept, and what was not is not made up. */
#include "tests/unit/run_fixture.h"

#define BUDGET_NS 500000000u

static unsigned told; /* how often it was said how long it would take */

static void keep_to_the_budget(const struct run_progress *progress, void *context)
{
    (void)context;
    told += progress->left_ns > 0;
    assert_true(progress->left_ns == 0 || progress->elapsed_ns + progress->left_ns <= BUDGET_NS);
}

static void the_budget_ends_it_between_rounds(void **state)
{
    struct ran ran = {0};

    fake_script(*state, "{'*':{'run_ns':1000,'sleep_ms':2}}");
    assert_int_equal(
        run(*state, &ran, (struct run_settings){.seed = 1, .epochs = 1000, .budget_ns = 1}), 0);
    assert_string_equal(record_text(&ran.record, "stopped_by"), "budget");
    assert_true(record_complete(&ran.record));
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(ran.record.series[i].samples.count, 3);
    }
    forget(&ran);
    const struct run_settings settings = {
        .seed = 1, .epochs = 1000, .budget_ns = BUDGET_NS, .progress = keep_to_the_budget};
    assert_int_equal(run(*state, &ran, settings), 0);
    assert_true(told > 0);
    assert_string_equal(record_text(&ran.record, "stopped_by"), "budget");
    assert_true(ran.record.series[0].samples.count < 1000);
    assert_int_equal(ran.record.series[0].samples.count % 3, 0);
    forget(&ran);
}

static void check_interrupted(struct ran *ran, const char *path)
{
    struct record record;
    char why[RECORD_WHY_SIZE] = "";

    if (record_load(path, &record, why) < 0) {
        fail_msg("%s", why);
    }
    assert_true(ran->measured);
    assert_false(record_complete(&record));
    assert_string_equal(record_text(&record, "stopped_by"), "interrupt");
    record_release(&record);
}

static void an_interruption_keeps_what_was_measured(void **state)
{
    struct ran ran = {.stop_in_epoch = 2};

    fake_script(*state, "{'*':{'run_ns':1000}}");
    assert_int_equal(run(*state, &ran, (struct run_settings){.seed = 1}), -EINTR);
    check_interrupted(&ran, ran.path);
    assert_int_equal(ran.record.series[0].samples.count, 3);
    forget(&ran);
}

/* What ^C cut short has not ended by its epochs, though there are samples of the last of them. */
static void half_an_epoch_is_none(void **state)
{
    struct ran ran = {.stop_in_epoch = 2};
    const json_t *entry;
    size_t i;

    fake_script(*state, "{'*':{'run_ns':1000}}");
    assert_int_equal(run(*state, &ran, (struct run_settings){.seed = 1}), -EINTR);
    assert_int_equal(json_array_size(json_object_get(ran.record.head, "stopping")), 2);
    json_array_foreach(json_object_get(ran.record.head, "stopping"), i, entry)
    {
        assert_string_equal(json_string_value(json_object_get(entry, "reason")), "interrupt");
        assert_int_equal(json_integer_value(json_object_get(entry, "epochs")), 1);
    }
    forget(&ran);
}

static unsigned calls;

/* In the third cell of four whose memory is read, after three looks and two epochs of five blocks
 * each. */
static void stop_while_memory_is_read(const struct run_progress *progress, void *context)
{
    struct ran *ran = context;
    char why[RECORD_WHY_SIZE] = "";
    struct record record;

    (void)progress;
    ran->stopped = ++calls == 3 + 2 * 5 + 3;
    if (ran->stopped) {
        assert_int_equal(record_load(ran->path, &record, why), 0);
        assert_false(record_complete(&record));
        record_release(&record);
    }
}

static void without_its_memory_a_result_is_incomplete(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;
    struct record_file file;
    struct run_settings settings = {
        .epochs = 1, .memory = true, .progress = stop_while_memory_is_read};
    char why[RECORD_WHY_SIZE] = "";

    fake_script(*state, "{'*':{'run_ns':1000}}");
    calls = 0;
    assert_int_equal(run(*state, &ran, settings), -EINTR);
    check_interrupted(&ran, ran.path);
    record_file_end(&ran.file);
    /* Nothing is measured again but that. */
    assert_int_equal(record_file_resume(ran.path, &file, &before, why), 0);
    settings.resumed = &before;
    settings.file = &file;
    assert_int_equal(run(*state, &again, settings), 0);
    assert_true(record_complete(&again.record));
    assert_null(record_text(&again.record, "stopped_by"));
    assert_int_equal(again.record.series[0].samples.count, 3);
    record_file_end(&file);
    forget(&again);
    forget(&ran);
}

static void an_interruption_while_calibrating_leaves_a_file(void **state)
{
    static const char *const one[] = {"nap", NULL};
    static volatile sig_atomic_t stopped = 1;
    struct ran ran = {.stopped = 1};
    struct run_settings settings = {
        .plan = {.profile = &fake_profile, .workloads = one},
        .trial = fake_trial(),
        .label = "here",
        .scratch = *state,
        .stopped = &stopped,
        .file = &ran.file,
    };

    fake_script(*state, "{'*':{'run_ns':1000}}");
    snprintf(ran.path, sizeof(ran.path), "%s/result.json", (char *)*state);
    ran.file = (struct record_file){.path = ran.path, .fd = -1};
    settings.argv = ran.argv = json_pack("[s]", "run");
    assert_int_equal(run_execute(&settings, &ran.record, &ran.measured, ran.why), -EINTR);
    check_interrupted(&ran, ran.path);
    assert_int_equal(fake_count(*state, "start", NULL), 0);
    forget(&ran);
}

static void a_file_that_cannot_be_saved_ends_it(void **state)
{
    struct ran ran = {.elsewhere = "/nonexistent/r.json"};

    fake_script(*state, "{'*':{'run_ns':1000}}");
    assert_int_equal(run(*state, &ran, (struct run_settings){.seed = 1}), -ENOENT);
    assert_string_equal(ran.why, "cannot write /nonexistent/r.json: No such file or directory");
    assert_true(ran.measured);
    assert_int_equal(ran.record.series[0].samples.count, 3);
    forget(&ran);
}

static void wrong_requests_measure_nothing(void **state)
{
    struct ran ran = {0};

    fake_script(*state, "{'*':{'run_ns':1000,'fail':{'after':-1,'how':'usage','text':'no tone'}}}");
    assert_int_equal(run(*state, &ran, (struct run_settings){.seed = 1}), -EINVAL);
    assert_string_equal(ran.why, "no tone");
    assert_false(ran.measured);
    forget(&ran);
    assert_int_equal(run(*state, &ran, (struct run_settings){.plan = {.strategies = "fork2"}}),
                     -EINVAL);
    assert_string_equal(ran.why, "unknown strategy 'fork2'; did you mean 'fork'?");
    assert_false(ran.measured);
    assert_int_equal(access(ran.path, F_OK), -1);
    forget(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(the_budget_ends_it_between_rounds),
        FAKE_TEST(an_interruption_keeps_what_was_measured),
        FAKE_TEST(an_interruption_while_calibrating_leaves_a_file),
        FAKE_TEST(half_an_epoch_is_none),
        FAKE_TEST(without_its_memory_a_result_is_incomplete),
        FAKE_TEST(a_file_that_cannot_be_saved_ends_it),
        FAKE_TEST(wrong_requests_measure_nothing),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
