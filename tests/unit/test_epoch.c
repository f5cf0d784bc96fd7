/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One epoch with the fake trial program: who is asked when, who is asked again, and who is left
 * when it is over. */
#include "tests/unit/epoch_fixture.h"

#include <errno.h>

/* Blocks are permutations of all cells; the record tells the positions that the trials saw. */
static void blocks_are_permutations(void **state)
{
    struct staged staged;
    struct fake_event *events;
    size_t first[CELLS], as_first = 0, at = 0;

    fake_script(*state, "{'*':{'run_ns':[10,11,12,13,14,15,16],'looks':0,"
                        "'events':{'migrations':3,'run_delay_ns':0}}}");
    stage(&staged);
    staged.settings.number = 4;
    assert_int_equal(run(&staged), 0);
    assert_int_equal(staged.between, WARMUP + BLOCKS + 1);
    size_t count = fake_events(*state, &events);
    while (at < count && strcmp(events[at].name, "sample") != 0) {
        assert_string_equal(events[at++].name, "start");
    }
    assert_int_equal(at, CELLS);
    for (uint64_t block = 0; block < WARMUP + BLOCKS; block++) {
        unsigned seen = 0;

        for (uint64_t position = 0; position < CELLS; position++, at++) {
            size_t cell = 0;

            while (strcmp(events[at].strategy, strategies[cell]) != 0) {
                cell++;
            }
            const struct series *series = &staged.record.series[cell];
            const struct sample *sample = block < WARMUP ? &series->warmup.items[block]
                                                         : &series->samples.items[block - WARMUP];
            assert_int_equal(sample->epoch, 4);
            assert_int_equal(sample->block, block);
            assert_int_equal(sample->position, position);
            assert_int_equal(sample->run_ns, 10 + block);
            assert_int_equal(events[at].detail, block);
            assert_string_equal(events[at].name,
                                block + 1 < WARMUP + BLOCKS ? "sample" : "timeline");
            first[position] = block == 0 ? cell : first[position];
            as_first += first[position] == cell;
            seen |= 1u << cell;
        }
        assert_int_equal(seen, (1u << CELLS) - 1);
    }
    assert_true(as_first < CELLS * (WARMUP + BLOCKS));
    for (size_t i = 0; i < CELLS; i++, at++) {
        const struct sample_list *examined = &staged.record.series[i].examined;

        /* After all that was timed, and not among it. */
        assert_string_equal(events[at].name, "examine");
        assert_int_equal(examined->count, 1);
        assert_int_equal(examined->items[0].block, WARMUP + BLOCKS);
        assert_int_equal(examined->items[0].events[EVENT_MIGRATIONS], 3);
        assert_int_equal(examined->items[0].events[EVENT_RUN_DELAY], 0);
        assert_true(examined->items[0].events[EVENT_CYCLES] == EVENT_UNKNOWN);
        assert_int_equal(staged.record.series[i].warmup.count, WARMUP);
        assert_int_equal(staged.record.series[i].samples.count, BLOCKS);
    }
    assert_int_equal(fake_count(*state, "end", NULL), CELLS);
    free(events);
    check_gone(*state);
    unstage(&staged);
}

static void what_cannot_run_here_is_skipped(void **state)
{
    struct staged staged;

    fake_script(*state, "{'*':{'looks':0},'fork':{'fail':{'after':-1,'how':'skip',"
                        "'text':'workload nap: no network'}}}");
    stage(&staged);
    assert_int_equal(run(&staged), 0);
    assert_int_equal(run(&staged), 0);
    assert_string_equal(staged.record.series[2].skipped, "workload nap: no network");
    assert_int_equal(staged.record.series[2].failure_count, 0);
    assert_true(staged.cells[2].given_up);
    assert_int_equal(fake_count(*state, "fail", "fork"), 1);
    assert_int_equal(staged.record.series[0].samples.count, 2 * BLOCKS);
    unstage(&staged);
}

static void a_cell_is_given_up_after_three_failures(void **state)
{
    struct staged staged;

    fake_script(*state, FAIL("'fail':{'after':3,'how':'exit','text':'again'}"));
    stage(&staged);
    for (uint64_t epoch = 0; epoch < CELL_TRIES + 2; epoch++) {
        staged.settings.number = epoch;
        assert_int_equal(run(&staged), 0);
        assert_int_equal(staged.cells[1].given_up, epoch + 1 >= CELL_TRIES);
    }
    const struct series *lost = &staged.record.series[1];
    assert_int_equal(lost->failure_count, CELL_TRIES);
    assert_int_equal(lost->failures[2].epoch, 2);
    assert_int_equal(lost->samples.count, CELL_TRIES);
    assert_int_equal(fake_count(*state, "start", "pthread"), CELL_TRIES);
    assert_int_equal(staged.record.series[0].samples.count, (CELL_TRIES + 2) * BLOCKS);
    unstage(&staged);
}

static void other_tasks_are_no_longer_the_same_cell(void **state)
{
    struct staged staged;

    fake_script(*state, FAIL("'tasks_later':1"));
    stage(&staged);
    assert_int_equal(run(&staged), 0);
    assert_int_equal(staged.record.series[1].failure_count, 0);
    assert_int_equal(run(&staged), 0);
    assert_int_equal(staged.record.series[1].failure_count, 1);
    assert_string_equal(staged.record.series[1].failures[0].text, "it has 5 tasks now, it had 4");
    unstage(&staged);
}

static void nobody_outlives_the_epoch(void **state)
{
    struct staged staged;

    fake_script(*state, "{'*':{'leaves':true,'looks':0},'fork':{'fail':{'after':1,'how':'exit'}}}");
    stage(&staged);
    assert_int_equal(run(&staged), 0);
    assert_int_equal(fake_count(*state, "left", NULL), CELLS);
    for (uint64_t until_ns = clock_ns() + 1000000000u; clock_ns() < until_ns;) {
        clock_sleep_until(clock_ns() + 5000000u); /* init buries the dead */
    }
    check_gone(*state);
    unstage(&staged);
}

static void a_stop_is_obeyed_and_keeps_what_is_there(void **state)
{
    struct staged staged;

    fake_script(*state, "{'*':{'looks':0}}");
    stage(&staged);
    staged.stop_after = WARMUP + 2;
    assert_int_equal(run(&staged), -EINTR);
    for (size_t i = 0; i < CELLS; i++) {
        assert_int_equal(staged.record.series[i].warmup.count, WARMUP);
        assert_int_equal(staged.record.series[i].samples.count, 1);
        assert_int_equal(staged.record.series[i].failure_count, 0);
    }
    assert_int_equal(fake_count(*state, "end", NULL), CELLS);
    check_gone(*state);
    unstage(&staged);
}

static void a_trial_that_cannot_be_started_is_a_failure(void **state)
{
    struct staged staged;

    (void)state;
    stage(&staged);
    staged.runners.trial = "/nonexistent/trial";
    assert_int_equal(run(&staged), 0);
    for (size_t i = 0; i < CELLS; i++) {
        assert_int_equal(staged.record.series[i].failure_count, 1);
        assert_string_equal(staged.record.series[i].failures[0].text,
                            "cannot start a trial: No such file or directory");
    }
    unstage(&staged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(blocks_are_permutations),
        FAKE_TEST(what_cannot_run_here_is_skipped),
        FAKE_TEST(a_cell_is_given_up_after_three_failures),
        FAKE_TEST(other_tasks_are_no_longer_the_same_cell),
        FAKE_TEST(nobody_outlives_the_epoch),
        FAKE_TEST(a_stop_is_obeyed_and_keeps_what_is_there),
        FAKE_TEST(a_trial_that_cannot_be_started_is_a_failure),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
