/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that was cut short goes on as if it had not been: no sample is lost or taken twice, epochs
 * and clock run on, and no random order is used again. */
#include "tests/unit/resume_fixture.h"

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

/* Whether the cells of nap took the same turns in two epochs. */
static bool same_turns(const struct record *record, uint64_t epoch, uint64_t other)
{
    for (size_t i = 3; i < 6; i++) {
        const struct sample_list *list = &record->series[i].samples;

        assert_string_equal(record->series[i].workload, "nap");
        for (size_t block = 0; block < BLOCKS; block++) {
            if (list->items[epoch * BLOCKS + block].position !=
                list->items[other * BLOCKS + block].position) {
                return false;
            }
        }
    }
    return true;
}

static void it_goes_on_where_it_was(void **state)
{
    struct ran ran = {0}, again = {0};
    struct record before;

    fake_script(*state, "{'*':{'run_ns':1000}}");
    /* Two whole rounds of two workloads with four blocks and one that examines, and of a third one
     * half an epoch. */
    cut_short(*state, &ran, 2 * 2 * 5 + 3);
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
    cut_short(*state, &ran, 1 * 2 * 5 + 1);
    forget(&ran);
    bool as_before = true;
    for (unsigned part = 0; part < 3; part++) {
        assert_int_equal(go_on(*state, &again, &before, (struct run_settings){.epochs = part + 2}),
                         0);
        assert_int_equal(resumed_number(&again.record, part, "epochs"), part + 1);
        assert_int_equal(again.record.series[0].samples.count, (part + 2) * BLOCKS);
        as_before = as_before && same_turns(&again.record, 0, part + 1);
        /* For the test it has not ended. */
        json_object_set_new(again.record.head, "complete", json_false());
        assert_int_equal(record_save(&again.record, ran.path), 0);
        forget(&again);
    }
    assert_false(as_before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(it_goes_on_where_it_was),
        FAKE_TEST(it_can_be_cut_short_many_times),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
