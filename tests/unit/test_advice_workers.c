/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many workers, and what they can gain. */
#include "advice_fixture.h"
#include "near.h"

#include <errno.h>

static void workers_between_are_drawn_over(void **state)
{
    static const struct cost costs[] = {{"thread-pool", 2, 0, 0, 0, 0.8},
                                        {"thread-pool", 8, 0, 0, 0, 0.5}};
    struct known known;

    (void)state;
    known_begin(&known);
    add_costs(&known.record, costs, 2, 1 * MS, 64, no_noise, NULL);
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice =
        ask(&known, &(struct advice_question){.task_ns = 1 * MS, .tasks = 64, .workers = 3});
    assert_string_equal(advice.best.strategy, "thread-pool");
    assert_int_equal(advice.best.workers, 3);
    assert_true(advice.best.between);
    assert_near(advice.best.time.value / (64 * MS * 0.8 * pow(0.5 / 0.8, log(1.5) / log(4))), 1,
                0.01);
    assert_int_equal(advice.choice_count, 2); /* and serial */
    advice_release(&advice);
    known_end(&known);
}

/* Not serial, which would be advice against workers that nobody has tried. */
static void more_workers_than_were_measured_have_no_advice(void **state)
{
    struct advice advice;

    for (uint64_t workers = 1; workers <= 16; workers += 15) {
        const struct advice_question question = {
            .task_ns = 1 * MS, .tasks = 64, .workers = workers};

        assert_int_equal(advice_make(&((struct known *)*state)->world, &question, &advice),
                         -ENODATA);
    }
}

static void fewer_workers_are_advised_where_more_gain_nothing(void **state)
{
    static const struct cost costs[] = {{"thread-pool", 2, 0, 0, 0, 0.5},
                                        {"thread-pool", 4, 0, 0, 0, 0.495},
                                        {"process-pool", 2, 0, 0, 0, 0.4999}};
    struct known known;

    (void)state;
    known_begin(&known);
    add_costs(&known.record, costs, 3, 1 * MS, 64, no_noise, NULL);
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice = ask(&known, &(struct advice_question){.task_ns = 1 * MS, .tasks = 64});
    assert_string_equal(advice.best.strategy, "thread-pool");
    assert_int_equal(advice.best.workers, 2);
    assert_string_equal(advice.second.strategy, "process-pool");
    advice_release(&advice);
    known_end(&known);
}

static void five_tasks_on_two_workers_take_three_rounds(void **state)
{
    struct advice advice =
        ask(*state, &(struct advice_question){.task_ns = 1 * MS, .tasks = 5, .isolation = true});

    assert_string_equal(advice.best.strategy, "process-pool");
    assert_near(advice.best.time.value / (360 * US + 3 * MS), 1, 0.01);
    advice_release(&advice);
}

static void nothing_gains_more_than_there_are_cores(void **state)
{
    static const struct cost costs[] = {{"thread-pool", 2, 0, 0, 0, 0.3}};
    struct known known;

    (void)state;
    known_begin(&known);
    add_costs(&known.record, costs, 1, 1 * MS, 64, no_noise, NULL);
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice = ask(&known, &(struct advice_question){.task_ns = 1 * MS, .tasks = 640});
    assert_near(advice.best.time.value / (320 * MS), 0.97, 0.001);
    advice_release(&advice);
    known_end(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_between_are_drawn_over),
        cmocka_unit_test_setup_teardown(more_workers_than_were_measured_have_no_advice, open_usual,
                                        close_usual),
        cmocka_unit_test(fewer_workers_are_advised_where_more_gain_nothing),
        cmocka_unit_test_setup_teardown(five_tasks_on_two_workers_take_three_rounds, open_usual,
                                        close_usual),
        cmocka_unit_test(nothing_gains_more_than_there_are_cores),
    };

    return cmocka_run_group_tests_name("advice workers", tests, NULL, NULL);
}
