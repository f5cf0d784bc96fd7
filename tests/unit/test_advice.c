/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known costs give known advice. */
#include "advice_fixture.h"
#include "near.h"

#include <errno.h>

static void expect(const struct known *known, struct advice_question question, const char *strategy,
                   double time_ns)
{
    struct advice advice = ask(known, &question);

    assert_string_equal(advice.best.strategy, strategy);
    assert_near(advice.best.time.value / time_ns, 1, 0.01);
    assert_int_equal(advice.best.outside, 0);
    assert_near(advice.serial_ns, question.task_ns * (double)question.tasks, 1);
    assert_true(estimate_has_interval(&advice.best.time) || advice.best.workers == 1);
    advice_release(&advice);
}

static void the_cheapest_is_advised(void **state)
{
    expect(*state, (struct advice_question){.task_ns = 200 * US, .tasks = 500}, "thread-pool",
           100 * US + 500 * 30 + 50 * MS);
    expect(*state, (struct advice_question){.task_ns = 2 * US, .tasks = 8}, "serial", 16 * US);
    expect(*state, (struct advice_question){.task_ns = 500 * US, .tasks = 4}, "pthread",
           90 * US + 1 * MS);
    expect(*state, (struct advice_question){.task_ns = 200 * US, .tasks = 1000000}, "thread-pool",
           100 * US + 1e6 * 30 + 1e11);
}

static void what_was_measured_is_repeated(void **state)
{
    struct known known;
    struct cost odd[USUAL];

    (void)state;
    memcpy(odd, usual, sizeof(odd));
    known_begin(&known);
    add_costs(&known.record, usual, USUAL, 1 * US, 64, no_noise, NULL);
    add_costs(&known.record, usual, USUAL, 1 * MS, 64, no_noise, NULL);
    odd[2].start_ns += 700 * US; /* here something goes wrong that no curve knows of */
    add_costs(&known.record, odd, USUAL, 30 * US, 64, no_noise, NULL);
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice =
        ask(&known, &(struct advice_question){.task_ns = 30 * US, .tasks = 64, .workers = 2});
    for (size_t i = 0; i < advice.choice_count; i++) {
        for (size_t k = 0; k < USUAL; k++) {
            if (strcmp(advice.choices[i].strategy, odd[k].strategy) == 0) {
                assert_near(advice.choices[i].time.value / cost_ns(&odd[k], 30 * US, 64), 1, 3e-3);
            }
        }
    }
    advice_release(&advice);
    known_end(&known);
}

static void conditions_leave_strategies_out(void **state)
{
    struct advice_question question = {.task_ns = 200 * US, .tasks = 500, .isolation = true};
    struct advice advice = ask(*state, &question);

    assert_string_equal(advice.best.strategy, "process-pool");
    assert_string_equal(advice.second.strategy, "fork");
    assert_int_equal(advice.left, ADVICE_LEFT_ISOLATION);
    advice_release(&advice);
    question.shared_memory = true;
    advice = ask(*state, &question);
    assert_string_equal(advice.best.strategy, "process-pool");
    advice_release(&advice);
    question.isolation = false;
    advice = ask(*state, &question);
    assert_string_equal(advice.best.strategy, "thread-pool");
    assert_string_equal(advice.second.strategy, "pthread");
    assert_int_equal(advice.left, ADVICE_LEFT_SHARED);
    for (size_t i = 0; i < advice.choice_count; i++) {
        assert_int_not_equal(advice.choices[i].kind, KIND_PROCESSES);
    }
    advice_release(&advice);
}

static void what_would_change_it_is_found(void **state)
{
    struct advice advice = ask(*state, &(struct advice_question){.task_ns = 300 * US, .tasks = 64});
    const struct advice_turn *turn = turn_of(&advice, ADVICE_LENGTH, true);

    /* serial is faster by 2 %: 1.02 * 64 * length = 100 us + 64 * 30 ns + 32 * length */
    assert_non_null(turn);
    assert_string_equal(turn->strategy, "serial");
    assert_near(turn->at / 3062, 1, 0.01);
    assert_null(turn_of(&advice, ADVICE_LENGTH, false));
    turn = turn_of(&advice, ADVICE_TASKS, true);
    assert_null(turn); /* pthread with 4 tasks: 690 us for 700 us, no 2 % */
    assert_null(turn_of(&advice, ADVICE_PARENT, false));
    advice_release(&advice);
}

static void what_was_not_measured_is_left_out(void **state)
{
    struct advice advice =
        ask(*state,
            &(struct advice_question){
                .task_ns = 1 * MS, .tasks = 1000, .parent.bytes = 1 << 30, .payload_bytes = 100});

    assert_int_equal(advice.left, ADVICE_LEFT_PARENT);
    for (size_t i = 0; i < advice.choice_count; i++) {
        assert_int_not_equal(advice.choices[i].kind, KIND_PROCESSES);
    }
    advice_release(&advice);
    assert_int_equal(
        advice_make(&((struct known *)*state)->world,
                    &(struct advice_question){
                        .task_ns = 1 * MS, .tasks = 1000, .isolation = true, .payload_bytes = 100},
                    &advice),
        -ENODATA);
    assert_int_equal(
        advice_make(&((struct known *)*state)->world,
                    &(struct advice_question){
                        .task_ns = 1 * MS, .tasks = 1000, .workers = 7, .isolation = true},
                    &advice),
        -ENODATA);
}

static void outside_is_called_so(void **state)
{
    struct advice advice =
        ask(*state, &(struct advice_question){.task_ns = 1000 * MS, .tasks = 64});

    assert_int_equal(advice.best.outside, ADVICE_OUTSIDE_LENGTH);
    advice_release(&advice);
    advice = ask(*state, &(struct advice_question){
                             .task_ns = 1 * MS, .tasks = 1, .workers = 2, .isolation = true});
    assert_int_equal(advice.best.outside, ADVICE_OUTSIDE_TASKS);
    advice_release(&advice);
}

/* 1024 tasks are 512 rounds of two workers that take one at a time, and 8 of those that take 64. */
static void tasks_are_many_when_their_chunks_are(void **state)
{
    static const struct cost costs[] = {{"thread-pool", 2, 0, 0, 100, 0.5},
                                        {"thread-pool:chunk=64", 2, 0, 0, 30, 0.5}};
    struct known known;

    (void)state;
    known_begin(&known);
    add_costs(&known.record, costs, 2, 10 * US, 128, no_noise, NULL);
    add_costs(&known.record, costs, 2, 10 * US, 1024, no_noise, NULL);
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice =
        ask(&known, &(struct advice_question){.task_ns = 10 * US, .tasks = 100000, .workers = 2});
    for (size_t i = 0; i < advice.choice_count; i++) {
        bool chunks = strstr(advice.choices[i].strategy, "chunk") != NULL;

        assert_int_equal(advice.choices[i].outside, chunks ? ADVICE_OUTSIDE_TASKS : 0);
    }
    advice_release(&advice);
    known_end(&known);
}

static void files_without_an_answer_have_none(void **state)
{
    struct known known;

    (void)state;
    known_begin(&known);
    made_add(&known.record, (struct made){.workload = "sleep",
                                          .strategy = "serial",
                                          .workers = 1,
                                          .tasks = 3,
                                          .run_ns = 1e7,
                                          .epochs = 8,
                                          .blocks = 1});
    assert_int_equal(known_make(&known, false), -ENODATA);
    memset(&known.world, 0, sizeof(known.world));
    known_end(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_cheapest_is_advised, open_usual, close_usual),
        cmocka_unit_test(what_was_measured_is_repeated),
        cmocka_unit_test_setup_teardown(conditions_leave_strategies_out, open_usual, close_usual),
        cmocka_unit_test_setup_teardown(what_would_change_it_is_found, open_usual, close_usual),
        cmocka_unit_test_setup_teardown(what_was_not_measured_is_left_out, open_usual, close_usual),
        cmocka_unit_test_setup_teardown(outside_is_called_so, open_usual, close_usual),
        cmocka_unit_test(tasks_are_many_when_their_chunks_are),
        cmocka_unit_test(files_without_an_answer_have_none),
    };

    return cmocka_run_group_tests_name("advice", tests, NULL, NULL);
}
