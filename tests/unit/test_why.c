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

/* One examined sample an epoch, in which the event was counted so often; -1: it was not. */
static void examine(struct series *series, enum event event, int64_t count)
{
    for (uint64_t epoch = 0; epoch < 12; epoch++) {
        struct sample sample = {.epoch = epoch, .block = 10};

        for (enum event other = 0; other < EVENT_COUNT; other++) {
            sample.events[other] = EVENT_UNKNOWN;
        }
        sample.events[event] = count < 0 ? EVENT_UNKNOWN : (uint64_t)count;
        assert_int_equal(sample_list_append(&series->examined, &sample), 0);
    }
}

/* Both rows take the same but for one event. */
static void examined_pair(struct record *record, enum event event, int64_t fast, int64_t slow)
{
    begin(record);
    add(record, "thread-pool", 10, 12, (struct counts){20, 1, 50, 40, 2});
    add(record, "process-pool", 13, 12, (struct counts){20, 1, 50, 40, 2});
    examine(&record->series[0], event, fast);
    examine(&record->series[1], event, slow);
}

static void events_are_named_where_both_were_examined(void **state)
{
    struct record record;

    (void)state;
    examined_pair(&record, EVENT_RUN_DELAY, 2000000, 20000000);
    expect(&record,
           "  why process-pool is slower than thread-pool: queueing for a CPU differs most,\n"
           "    2.00 ms a task against 200 us, 7.00 × [7.00, 7.00]\n");
    examined_pair(&record, EVENT_MIGRATIONS, 0, 20);
    expect(&record,
           "  why process-pool is slower than thread-pool: moves to another CPU differ most,\n"
           "    2.00 a task against none, 21.0 × [21.0, 21.0]\n");
    examined_pair(&record, EVENT_DTLB_MISSES, 20000, 90000);
    expect(&record,
           "  why process-pool is slower than thread-pool: misses of the TLB differ most,\n"
           "    9,000 a task against 2,000, 4.50 × [4.50, 4.50]\n");
    /* Too few to matter. */
    examined_pair(&record, EVENT_INSTRUCTIONS, 1000, 100000);
    expect(&record, "");
    /* What was not counted is not none. */
    examined_pair(&record, EVENT_MIGRATIONS, -1, 20);
    expect(&record, "");
    examined_pair(&record, EVENT_RUN_DELAY, 2000000, 20000000);
    record.series[0].examined.items[5].events[EVENT_RUN_DELAY] = EVENT_UNKNOWN;
    expect(&record, "");
    /* The rule is that of the other counters: nothing to see in epochs that were not shared. */
    examined_pair(&record, EVENT_RUN_DELAY, 2000000, 20000000);
    record.series[0].examined.count = 6;
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
        cmocka_unit_test(events_are_named_where_both_were_examined),
    };

    return cmocka_run_group_tests_name("why", tests, NULL, NULL);
}
