/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the counter named that moved most, and none that did not move or cannot matter? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/why.h"
#include "output/why_words.h"
#include "tests/unit/table_fixture.h"

struct counts {
    double user_ms, system_ms;
    uint64_t faults, voluntary, forced;
};

/* A row of 10 tasks whose counters are these in every sample, give or take the noise of an epoch.
 */
static void add(struct record *record, const char *strategy, double run_ms, unsigned epochs,
                struct counts counts)
{
    struct made made = cell(strategy, run_ms);

    made.tasks = 10;
    made.epochs = epochs;
    struct series *series = made_add(record, made);

    for (size_t i = 0; i < series->samples.count; i++) {
        struct sample *sample = &series->samples.items[i];
        double wave = 1 + .01 * ((double)(sample->epoch * 7 % 5) - 2);

        sample->user_ns = (uint64_t)(counts.user_ms * MS * wave);
        sample->system_ns = (uint64_t)(counts.system_ms * MS * wave);
        sample->minor_faults = (uint64_t)((double)counts.faults * wave);
        sample->switches_voluntary = counts.voluntary;
        sample->switches_forced = counts.forced;
    }
}

static void expect(struct record *record, const char *expected)
{
    struct capture capture;
    struct groups groups;

    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.count, 1);
    capture_begin(&capture);
    assert_int_equal(why_notes_write(capture.file, &groups.items[0], 2, &utf8), 0);
    capture_end(&capture, &utf8, expected);
    groups_release(&groups);
    record_release(record);
}

static void what_moved_most_is_named(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 50, 40, 2});
    add(&record, "process-pool", 13, 12, (struct counts){22, 5, 620, 41, 2});
    expect(&record,
           "  why process-pool is slower than thread-pool: page faults differ most, 62.0 a\n"
           "    task against 5.00, 12.2 × [12.2, 12.3]\n");

    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){10, 1, 50, 40, 2});
    add(&record, "process-pool", 13, 12, (struct counts){20, 1, 50, 40, 2});
    expect(&record,
           "  why process-pool is slower than thread-pool: user time differs most, 2.00 ms a\n"
           "    task against 1.00 ms, 1.91 × [1.91, 1.91]\n");
}

/* The second is of the same kind as the fastest; the best process row comes third. */
static void both_pairs_are_explained(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 50, 40, 2});
    add(&record, "pthread", 12, 12, (struct counts){20, 3, 50, 40, 2});
    add(&record, "fork", 20, 12, (struct counts){20, 9, 3000, 40, 2});
    expect(&record, "  why pthread is slower than thread-pool: system time differs most, 300 us a\n"
                    "    task against 100 us, 2.00 × [1.99, 2.01]\n"
                    "  why fork is slower than thread-pool: page faults differ most, 300 a task\n"
                    "    against 5.00, 58.9 × [58.8, 59.4]\n");
}

static void what_did_not_move_is_not_named(void **state)
{
    struct record record;

    (void)state;
    /* Equal counters; then fewer of everything. */
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 50, 40, 2});
    add(&record, "process-pool", 13, 12, (struct counts){20, 1, 50, 40, 2});
    expect(&record, "");
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 2, 90, 40, 2});
    add(&record, "process-pool", 13, 12, (struct counts){10, 1, 50, 20, 1});
    expect(&record, "");
    /* No difference in time: nothing to explain. */
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 50, 40, 2});
    add(&record, "process-pool", 10, 12, (struct counts){40, 9, 900, 40, 2});
    expect(&record, "");
    /* Too few epochs for an interval that holds for all counters, although the times have one. */
    begin(&record);
    add(&record, "thread-pool", 10, 7, (struct counts){20, 1, 50, 40, 2});
    add(&record, "process-pool", 13, 7, (struct counts){40, 1, 50, 40, 2});
    expect(&record, "");
}

/* Ten faults more cannot cost 3 ms, however large their ratio is; 40 waits might. */
static void what_cannot_matter_is_not_named(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 0, 0, 0});
    add(&record, "process-pool", 13, 12, (struct counts){20, 1, 10, 0, 0});
    expect(&record, "");
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 0, 0, 0});
    add(&record, "process-pool", 13, 12, (struct counts){20, 1, 10, 40, 0});
    expect(&record,
           "  why process-pool is slower than thread-pool: waits differ most, 4.00 a task\n"
           "    against none, 41.0 × [41.0, 41.0]\n");
}

/* That it does one task after the other needs no counter. */
static void fewer_workers_explain_themselves(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "serial", 20, 12, (struct counts){20, 5, 500, 0, 0});
    add(&record, "thread-pool", 10, 12, (struct counts){10, 1, 50, 0, 0});
    expect(&record, "");
    begin(&record);
    add(&record, "serial", 10, 12, (struct counts){10, 1, 50, 0, 0});
    add(&record, "thread-pool", 20, 12, (struct counts){30, 1, 50, 0, 0});
    expect(&record,
           "  why thread-pool is slower than serial: user time differs most, 3.00 ms a task\n"
           "    against 1.00 ms, 2.82 × [2.81, 2.82]\n");
}

/* Counters are of the whole sample; and a control is nobody's rival. */
static void warm_times_and_controls_are_not_explained(void **state)
{
    struct record record;
    struct groups groups;
    struct why whys[WHYS_MAX];

    (void)state;
    begin(&record);
    add(&record, "thread-pool", 10, 12, (struct counts){20, 1, 50, 40, 2});
    add(&record, "process-pool", 13, 12, (struct counts){22, 5, 620, 41, 2});
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    assert_int_equal(groups.items[0].rows[1].standing, STANDING_SLOWER);
    assert_int_equal(group_why(&groups.items[0], whys), 0);
    groups_release(&groups);
    record_release(&record);
    begin(&record);
    add(&record, "serial", 10, 12, (struct counts){10, 1, 50, 0, 0});
    add(&record, "serial+thread", 12, 12, (struct counts){10, 1, 900, 0, 0});
    expect(&record, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_moved_most_is_named),
        cmocka_unit_test(both_pairs_are_explained),
        cmocka_unit_test(what_did_not_move_is_not_named),
        cmocka_unit_test(what_cannot_matter_is_not_named),
        cmocka_unit_test(fewer_workers_explain_themselves),
        cmocka_unit_test(warm_times_and_controls_are_not_explained),
    };

    return cmocka_run_group_tests_name("why", tests, NULL, NULL);
}
