/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be compared with whom, where each stands, and threads or processes? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "output/words.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <math.h>

#define MS 1e6

static struct made made_cell(const char *strategy, double run_ms)
{
    return (struct made){.workload = "w",
                         .strategy = strategy,
                         .workers = 2,
                         .tasks = 4,
                         .run_ns = run_ms * MS,
                         .epochs = 12,
                         .blocks = 4};
}

static void rows_stand_where_the_interval_puts_them(void **state)
{
    struct record record;
    struct groups groups;
    struct made noisy = made_cell("fork:channel=pipe", 10.4), other = made_cell("serial", 5);

    (void)state;
    noisy.own_noise = .05;
    other.arguments = "n=2";
    assert_int_equal(record_init(&record), 0);
    made_add(&record, made_cell("serial", 20));
    made_add(&record, made_cell("pthread", 10));
    made_add(&record, other);
    made_add(&record, noisy);
    made_add(&record, made_cell("thread-pool", 10.3));
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.count, 2);
    struct group *group = &groups.items[0];
    assert_int_equal(group->row_count, 4);
    assert_int_equal(group->best, 1);
    assert_int_equal(group->rows[0].standing, STANDING_SLOWER);
    assert_int_equal(group->rows[1].standing, STANDING_FASTEST);
    assert_int_equal(group->rows[2].standing, STANDING_UNSURE);
    assert_int_equal(group->rows[3].standing, STANDING_SLOWER);
    assert_near(group->rows[1].to_best.low, 1, 0);
    assert_near(group->rows[1].to_serial.value, 2, 1e-6);
    assert_ptr_equal(group_find(group, "fork"), &group->rows[2]);
    assert_null(group_find(group, "for"));
    assert_null(group_find(group, "process-pool"));
    groups_release(&groups);
    record_release(&record);
}

static void few_epochs_leave_all_but_the_smallest_unknown(void **state)
{
    struct record record;
    struct groups groups;
    struct made serial = made_cell("serial", 20), thread = made_cell("pthread", 10);

    (void)state;
    serial.epochs = thread.epochs = 5;
    assert_int_equal(record_init(&record), 0);
    made_add(&record, serial);
    made_add(&record, thread);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.items[0].rows[0].standing, STANDING_UNSURE);
    assert_int_equal(groups.items[0].rows[1].standing, STANDING_FASTEST);
    assert_false(estimate_has_interval(&groups.items[0].rows[0].time));
    groups_release(&groups);
    record_release(&record);
}

static void a_wrong_answer_is_never_fast(void **state)
{
    struct record record;
    struct groups groups;
    struct made wrong = made_cell("pthread", 1), empty = made_cell("fork", 1);
    struct made failing = made_cell("process-pool", 1);

    (void)state;
    wrong.answer = "b";
    empty.epochs = 0;
    failing.failed = 2; /* as its answer would tell, were it honest */
    assert_int_equal(record_init(&record), 0);
    made_add(&record, wrong);
    made_add(&record, made_cell("serial", 20));
    made_add(&record, empty);
    made_add(&record, made_cell("thread-pool", 2))->consistent = false;
    made_add(&record, failing);
    made_add(&record, made_cell("thread-pool", 10));
    series_add_failure(&record.series[2], 0, "killed by signal 11");
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    const struct group *group = &groups.items[0];
    assert_int_equal(group->best, 5);
    for (size_t i = 0; i < 5; i++) {
        bool serial = i == 1;

        assert_int_equal(row_has_time(&group->rows[i]), serial);
        assert_int_equal(isnan(group->rows[i].time.value), !serial);
        assert_int_equal(isnan(group->rows[i].to_best.value), !serial);
        assert_int_equal(isnan(group->rows[i].to_serial.value), !serial);
        assert_int_equal(group->rows[i].wrong_answer, i != 1 && i != 2);
    }
    groups_release(&groups);
    record_release(&record);
}

static void without_a_sound_serial_the_first_sound_answer_counts(void **state)
{
    struct record record;
    struct groups groups;
    struct made serial = made_cell("serial", 20), odd = made_cell("fork", 9);

    (void)state;
    serial.epochs = 0;
    odd.answer = "b";
    assert_int_equal(record_init(&record), 0);
    made_add(&record, serial);
    made_add(&record, made_cell("pthread", 10));
    made_add(&record, odd);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.items[0].best, 1);
    assert_true(groups.items[0].rows[2].wrong_answer);
    assert_true(isnan(groups.items[0].rows[1].to_serial.value));
    groups_release(&groups);
    record_release(&record);
}

static void tasks_that_fail_everywhere_leave_a_marked_time(void **state)
{
    struct record record;
    struct groups groups;
    struct made serial = made_cell("serial", 20), thread = made_cell("pthread", 10);

    (void)state;
    serial.failed = thread.failed = 3;
    assert_int_equal(record_init(&record), 0);
    made_add(&record, serial);
    made_add(&record, thread);
    serial.arguments = "missing"; /* and if none succeeds there is none */
    serial.failed = 4;
    made_add(&record, serial);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.items[0].failed_tasks, 3);
    assert_int_equal(groups.items[0].rows[0].standing, STANDING_SLOWER);
    assert_false(row_has_time(&groups.items[1].rows[0]));
    groups_release(&groups);
    assert_int_equal(groups.count, 0);
    groups_release(&groups);
    groups_release(NULL);
    record_release(&record);
}

static void the_interval_decides_between_threads_and_processes(void **state)
{
    /* threads, processes in ms, noise of processes, epochs; serial takes 20 ms */
    static const struct {
        double threads, processes, noise;
        unsigned epochs;
        enum contest_outcome outcome;
        bool pays;
    } table[] = {
        {10, 10.5, .001, 12, CONTEST_THREADS, true}, {10.5, 10, .001, 12, CONTEST_PROCESSES, true},
        {10, 10.1, .001, 12, CONTEST_EITHER, true},  {10, 10.5, .06, 12, CONTEST_UNSURE, true},
        {10, 10.2, .003, 12, CONTEST_UNSURE, true}, /* a difference, but of 2 % or not? */
        {10, 15, 0, 5, CONTEST_FEW, true},           {10, 15, 0, 0, CONTEST_ONE_SIDED, true},
        {30, 60, .001, 12, CONTEST_THREADS, false},  {20.1, 60, .001, 12, CONTEST_THREADS, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct record record;
        struct groups groups;
        struct made processes = made_cell("process-pool", table[i].processes);

        processes.own_noise = table[i].noise;
        processes.epochs = table[i].epochs;
        assert_int_equal(record_init(&record), 0);
        made_add(&record, made_cell("serial", 20));
        made_add(&record, made_cell("pthread", table[i].threads + 5));
        made_add(&record, made_cell("thread-pool:chunk=2", table[i].threads));
        made_add(&record, processes);
        assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
        struct contest contest = groups.items[0].contest;
        assert_int_equal(contest.outcome, table[i].outcome);
        assert_int_equal(contest.pays, table[i].pays);
        assert_ptr_equal(contest.threads, &groups.items[0].rows[2]);
        groups_release(&groups);
        record_release(&record);
    }
}

/* Small and huge pages, and sizes: each parent is a group of its own, and is called so. */
static void parents_are_kept_apart(void **state)
{
    static const struct parent parents[] = {{0, false}, {1 << 30, false}, {1 << 30, true}};
    static const char *const labels[] = {"loop parent=0", "loop parent=1GiB",
                                         "loop parent=1GiB:huge"};
    const struct style style = {.width = 80};
    struct record record;
    struct groups groups;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    for (size_t i = 0; i < 6; i++) {
        struct made made = made_cell(i < 3 ? "pthread" : "fork", 10);

        made.workload = "loop";
        made_add(&record, made)->parent = parents[i % 3];
    }
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.count, 3);
    for (size_t i = 0; i < 3; i++) {
        char *label = label_text(&groups, &groups.items[i], &style);

        assert_int_equal(groups.items[i].row_count, 2);
        assert_non_null(label);
        assert_string_equal(label, labels[i]);
        free(label);
    }
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_where_the_interval_puts_them),
        cmocka_unit_test(few_epochs_leave_all_but_the_smallest_unknown),
        cmocka_unit_test(a_wrong_answer_is_never_fast),
        cmocka_unit_test(without_a_sound_serial_the_first_sound_answer_counts),
        cmocka_unit_test(tasks_that_fail_everywhere_leave_a_marked_time),
        cmocka_unit_test(parents_are_kept_apart),
        cmocka_unit_test(the_interval_decides_between_threads_and_processes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
