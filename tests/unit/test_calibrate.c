/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the number of tasks chosen so that samples are long enough to be trusted, the same for all
 * strategies, and is a wrong argument found while looking? */
#include "harness/calibrate.h"

#include "tests/unit/fake_fixture.h"

#include <errno.h>

static void tasks_are_enough_but_not_too_many(void **state)
{
    static const struct {
        uint64_t tasks, fastest_ns, slowest_ns, expected_least, expected_most;
    } cases[] = {
        {100, 1000000, 1000000, 1000, 1400}, /* the shortest sample gets longer than 10 ms */
        /* unless the slowest took too long then */
        {100, 1000000, 10000000, SAMPLE_LONGEST_NS / 100000, SAMPLE_LONGEST_NS / 100000 + 4},
        {100, 100, 100, 1000000, 1000000},     /* never more than a million */
        {100, 0, 0, 1000000, 1000000},         /* a clock that stands */
        {100, 10000000000, 10000000000, 4, 4}, /* never fewer than four */
        {100, 0, UINT64_MAX, 4, 4},
        {4, 10000000, 10000000, 4, 8},
        {16777216, 1, UINT64_MAX, 4, 4},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        uint64_t tasks = calibrate_tasks(cases[i].tasks, cases[i].fastest_ns, cases[i].slowest_ns);

        if (tasks < cases[i].expected_least || tasks > cases[i].expected_most || tasks % 4) {
            fail_msg("case %zu gives %llu", i, (unsigned long long)tasks);
        }
    }
}

struct looked {
    struct cell cells[3];
    struct cell_set set;
    char why[HARNESS_WHY_SIZE];
};

static int look(struct looked *looked, uint64_t tasks, sig_atomic_t stopped)
{
    static char *sets[] = {NULL};
    const struct runner_settings runners = {
        .trial = fake_trial(), .scratch = "/tmp", .sample_limit_ns = 400000000u};
    const volatile sig_atomic_t flag = stopped;

    *looked = (struct looked){
        .cells = {{.strategy = (char *)"serial"},
                  {.strategy = (char *)"pthread"},
                  {.strategy = (char *)"fork"}},
        .set = {.count = 3},
    };
    looked->set.cells = looked->cells;
    for (size_t i = 0; i < 3; i++) {
        looked->cells[i].workload = (char *)"nap";
        looked->cells[i].workers = (char *)"auto";
        looked->cells[i].sets = sets;
        looked->cells[i].tasks = tasks;
    }
    return calibrate_set(&runners, &looked->set, &flag, looked->why);
}

static void the_same_number_for_all(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'tasks':10,'run_ns':[900,300,500]},"
                        "'fork':{'open_ns':1000,'close_ns':700,'run_ns':100000}}");
    assert_int_equal(look(&looked, 0, 0), 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(looked.cells[i].tasks, looked.cells[0].tasks);
    }
    /* The slowest takes 101700 ns, whatever it is told to do: the first round takes as many times
     * 10 tasks as fit into the longest sample, the second as many times that. */
    uint64_t first = (uint64_t)(10.0 * SAMPLE_LONGEST_NS / 101700 + 3) / 4 * 4;
    uint64_t second = (uint64_t)((double)first * SAMPLE_LONGEST_NS / 101700 + 3) / 4 * 4;
    assert_int_equal(looked.cells[0].tasks, second);
    assert_int_equal(fake_count(*state, "sample", NULL), 2 * 3 * 3);
    assert_int_equal(fake_count(*state, "end", NULL), 6);
}

static void fixed_numbers_are_left_alone(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'tasks':10,'run_ns':1000}}");
    assert_int_equal(look(&looked, 12, 0), 0);
    assert_int_equal(looked.cells[2].tasks, 12);
    fake_script(*state, "{'*':{'calibrated':false,'tasks':10,'run_ns':1000}}");
    assert_int_equal(look(&looked, 0, 0), 0);
    assert_int_equal(looked.cells[2].tasks, 0);
    assert_int_equal(fake_count(*state, "sample", NULL), 0);
    /* Looked at, all the same: is it the right call? */
    assert_int_equal(fake_count(*state, "start", NULL), 6);
}

static void wrong_arguments_end_it(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'run_ns':1000},"
                        "'fork':{'fail':{'after':-1,'how':'usage','text':'no argument bogus'}}}");
    assert_int_equal(look(&looked, 0, 0), -EINVAL);
    assert_string_equal(looked.why, "no argument bogus");
    assert_int_equal(look(&looked, 8, 0), -EINVAL);
}

static void other_failures_are_left_to_the_epochs(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'tasks':10,'run_ns':1000000},"
                        "'serial':{'fail':{'after':-1,'how':'exit'}},"
                        "'fork':{'fail':{'after':1,'how':'killed'}}}");
    assert_int_equal(look(&looked, 0, 0), 0);
    assert_int_equal(looked.cells[0].tasks, looked.cells[1].tasks);
    assert_true(looked.cells[0].tasks >= 100);
    fake_script(*state, "{'*':{'calibrated':true,'fail':{'after':-1,'how':'skip'}}}");
    assert_int_equal(look(&looked, 0, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 0);
}

static void nothing_is_started_when_stopped(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true}}");
    assert_int_equal(look(&looked, 0, 1), -EINTR);
    assert_int_equal(fake_count(*state, "start", NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_are_enough_but_not_too_many),
        FAKE_TEST(the_same_number_for_all),
        FAKE_TEST(fixed_numbers_are_left_alone),
        FAKE_TEST(wrong_arguments_end_it),
        FAKE_TEST(other_failures_are_left_to_the_epochs),
        FAKE_TEST(nothing_is_started_when_stopped),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(50);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
