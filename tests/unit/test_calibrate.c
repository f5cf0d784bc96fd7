/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the number of tasks chosen so that samples are long enough to be trusted, the same for all
 * strategies, and is a wrong argument found while looking? */
#include "harness/calibrate.h"

#include "tests/unit/fake_fixture.h"

#include <errno.h>

static void tasks_are_enough_but_not_too_many(void **state)
{
    static const struct {
        uint64_t tasks, fastest_ns, slowest_ns, expected;
    } cases[] = {
        {100, 1000000, 1000000, 1024},      /* 10 ms and a fifth more: 1200 tasks, nearly */
        {100, 1000000, 10000000, 192},      /* unless the slowest took too long then: 200 */
        {100, 100, 100, 786432},            /* never more than a million */
        {100, 0, 0, 786432},                /* a clock that stands */
        {100, 10000000000, 10000000000, 4}, /* never fewer than four */
        {100, 0, UINT64_MAX, 4},
        {4, 10000000, 10000000, 4}, /* 4.8 */
        {4, 9000000, 9000000, 6},   /* 5.3 */
        {16777216, 1, UINT64_MAX, 4},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(
            calibrate_tasks(4, cases[i].tasks, cases[i].fastest_ns, cases[i].slowest_ns),
            cases[i].expected);
    }
}

static void two_probes_that_are_nearly_alike_choose_the_same_work(void **state)
{
    unsigned differing = 0, pairs = 0;

    (void)state;
    for (double ns = 1e5; ns < 2e7; ns *= 1.013, pairs++) {
        differing += calibrate_tasks(4, 8, (uint64_t)ns, 1) !=
                     calibrate_tasks(4, 8, (uint64_t)(ns * 1.05), 1);
    }
    /* Only those that lie at the edge of a step, which is a third wide at least. */
    assert_in_range(differing, 0, pairs / 5);
    /* A GiB of parent makes four forks last eight times as long as a sample should. */
    assert_int_equal(calibrate_tasks(2, 8, 200000, 345000000), 2);
    assert_int_equal(calibrate_tasks(2, 8, 200000, 60000000), 3);
}

static bool placebo; /* whether the second cell is one */
static const char *workers = "auto";

struct looked {
    struct cell cells[3];
    struct cell_set set;
    char why[HARNESS_WHY_SIZE];
};

static int look_under(struct looked *looked, uint64_t tasks, uint64_t parent, sig_atomic_t stopped)
{
    static char *sets[] = {NULL};
    const struct runner_settings runners = {
        .trial = fake_trial(), .scratch = "/tmp", .sample_limit_ns = 20000000000u};
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
        looked->cells[i].workers = (char *)workers;
        looked->cells[i].sets = sets;
        looked->cells[i].tasks = tasks;
        looked->cells[i].parent.bytes = parent;
        looked->cells[i].placebo = placebo && i == 1;
    }
    return calibrate_set(&runners, &looked->set, &flag, looked->why);
}

static int look(struct looked *looked, uint64_t tasks, sig_atomic_t stopped)
{
    return look_under(looked, tasks, 0, stopped);
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
    /* The slowest takes 101700 ns, whatever it is told to do: the first round finds that 197 times
     * 10 tasks fit into the longest sample, which is 2048 by the grid, the second 197 times that.
     */
    assert_int_equal(looked.cells[0].tasks, 393216);
    assert_int_equal(fake_count(*state, "sample", NULL), 2 * 3 * 3);
    assert_int_equal(fake_count(*state, "end", NULL), 6);
}

/* As long as they are to be: what was guessed from them need not be looked at again. */
static void long_samples_are_looked_at_once(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'tasks':10,'run_ns':10000000}}");
    assert_int_equal(look(&looked, 0, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 12);
    assert_int_equal(fake_count(*state, "start", NULL), 3);
}

/* A second look would tell nothing but how short the others are, and each takes seconds where a
 * parent of a GiB is touched first. */
static void a_long_slowest_is_looked_at_once(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'tasks':10,'run_ns':300000},"
                        "'fork':{'run_ns':10000000}}");
    assert_int_equal(look(&looked, 0, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 24);
    assert_int_equal(fake_count(*state, "start", NULL), 3);
}

/* With fewer tasks than workers it would be asked what idle workers cost. */
static void one_worker_does_with_two_tasks_under_a_large_parent(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'run_ns':200000},'fork':{'run_ns':345000000}}");
    assert_int_equal(look_under(&looked, 0, 1 << 30, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 4);
    workers = "1";
    assert_int_equal(look_under(&looked, 0, 1 << 30, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 2);
    assert_int_equal(look(&looked, 0, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 4);
    workers = "auto";
}

static void the_placebo_does_what_serial_does(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'tasks':10,'run_ns':10000000}}");
    placebo = true;
    assert_int_equal(look(&looked, 0, 0), 0);
    placebo = false;
    assert_int_equal(looked.cells[1].tasks, 12);
    assert_int_equal(fake_count(*state, "start", NULL), 2);
    assert_int_equal(fake_count(*state, "start", "pthread"), 0);
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

/* The number of the workload would take minutes there. */
static void few_tasks_are_tried_under_a_large_parent(void **state)
{
    struct looked looked;

    fake_script(*state, "{'*':{'calibrated':true,'run_ns':5000000}}");
    assert_int_equal(look_under(&looked, 0, 1 << 30, 0), 0);
    /* 8 tasks took less than half of what a sample should; so 16 do well, and so 32. */
    assert_int_equal(looked.cells[0].tasks, 32);
    assert_int_equal(look_under(&looked, 12, 1 << 30, 0), 0);
    assert_int_equal(looked.cells[0].tasks, 12);
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
    fake_script(*state, "{'*':{'calibrated':true,'fail':{'after':1,'how':'usage'}}}");
    assert_int_equal(look(&looked, 0, 0), 0);
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
        cmocka_unit_test(two_probes_that_are_nearly_alike_choose_the_same_work),
        FAKE_TEST(the_same_number_for_all),
        FAKE_TEST(long_samples_are_looked_at_once),
        FAKE_TEST(a_long_slowest_is_looked_at_once),
        FAKE_TEST(one_worker_does_with_two_tasks_under_a_large_parent),
        FAKE_TEST(the_placebo_does_what_serial_does),
        FAKE_TEST(fixed_numbers_are_left_alone),
        FAKE_TEST(few_tasks_are_tried_under_a_large_parent),
        FAKE_TEST(wrong_arguments_end_it),
        FAKE_TEST(other_failures_are_left_to_the_epochs),
        FAKE_TEST(nothing_is_started_when_stopped),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
