/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However a trial fails, the record tells how, keeps what it gave before, and the other trials of
 * the epoch go on. */
#include "tests/unit/epoch_fixture.h"

static void check_failure(void **state, const char *script, const char *text, size_t warmup,
                          size_t samples, uint64_t limit_ns)
{
    struct staged staged;

    fake_script(*state, script);
    stage(&staged);
    staged.runners.sample_limit_ns = limit_ns;
    assert_int_equal(run(&staged), 0);
    const struct series *lost = &staged.record.series[1];
    assert_int_equal(lost->failure_count, 1);
    assert_string_equal(lost->failures[0].text, text);
    assert_int_equal(lost->warmup.count, warmup);
    assert_int_equal(lost->samples.count, samples);
    assert_null(lost->skipped);
    assert_string_equal(lost->arguments, "tone=a");
    assert_int_equal(lost->tasks, 4);
    assert_int_equal(lost->workers, 3);
    for (size_t i = 0; i < CELLS; i += 2) {
        const struct series *other = &staged.record.series[i];

        assert_int_equal(other->failure_count, 0);
        assert_int_equal(other->warmup.count, WARMUP);
        assert_int_equal(other->samples.count, BLOCKS);
    }
    assert_int_equal(staged.cells[1].failures, 1);
    assert_false(staged.cells[1].given_up);
    check_gone(*state);
    unstage(&staged);
}

static void failures_are_told_and_disturb_nobody(void **state)
{
    check_failure(state, FAIL("'fail':{'after':-1,'how':'exit','text':'no more threads'}"),
                  "no more threads", 0, 0, LONG_NS);
    check_failure(state,
                  FAIL("'fail':{'after':4,'how':'exit','text':'open /home/me/x failed',"
                       "'chatter':9000}"),
                  "open x failed", WARMUP, 2, LONG_NS);
    check_failure(state, FAIL("'fail':{'after':2,'how':'silent'}"),
                  "the trial ended without a word", WARMUP, 0, LONG_NS);
    check_failure(state, FAIL("'fail':{'after':3,'how':'killed'}"),
                  "the trial was killed by SIGKILL", WARMUP, 1, LONG_NS);
    check_failure(state, FAIL("'fail':{'after':3,'how':'garbage'}"),
                  "the trial answered what is no JSON object", WARMUP, 1, LONG_NS);
    check_failure(state, FAIL("'fail':{'after':3,'how':'endless'}"),
                  "the trial answered without an end; killed", WARMUP, 1, LONG_NS);
    /* A task may end the trial with any status: it is no word of the trial's own. */
    check_failure(state, FAIL("'fail':{'after':3,'how':'skip','text':'bye'}"), "bye", WARMUP, 1,
                  LONG_NS);
    check_failure(state, FAIL("'fail':{'after':3,'how':'usage','text':'bye'}"), "bye", WARMUP, 1,
                  LONG_NS);
    check_failure(state, FAIL("'sample':{'run_ns':-5}"), "a sample without run_ns", 0, 0, LONG_NS);
    check_failure(state, FAIL("'ready':{'tasks':0}"), "the trial did not say what it is", 0, 0,
                  LONG_NS);
}

static void silence_is_ended(void **state)
{
    const uint64_t before_ns = clock_ns();

    check_failure(state, FAIL("'fail':{'after':3,'how':'hang'}"),
                  "timeout: no answer within 3.00 s; killed", WARMUP, 1, 3000000000u);
    check_failure(state, FAIL("'fail':{'after':-1,'how':'hang'}"),
                  "timeout: no answer within 3.00 s; killed", 0, 0, 3000000000u);
    assert_true(clock_ns() - before_ns < 30000000000u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(failures_are_told_and_disturb_nobody),
        FAKE_TEST(silence_is_ended),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
