/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a task took: of all tasks of a sample the share of one, and what was not counted as such. */
#include "output/counters_table.h"
#include "tests/unit/table_fixture.h"

static struct series *add(struct record *record, const char *strategy, double run_ms)
{
    struct made made = cell(strategy, run_ms);

    made.tasks = 10;
    struct series *series = made_add(record, made);
    for (size_t i = 0; i < series->samples.count; i++) {
        struct sample *sample = &series->samples.items[i];

        sample->user_ns = 20000000;
        sample->minor_faults = 25;
    }
    return series;
}

static void examine(struct series *series, uint64_t delay_ns, uint64_t cycles)
{
    for (uint64_t epoch = 0; epoch < 12; epoch++) {
        struct sample sample = {.epoch = epoch, .block = 10};

        for (enum event event = 0; event < EVENT_COUNT; event++) {
            sample.events[event] = EVENT_UNKNOWN;
        }
        sample.events[EVENT_RUN_DELAY] = delay_ns;
        sample.events[EVENT_MIGRATIONS] = 0;
        sample.events[EVENT_CYCLES] = cycles;
        assert_int_equal(sample_list_append(&series->examined, &sample), 0);
    }
}

static void expect(struct record *record, const char *expected)
{
    struct capture capture;
    struct groups groups;

    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    capture_begin(&capture);
    assert_int_equal(counters_table_write(capture.file, record, &groups, &utf8), 0);
    capture_end(&capture, &utf8, expected);
    groups_release(&groups);
    record_release(record);
}

static void what_was_not_counted_is_no_zero(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "serial", 20);
    examine(add(&record, "pthread", 10), 0, 50000000);
    examine(add(&record, "\033[2Jfork", 12), 3000000, EVENT_UNKNOWN);
    (void)json_object_set_new(record.head, "environment",
                              json_pack("{s:{s:s, s:s, s:s, s:s}}", "not_counted", "migrations",
                                        "not\033 here", "instructions", "not supported",
                                        "dtlb_misses", "not supported", "new", "x"));
    expect(&record,
           "\n"
           "primes: what a task took\n"
           "  strategy             user    faults  queueing    cycles\n"
           "  serial            2.00 ms      2.50         -         -\n"
           "  pthread           2.00 ms      2.50         0 5,000,000\n"
           "  ?[2Jfork          2.00 ms      2.50    300 us         -\n"
           "\n"
           "not available here: moves to another CPU: not? here; instructions, misses of the\n"
           "  TLB: not supported\n");
}

static void files_of_before_have_the_old_counters(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "serial", 20);
    expect(&record, "\n"
                    "primes: what a task took\n"
                    "  strategy             user    faults\n"
                    "  serial            2.00 ms      2.50\n");
}

static void rows_of_one_strategy_are_told_apart(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add(&record, "serial", 20);
    add(&record, "process-pool", 12);
    add(&record, "process-pool", 10)->workers = 16;
    expect(&record, "\n"
                    "primes: what a task took\n"
                    "  strategy               user    faults\n"
                    "  serial              2.00 ms      2.50\n"
                    "  process-pool (2)    2.00 ms      2.50\n"
                    "  process-pool (16)   2.00 ms      2.50\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_counted_is_no_zero),
        cmocka_unit_test(files_of_before_have_the_old_counters),
        cmocka_unit_test(rows_of_one_strategy_are_told_apart),
    };

    return cmocka_run_group_tests_name("counters table", tests, NULL, NULL);
}
