/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What memory of the parent and results cost, looked up in what was measured. */
#include "advice_fixture.h"
#include "near.h"

/* A parent of so many bytes costs 100 us a MiB for each process, a thread nothing. */
static void add_parents(struct record *record)
{
    static const uint64_t parents[] = {0, 16ull << 20, 256ull << 20};

    for (size_t i = 0; i < 3; i++) {
        double more_ns = (double)(parents[i] >> 20) * 100 * US;
        struct made made = {.workload = "empty",
                            .strategy = "pthread",
                            .workers = 1,
                            .tasks = 16,
                            .run_ns = 16 * 15 * US,
                            .epochs = 8,
                            .blocks = 1};

        made_add(record, made)->parent.bytes = parents[i];
        made.strategy = "fork";
        made.run_ns = 16 * (120 * US + more_ns);
        made_add(record, made)->parent.bytes = parents[i];
    }
}

static void a_parent_makes_processes_dear(void **state)
{
    struct advice_question question = {.task_ns = 1 * MS, .tasks = 1000, .isolation = true};
    struct known known;

    (void)state;
    known_begin(&known);
    add_usual(&known.record);
    add_parents(&known.record);
    assert_int_equal(known_make(&known, false), 0);
    question.parent.bytes = 64 << 20;
    struct advice advice = ask(&known, &question);
    assert_string_equal(advice.best.strategy, "process-pool");
    /* Two workers are forked, for 6.4 ms each. */
    assert_near(advice.best.time.value / (360 * US + 32 * US + 500 * MS + 2 * 6.4 * MS), 1, 0.01);
    assert_string_equal(advice.second.strategy, "fork");
    assert_near(advice.second.time.value / (60 * US + 1000 * (120 * US + 6.4 * MS) + 500 * MS), 1,
                0.02);
    advice_release(&advice);
    question.parent.bytes = 4ull << 30;
    advice = ask(&known, &question);
    assert_int_equal(advice.best.outside, ADVICE_OUTSIDE_PARENT);
    advice_release(&advice);
    known_end(&known);
}

/* A pool of two, whose processes cost half as much a byte as those that are forked for each task.
 */
static void each_strategy_has_its_own_price(void **state)
{
    struct advice_question question = {
        .task_ns = 1 * MS, .tasks = 1000, .isolation = true, .parent.bytes = 256 << 20};
    struct known known;

    (void)state;
    known_begin(&known);
    add_usual(&known.record);
    add_parents(&known.record);
    for (size_t i = 0; i < 2; i++) {
        struct made made = {.workload = "empty",
                            .strategy = "process-pool",
                            .workers = 2,
                            .tasks = 16,
                            .open_ns = 150 * US,
                            .run_ns = 60 * US + 16 * 32 + (double)i * 2 * 256 * 50 * US,
                            .epochs = 8,
                            .blocks = 1};

        made_add(&known.record, made)->parent.bytes = i * (256 << 20);
    }
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice = ask(&known, &question);
    assert_string_equal(advice.best.strategy, "process-pool");
    assert_near(advice.best.time.value / (360 * US + 32 * US + 500 * MS + 2 * 12.8 * MS), 1, 0.01);
    assert_near(advice.second.time.value / (60 * US + 1000 * (120 * US + 25.6 * MS) + 500 * MS), 1,
                0.02);
    advice_release(&advice);
    known_end(&known);
}

/* 1 MiB seemed to cost 50 us less than nothing, which is noise; 1 GiB cost 100 us a MiB. */
static void few_bytes_say_little_of_their_price(void **state)
{
    static const uint64_t parents[] = {0, 1 << 20, 1 << 30};
    static const double more_us[] = {0, -50, 1024 * 100};
    struct advice_question question = {
        .task_ns = 1 * MS, .tasks = 1000, .workers = 2, .isolation = true};
    struct known known;

    (void)state;
    known_begin(&known);
    add_usual(&known.record);
    for (size_t i = 0; i < 3; i++) {
        struct made made = {.workload = "empty",
                            .strategy = "fork",
                            .workers = 2,
                            .tasks = 16,
                            .run_ns = (60 + 16 * (120 + more_us[i])) * US,
                            .epochs = 8,
                            .blocks = 1};

        made_add(&known.record, made)->parent.bytes = parents[i];
    }
    assert_int_equal(known_make(&known, false), 0);
    question.parent.bytes = 32 << 20;
    struct advice advice = ask(&known, &question);
    const struct advice_choice *fork = &advice.second;
    assert_string_equal(fork->strategy, "fork");
    assert_near(fork->time.value / (60 * US + 1000 * (120 * US + 3.2 * MS) + 500 * MS), 1, 0.02);
    advice_release(&advice);
    known_end(&known);
}

/* 1 GiB of which was measured give or take a fifth: so is the answer, which is hardly else. */
static void a_price_is_as_sure_as_it_was_measured(void **state)
{
    struct advice_question question = {
        .task_ns = 1 * US, .tasks = 16, .workers = 2, .isolation = true, .parent.bytes = 1 << 30};
    struct known known;

    (void)state;
    known_begin(&known);
    add_usual(&known.record);
    for (size_t i = 0; i < 2; i++) {
        struct made made = {.workload = "empty",
                            .strategy = "fork",
                            .workers = 2,
                            .tasks = 16,
                            .run_ns = (60 + 16 * 120) * US + (double)i * 16 * 10 * MS,
                            .epochs = 8,
                            .blocks = 1,
                            .own_noise = i ? .2 : 0};

        made_add(&known.record, made)->parent.bytes = i << 30;
    }
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice = ask(&known, &question);
    for (size_t i = 0; i < advice.choice_count; i++) {
        const struct estimate *time = &advice.choices[i].time;

        assert_in_range((uint64_t)(1000 * log(time->high / time->low) / 2), 150, 300);
    }
    assert_int_equal(advice.choice_count, 2);
    advice_release(&advice);
    known_end(&known);
}

static void small_pages_say_nothing_of_huge_ones(void **state)
{
    const struct advice_question question = {
        .task_ns = 1 * MS, .tasks = 1000, .parent = {64 << 20, true}};
    struct known known;

    (void)state;
    known_begin(&known);
    add_usual(&known.record);
    add_parents(&known.record);
    assert_int_equal(known_make(&known, true), 0);
    struct advice advice = ask(&known, &question);
    assert_int_equal(advice.left, ADVICE_LEFT_PARENT);
    assert_string_equal(advice.best.strategy, "thread-pool");
    advice_release(&advice);
    known_end(&known);
}

static void a_parent_may_turn_it(void **state)
{
    static const struct cost costs[] = {{"pthread", 2, 0, 0, 100 * US, 0.5},
                                        {"fork", 2, 0, 0, 20 * US, 0.5}};
    struct known known;

    (void)state;
    known_begin(&known);
    add_costs(&known.record, costs, 2, 100 * US, 16, no_noise, NULL);
    add_costs(&known.record, costs, 2, 1 * MS, 16, no_noise, NULL);
    add_parents(&known.record);
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice = ask(&known, &(struct advice_question){.task_ns = 300 * US, .tasks = 16});
    const struct advice_turn *turn = turn_of(&advice, ADVICE_PARENT, false);

    assert_string_equal(advice.best.strategy, "fork");
    assert_non_null(turn);
    assert_string_equal(turn->strategy, "pthread");
    /* 1.02 * (100 + 150) us = 20 us + 150 us + x * 100 us for each MiB: below 1 MiB, so at the
     * first place looked at. */
    assert_in_range((uint64_t)turn->at, 1 << 20, 2 << 20);
    advice_release(&advice);
    known_end(&known);
}

static void payloads_have_their_price(void **state)
{
    struct known known;
    struct made made = {.workload = "payload",
                        .arguments = "bytes=64KiB",
                        .strategy = "serial",
                        .workers = 1,
                        .tasks = 64,
                        .run_ns = 64 * 30 * US,
                        .epochs = 8,
                        .blocks = 1};

    (void)state;
    known_begin(&known);
    add_usual(&known.record);
    made_add(&known.record, made);
    for (size_t i = 0; i < USUAL; i++) {
        made.strategy = usual[i].strategy;
        made.workers = 2;
        made.open_ns = usual[i].edge_ns / 2;
        made.run_ns = cost_ns(&usual[i], 30 * US, 64) - usual[i].edge_ns +
                      (i % 2 ? 64 * 65536 * 0.5 : 0); /* processes: half a ns a byte */
        made_add(&known.record, made);
    }
    assert_int_equal(known_make(&known, false), 0);
    struct advice advice = ask(
        &known, &(struct advice_question){
                    .task_ns = 1 * MS, .tasks = 1000, .payload_bytes = 65536, .isolation = true});
    assert_near(advice.best.time.value / (360 * US + 32 * US + 500 * MS + 1000 * 65536 * 0.5), 1,
                0.01);
    advice_release(&advice);
    known_end(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_makes_processes_dear),
        cmocka_unit_test(each_strategy_has_its_own_price),
        cmocka_unit_test(few_bytes_say_little_of_their_price),
        cmocka_unit_test(a_price_is_as_sure_as_it_was_measured),
        cmocka_unit_test(small_pages_say_nothing_of_huge_ones),
        cmocka_unit_test(a_parent_may_turn_it),
        cmocka_unit_test(payloads_have_their_price),
    };

    return cmocka_run_group_tests_name("advice prices", tests, NULL, NULL);
}
