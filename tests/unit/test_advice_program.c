/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many programs at once: from made records to numbers and words; and the workload that starts
 * them. */
#include "near.h"
#include "output/advice_program_words.h"
#include "tests/unit/text_fixture.h"

#include <errno.h>

#define US 1e3
#define MS 1e6

struct measured {
    struct record records[3];
    struct groups groups[3];
};

static void add(struct record *record, const char *workload, const char *strategy, uint64_t workers,
                uint64_t tasks, double run_ns)
{
    made_add(record, (struct made){.workload = workload,
                                   .strategy = strategy,
                                   .workers = workers,
                                   .tasks = tasks,
                                   .run_ns = run_ns,
                                   .epochs = 12,
                                   .blocks = 2});
}

/* Times of 8 runs; 0: not measured. */
static int make(struct measured *measured, double serial, double two, double four,
                struct advice_program *ret_program)
{
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(record_init(&measured->records[i]), 0);
    }
    add(&measured->records[0], "command", "serial", 1, 8, serial);
    add(&measured->records[0], "command", "thread-pool", 2, 8, two);
    add(&measured->records[0], "command", "thread-pool", 4, 8, four);
    add(&measured->records[1], "command", "serial", 1, 32, 32 * 500 * US);
    add(&measured->records[2], "empty", "serial", 1, 200, 200 * 50);
    add(&measured->records[2], "empty", "pthread", 1, 200, 200 * 20 * US);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(groups_make(&measured->records[i], METRIC_COLD, &measured->groups[i]), 0);
    }
    return advice_program_make(&measured->groups[0], &measured->groups[1], &measured->groups[2],
                               ret_program);
}

static void release(struct measured *measured)
{
    for (size_t i = 0; i < 3; i++) {
        groups_release(&measured->groups[i]);
        record_release(&measured->records[i]);
    }
}

static void tell(double serial, double two, double four, uint64_t tasks, const char *expected)
{
    struct advice_program program;
    struct measured measured;
    struct capture capture;

    assert_int_equal(make(&measured, serial, two, four, &program), 0);
    capture_begin(&capture);
    assert_int_equal(advice_program_write(capture.file, &program, "con\033vert", tasks, &utf8), 0);
    capture_end(&capture, &utf8, expected);
    scaling_release(&program.scaling);
    release(&measured);
}

static void as_many_as_pay_are_advised(void **state)
{
    (void)state;
    tell(80 * MS, 42 * MS, 42 * MS, 100,
         "Run 2 of con?vert at once: 5.25 ms each, 1.90 × [1.90, 1.90] as fast as one\n"
         "  after the other; 100 runs take about 525 ms.\n"
         "  One run takes 10.0 ms alone; 4 at once is 1.90 × [1.90, 1.90] as fast. More at\n"
         "  once gain nothing.\n"
         "  A thread in its place could save at most 480 us of each run (4.80 %): starting\n"
         "  a program that does nothing takes 500 us here, a thread 20.0 us (true and\n"
         "  pthread, measured just now).\n");
    tell(80 * MS, 42 * MS, 22 * MS, 0, NULL);
}

static void nothing_is_gained_by_more(void **state)
{
    (void)state;
    tell(80 * MS, 84 * MS, 90 * MS, 0,
         "Run con?vert one after the other: 10.0 ms each.\n"
         "  One run takes 10.0 ms alone; 4 at once is 0.89 × [0.89, 0.89] as fast. More at\n"
         "  once are slower.\n"
         "  A thread in its place could save at most 480 us of each run (4.80 %): starting\n"
         "  a program that does nothing takes 500 us here, a thread 20.0 us (true and\n"
         "  pthread, measured just now).\n");
}

static void a_disturbed_answer_is_called_so(void **state)
{
    struct advice_program program;
    struct measured measured;
    struct capture capture;

    (void)state;
    assert_int_equal(make(&measured, 80 * MS, 42 * MS, 42 * MS, &program), 0);
    struct record *record = &measured.records[0];
    for (size_t i = 0; i < record->series_count; i++) {
        for (size_t k = 0; k < record->series[i].samples.count; k++) {
            record->series[i].samples.items[k].loud = true;
        }
    }
    scaling_release(&program.scaling);
    groups_release(&measured.groups[0]);
    assert_int_equal(groups_make(record, METRIC_COLD, &measured.groups[0]), 0);
    assert_int_equal(advice_program_make(&measured.groups[0], &measured.groups[1],
                                         &measured.groups[2], &program),
                     0);
    capture_begin(&capture);
    assert_int_equal(advice_program_write(capture.file, &program, "x", 0, &utf8), 0);
    capture_end(&capture, &utf8,
                "Not to be relied on, because others disturbed it: Run 2 of x at once: 5.25 ms\n"
                "  each, 1.90 × [1.90, 1.90] as fast as one after the other.\n"
                "  One run takes 10.0 ms alone; 4 at once is 1.90 × [1.90, 1.90] as fast. How\n"
                "  sure that is cannot be told: others disturbed it.\n"
                "  A thread in its place could save at most 480 us of each run (4.80 %): starting\n"
                "  a program that does nothing takes 500 us here, a thread 20.0 us (true and\n"
                "  pthread, measured just now).\n");
    scaling_release(&program.scaling);
    release(&measured);
}

static void no_more_is_saved_than_a_run_takes(void **state)
{
    struct advice_program program;
    struct measured measured;

    (void)state;
    assert_int_equal(make(&measured, 8 * 300 * US, 4 * 300 * US, 4 * 300 * US, &program), 0);
    assert_near(program.saved_ns, 300 * US, 200);
    assert_near(program.start_ns, 500 * US, 300);
    assert_near(program.thread_ns, 20 * US - 50, 12);
    scaling_release(&program.scaling);
    release(&measured);
}

static void failed_runs_are_no_times(void **state)
{
    struct advice_program program;
    struct measured measured;

    (void)state;
    assert_int_equal(make(&measured, 8 * MS, 4 * MS, 4 * MS, &program), 0);
    assert_null(advice_program_error(&measured.groups[0]));
    assert_int_equal(series_add_error(&measured.records[0].series[1], 3, "exited with status 3"),
                     0);
    assert_string_equal(advice_program_error(&measured.groups[0]), "exited with status 3");
    scaling_release(&program.scaling);
    assert_int_equal(advice_program_make(&measured.groups[0], &measured.groups[2],
                                         &measured.groups[1], &program),
                     -ENODATA);
    release(&measured);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_as_pay_are_advised),
        cmocka_unit_test(nothing_is_gained_by_more),
        cmocka_unit_test(a_disturbed_answer_is_called_so),
        cmocka_unit_test(no_more_is_saved_than_a_run_takes),
        cmocka_unit_test(failed_runs_are_no_times),
    };

    return cmocka_run_group_tests_name("advice program", tests, NULL, NULL);
}
