/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the table: all that its numbers alone would hide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/table_fixture.h"

static void failed_tasks_are_told_once(void **state)
{
    static const char *const names[] = {"serial", "pthread", "fork"};
    struct record record;

    (void)state;
    begin(&record);
    for (unsigned i = 0; i < 3; i++) {
        struct made made = cell(names[i], i == 0 ? 260 : 200 + i);

        made.workload = "http";
        made.summary = "7 tasks: \033[2Jpages";
        made.tasks = 7;
        made.failed = 3;
        made.workers = i > 0 ? 0 : 1;
        made_add(&record, made);
        series_add_error(&record.series[i], 4, "HTTP 403");
        series_add_error(&record.series[i], 5, "could not resolve host");
        series_add_error(&record.series[i], 6, i < 2 ? "timed out after 2 s" : "connection lost");
    }
    show(&record, METRIC_COLD, &utf8,
         "http · 7 tasks: ?[2Jpages\n"
         "  strategy  workers  median  95 % interval  speed-up     CPU  × fastest\n"
         "  serial          1  260 ms   256 – 264 ms      1.00  260 ms  1.29 slower\n"
         "  pthread       all  201 ms   198 – 204 ms      1.29  201 ms  fastest\n"
         "  fork          all  202 ms   199 – 205 ms      1.29  202 ms  1.00 no difference\n"
         "  3 of 7 tasks failed in every sample: these are times of runs with failures\n"
         "    (task 5 HTTP 403; task 6 could not resolve host; task 7 timed out after 2 s)\n"
         "  fork: task 5 HTTP 403; task 6 could not resolve host; task 7 connection lost\n"
         "\n"
         "Medians of 12 epochs × 8 samples, cold: open, run and close. slower: the ratio\n"
         "is 1.02 or more, and its interval lies above 1. no difference: the whole\n"
         "interval lies within ±2 %. The verdicts of all 2 rows hold together at 95 %\n"
         "(Holm). all: a worker for each task.\n");
    record_release(&record);
}

static void failures_of_some_samples_are_not_told_of_all(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    for (unsigned i = 0; i < 2; i++) {
        struct made made = cell(i ? "pthread" : "serial", i ? 200 : 260);

        made.workload = "http";
        made.failed = 3;
        made_add(&record, made);
    }
    /* Not in the fastest row, but in one that the sentence speaks of as well. */
    record.series[0].samples.items[5].failed = 1;
    show(&record, METRIC_COLD, &utf8,
         "http · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy  workers  median  95 % interval  speed-up     CPU  × fastest\n"
         "  serial          1  260 ms   256 – 264 ms      1.00  260 ms  1.30 slower\n"
         "  pthread         2  200 ms   197 – 203 ms      1.30  200 ms  fastest\n"
         "  up to 3 of 6 tasks failed in a sample: these are times of runs with failures\n"
         "\n"
         "Medians of 12 epochs × 8 samples, cold: open, run and close. slower: the ratio\n"
         "is 1.02 or more, and its interval lies above 1.\n");
    record_release(&record);
}

static void findings_and_short_samples_are_counted(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    for (unsigned i = 0; i < 4; i++) {
        struct made made = cell(i % 2 ? "pthread" : "serial", i < 2 ? 2 : 12);

        made.workload = "counter";
        made.arguments = i < 2 ? "guard=none adds=1000" : "guard=mutex adds=1000";
        made.summary = NULL;
        struct series *series = made_add(&record, made);
        series->finding = strdup("lost updates");
        for (size_t n = 0; i == 1 && n < series->samples.count; n++) {
            series->samples.items[n].finding = 1200 + n;
        }
    }
    show(&record, METRIC_WARM, &utf8,
         "counter guard=none · 6 tasks\n"
         "  strategy  workers   median   95 % interval  speed-up  × fastest\n"
         "  serial          1  2.00 ms  1.97 – 2.03 ms      1.00  fastest\n"
         "  pthread         2  2.00 ms  1.97 – 2.03 ms      1.00  1.00 no difference\n"
         "  lost updates a sample: serial 0, pthread 1,200 – 1,295\n"
         "\n"
         "counter guard=mutex · 6 tasks\n"
         "  strategy  workers   median   95 % interval  speed-up  × fastest\n"
         "  serial          1  12.0 ms  11.8 – 12.2 ms      1.00  fastest\n"
         "  pthread         2  12.0 ms  11.8 – 12.2 ms      1.00  1.00 no difference\n"
         "  lost updates: none\n"
         "\n"
         "Medians of 12 epochs × 8 samples, warm: first submit to last completion, without\n"
         "open and close. no difference: the whole interval lies within ±2 %. The verdicts\n"
         "of all 2 rows hold together at 95 % (Holm).\n"
         "192 of 384 samples are shorter than 10 ms, where clock and noise weigh more:\n"
         "counter guard=none.\n");
    record_release(&record);
}

static void two_speeds_are_named(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    made_add(&record, cell("serial", 60));
    made_add(&record, cell("pthread", 20));
    made_add(&record, cell("fork", 30));
    for (size_t i = 0; i < record.series[1].samples.count; i++) {
        struct sample *sample = &record.series[1].samples.items[i];

        sample->run_ns /= sample->epoch % 12 < 5 ? 1 : 4;
    }
    show(&record, METRIC_COLD, &utf8,
         "primes · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy  workers   median   95 % interval  speed-up      CPU  × fastest\n"
         "  serial          1  60.0 ms  59.1 – 60.9 ms      1.00  60.0 ms  12.0 slower\n"
         "  pthread         2  5.11 ms   5.0 – 20.0 ms      12.0  20.0 ms  fastest\n"
         "  fork            2  30.0 ms  29.6 – 30.4 ms      2.00  30.0 ms  6.00 slower\n"
         "  two speeds: pthread runs at 5.00 ms (7 epochs) or 20.0 ms (5 epochs): probably\n"
         "    by where its workers were placed; try --pin\n"
         "  why fork is slower than pthread: user time differs most, 5.00 ms a task\n"
         "    against 3.33 ms, 1.48 × [1.48, 1.48]\n"
         "\n"
         "Medians of 12 epochs × 8 samples, cold: open, run and close. slower: the ratio\n"
         "is 1.02 or more, and its interval lies above 1. The verdicts of all 2 rows hold\n"
         "together at 95 % (Holm).\n"
         "56 of 288 samples are shorter than 10 ms, where clock and noise weigh more:\n"
         "primes.\n");
    record_release(&record);
}

static void a_group_that_was_skipped_says_it_once(void **state)
{
    static const char *const names[] = {"serial", "pthread"};
    struct record record;

    (void)state;
    begin(&record);
    for (unsigned i = 0; i < 2; i++) {
        struct made made = cell(names[i], 1);

        made.epochs = 0;
        made_add(&record, made)->skipped = strdup("the scratch folder is read-only");
    }
    show(&record, METRIC_COLD, &utf8,
         "primes · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy  workers   median  95 % interval  speed-up  CPU  × fastest\n"
         "  serial          1  skipped\n"
         "  pthread         2  skipped\n"
         "  skipped: the scratch folder is read-only\n"
         "\n");
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failed_tasks_are_told_once),
        cmocka_unit_test(failures_of_some_samples_are_not_told_of_all),
        cmocka_unit_test(findings_and_short_samples_are_counted),
        cmocka_unit_test(two_speeds_are_named),
        cmocka_unit_test(a_group_that_was_skipped_says_it_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
