/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as a sweep over the length of a task, and who wins in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/winners.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <math.h>
#include <stdio.h>

/* Rows of one workload whose serial times span three decades, in groups that differ in `word`. */
static size_t count_lengths(const char *word, bool tasks)
{
    struct record record;
    struct groups groups;
    struct lengths lengths = {.count = 0};

    assert_int_equal(record_init(&record), 0);
    for (unsigned i = 1; i <= 5; i++) {
        char arguments[60];

        snprintf(arguments, sizeof(arguments), "%s=%u mode=a", word, tasks ? 1 : i);
        made_add(&record, (struct made){.workload = "thing",
                                        .arguments = arguments,
                                        .strategy = "serial",
                                        .workers = 1,
                                        .tasks = tasks ? 1000 * i : 1000,
                                        .run_ns = pow(10, 3 + i),
                                        .epochs = 12,
                                        .blocks = 3});
    }
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    assert_int_equal(groups.count, 5);
    (void)lengths_make(&groups, "thing", &lengths);
    groups_release(&groups);
    record_release(&record);
    return lengths.count;
}

/* More bytes or fewer tasks make a task take longer as well, but that is another question. */
static void only_the_length_of_a_task_is_a_length(void **state)
{
    (void)state;
    assert_int_equal(count_lengths("iterations", false), 5);
    assert_int_equal(count_lengths("bytes", false), 0);
    assert_int_equal(count_lengths("iterations", true), 0);
}

static void add(struct record *record, unsigned i, const char *strategy, uint64_t workers,
                double task_ns, bool loud)
{
    char arguments[40];

    snprintf(arguments, sizeof(arguments), "iterations=%u", i);
    struct series *series = made_add(record, (struct made){.workload = "loop",
                                                           .arguments = arguments,
                                                           .strategy = strategy,
                                                           .workers = workers,
                                                           .tasks = 1000,
                                                           .run_ns = 1000 * task_ns,
                                                           .epochs = 12,
                                                           .blocks = 3,
                                                           .own_noise = .002});
    for (size_t k = 0; k < series->samples.count; k++) {
        series->samples.items[k].loud = loud;
    }
}

static void check_winners(struct record *record, bool loud)
{
    struct groups groups;
    struct winner_map map;
    struct costs_key keys[4];

    assert_int_equal(groups_make(record, METRIC_WARM, &groups), 0);
    assert_int_equal(winner_map_make(&groups, &map), 0);
    assert_int_equal(map.count, 2);
    assert_true(map.corrected);
    assert_near(map.confidence, 1 - .05 / 10, 1e-9);
    struct winner winner = winner_find(&map, 4, 2, METRIC_WARM);
    assert_string_equal(winner.first->series->strategy, "pthread");
    assert_int_equal(winner.told_apart, !loud);
    winner = winner_find(&map, 4, 1, METRIC_WARM);
    assert_string_equal(winner.first->series->strategy, "serial");
    assert_string_equal(winner.second->series->strategy, "fork");
    assert_int_equal(costs_keys(&map.lengths, 2, keys, 4), 2);
    groups_release(&groups);
}

/* The control is the fastest of all, and of a loud run nobody wins. */
static void winners_follow_the_rule_of_all_rows(void **state)
{
    (void)state;
    for (int loud = 0; loud < 2; loud++) {
        struct record record;

        assert_int_equal(record_init(&record), 0);
        for (unsigned i = 1; i <= 5; i++) {
            double length_ns = pow(10, 2 + i);

            add(&record, i, "serial", 1, length_ns, loud);
            add(&record, i, "serial+thread", 1, length_ns / 4, loud);
            add(&record, i, "pthread", 2, 1e4 + length_ns / 2, loud);
            add(&record, i, "fork", 1, length_ns * 2, loud);
        }
        check_winners(&record, loud);
        record_release(&record);
    }
}

/* Of one strategy a trial crashed after six epochs: the other winners stay winners of all cells. */
static void one_short_row_leaves_the_map_corrected(void **state)
{
    struct record record;
    struct groups groups;
    struct winner_map map;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    for (unsigned i = 1; i <= 5; i++) {
        double length_ns = pow(10, 2 + i);

        add(&record, i, "serial", 1, length_ns, false);
        add(&record, i, "pthread", 2, 1e4 + length_ns / 2, false);
        add(&record, i, "fork", 1, length_ns * 2, false);
    }
    record.series[1].samples.count = 6 * 3;
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    assert_int_equal(winner_map_make(&groups, &map), 0);
    assert_true(map.corrected);
    assert_false(winner_find(&map, 0, 2, METRIC_WARM).told_apart);
    assert_true(winner_find(&map, 4, 2, METRIC_WARM).told_apart);
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_length_of_a_task_is_a_length),
        cmocka_unit_test(one_short_row_leaves_the_map_corrected),
        cmocka_unit_test(winners_follow_the_rule_of_all_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
