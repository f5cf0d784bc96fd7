/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that was cut short goes on as if it had not been: no sample is lost or taken twice, epochs
 * and clock run on, and what was given up or ended before stays so. */
#include "record/epochs.h"
#include "tests/unit/run_fixture.h"

#define BLOCKS 3 /* timed, of the fake profile; one more is for warming up */
#define EPOCHS 5u

/* Calls between blocks, of which the n-th ends the run. */
static unsigned calls, stop_at;

static void stop_in_time(const struct run_progress *progress, void *context)
{
    struct ran *ran = context;

    ran->stopped = progress->epoch > 0 && ++calls == stop_at;
}

static int begin(const char *folder, struct ran *ran, unsigned stop, struct run_settings settings)
{
    calls = 0;
    stop_at = stop;
    settings.epochs = settings.epochs ? settings.epochs : EPOCHS;
    settings.progress = stop_in_time;
    return run(folder, ran, settings);
}

/* A run that ^C ended before that block, counted over both workloads; its file is let go of. */
static void cut_short(const char *folder, struct ran *ran, unsigned stop)
{
    assert_int_equal(begin(folder, ran, stop, (struct run_settings){.seed = 1}), -EINTR);
    record_file_end(&ran->file);
}

static int go_on(const char *folder, struct ran *again, struct record *before,
                 struct run_settings settings)
{
    struct record_file file;
    char path[256], why[RECORD_WHY_SIZE] = "";

    snprintf(path, sizeof(path), "%s/result.json", folder);
    if (record_file_resume(path, &file, before, why) < 0) {
        fail_msg("%s", why);
    }
    settings.resumed = before;
    settings.file = &file;
    settings.seed = 1;
    int r = begin(folder, again, 0, settings);
    record_file_end(&file);
    return r;
}

static size_t count_epoch(const struct sample_list *list, uint64_t epoch)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        count += list->items[i].epoch == epoch;
    }
    return count;
}

/* What was there is there, in its place, and time has not run backwards. */
static void check_kept(const struct sample_list *before, const struct sample_list *after)
{
    assert_true(after->count >= before->count);
    for (size_t i = 0; i < before->count; i++) {
        assert_memory_equal(&before->items[i], &after->items[i], sizeof(struct sample));
    }
    for (size_t i = 1; i < after->count; i++) {
        assert_true(after->items[i].at_ns > after->items[i - 1].at_ns);
    }
}

static int64_t resumed_number(const struct record *record, size_t index, const char *name)
{
    const json_t *list = json_object_get(record->head, "resumed");
    const json_t *value = json_object_get(json_array_get(list, index), name);

    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static void it_goes_on_where_it_was(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000}}");
    /* Two whole rounds of two workloads with four blocks, and of a third one half an epoch. */
    cut_short(*state, &ran, 2 * 2 * 4 + 3);
    assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.budget_ns = 0}), 0);
    assert_true(record_complete(&again.record));
    assert_null(record_text(&again.record, "stopped_by"));
    assert_int_equal(json_array_size(json_object_get(again.record.head, "resumed")), 1);
    assert_int_equal(resumed_number(&again.record, 0, "epochs"), 2);
    assert_int_equal(resumed_number(&again.record, 0, "after_ns"),
                     record_number(&ran.record, "duration_ns", 0));
    assert_int_equal(again.record.series_count, 6);
    size_t halves = 0;
    for (size_t i = 0; i < 6; i++) {
        const struct series *was = &ran.record.series[i], *is = &again.record.series[i];
        /* The half epoch is kept, and one more is measured in its place. */
        size_t half = count_epoch(&was->samples, 2);

        assert_string_equal(is->strategy, was->strategy);
        check_kept(&was->samples, &is->samples);
        check_kept(&was->warmup, &is->warmup);
        assert_int_equal(is->samples.count, EPOCHS * BLOCKS + half);
        assert_int_equal(count_epoch(&is->samples, EPOCHS - 1), BLOCKS);
        assert_int_equal(count_epoch(&is->samples, EPOCHS), half ? BLOCKS : 0);
        assert_int_equal(half, half ? 1 : 0);
        halves += half;
        assert_int_equal(is->failure_count, 0);
    }
    assert_int_equal(halves, 3);
    forget(&ran);
    forget(&again);
}

static void it_can_be_cut_short_many_times(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000}}");
    cut_short(*state, &ran, 1 * 2 * 4 + 1);
    forget(&ran);
    for (unsigned part = 0; part < 3; part++) {
        assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.epochs = part + 2}),
                         0);
        assert_int_equal(resumed_number(&again.record, part, "epochs"), part + 1);
        assert_int_equal(again.record.series[0].samples.count, (part + 2) * BLOCKS);
        /* For the test it has not ended. */
        json_object_set_new(again.record.head, "complete", json_false());
        assert_int_equal(record_save(&again.record, ran.path), 0);
        forget(&again);
    }
}

static void who_was_given_up_stays_so(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000},"
                        "'nap fork':{'fail':{'after':2,'how':'exit','text':'no more'}},"
                        "'pthread':{'fail':{'after':-1,'how':'skip','text':'not here'}}}");
    cut_short(*state, &ran, 3 * 2 * 4 + 1);
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

/* What others disturbed does not count as quiet, and what was measured again not as planned. */
static void repeats_are_remembered(void **state)
{
    static const struct load_share noise = {.has_foreign = true, .foreign_permille = 900},
                                   quiet = {0};
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000}}");
    cut_short(*state, &ran, 3 * 2 * 4 + 1);
    assert_int_equal(record_add_epoch(&ran.record, "nap", 1, &noise, false), 0);
    assert_int_equal(record_add_epoch(&ran.record, "nap", 2, &quiet, true), 0);
    assert_int_equal(record_save(&ran.record, ran.path), 0);
    assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.budget_ns = 0}), 0);
    for (size_t i = 0; i < 6; i++) {
        const struct series *series = &again.record.series[i];
        bool nap = strcmp(series->workload, "nap") == 0;

        assert_int_equal(series->samples.count, (EPOCHS + nap) * BLOCKS);
    }
    forget(&ran);
    forget(&again);
}

static void the_budget_is_of_the_whole_run(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000,'sleep_ms':1}}");
    cut_short(*state, &ran, 2 * 2 * 4 + 1);
    uint64_t begun = fake_count(*state, "timeline", NULL);
    uint64_t budget_ns = (uint64_t)record_number(&ran.record, "duration_ns", 0) + 1;
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
    assert_string_equal(again.why,
                        "it ended in its first round, before all was measured once: run it anew");
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
        FAKE_TEST(it_goes_on_where_it_was),
        FAKE_TEST(it_can_be_cut_short_many_times),
        FAKE_TEST(who_was_given_up_stays_so),
        FAKE_TEST(repeats_are_remembered),
        FAKE_TEST(the_budget_is_of_the_whole_run),
        FAKE_TEST(what_was_not_measured_once_is_no_beginning),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(50);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
