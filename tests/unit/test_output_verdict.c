/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer in words: what it says, and that it never says more than the data do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/verdict.h"
#include "tests/unit/text_fixture.h"

#define MS 1e6

/* Five strategies of one workload; times of run in ms, pools also open and close for 1 ms. */
struct five {
    const char *workload;
    double serial, pthread, fork, thread_pool, process_pool;
    double noise; /* of the processes */
    unsigned epochs;
};

static void add_five(struct record *record, const struct five *five)
{
    const struct {
        const char *strategy;
        double run, open, noise;
    } rows[] = {
        {"serial", five->serial, 0, 0},
        {"pthread", five->pthread, 0, 0},
        {"fork", five->fork, 0, five->noise},
        {"thread-pool", five->thread_pool, .5, 0},
        {"process-pool", five->process_pool, .5, five->noise},
    };

    for (size_t i = 0; i < 5; i++) {
        made_add(record, (struct made){.workload = five->workload,
                                       .strategy = rows[i].strategy,
                                       .workers = i == 0 ? 1 : 2,
                                       .tasks = 7,
                                       .run_ns = rows[i].run * MS,
                                       .open_ns = rows[i].open * MS,
                                       .epochs = five->epochs,
                                       .blocks = 2,
                                       .own_noise = rows[i].noise});
    }
}

static void begin(struct record *record, bool complete)
{
    assert_int_equal(record_init(record), 0);
    made_machine(record, "x86-2c-24g", 2, complete);
}

static void show(struct record *record, const struct style *style, const char *expected)
{
    struct groups cold, warm;
    struct capture capture;

    capture_begin(&capture);
    assert_int_equal(groups_make(record, METRIC_COLD, &cold), 0);
    assert_int_equal(groups_make(record, METRIC_WARM, &warm), 0);
    assert_int_equal(verdict_write(capture.file, record, &cold, &warm, style), 0);
    capture_end(&capture, style, expected);
    groups_release(&warm);
    groups_release(&cold);
    record_release(record);
}

static void every_outcome_has_its_words(void **state)
{
    static const struct five workloads[] = {
        {"sleep", 60, 30, 30.1, 30.2, 30.3, 0, 12},    {"loop", 40, 20.1, 21, 21, 21.5, 0, 12},
        {"payload", 40, 21, 28, 22, 30, 0, 12},        {"heap", 40, 36, 25, 37, 28, 0, 12},
        {"primes", 40, 21, 21.5, 21.5, 21.8, .06, 12}, {"empty", .1, 9, 40, 2, 3, 0, 12},
        {"file", 40, 30, 31, 29.2, 27, 0, 12},
    };
    struct record record;

    (void)state;
    begin(&record, true);
    for (size_t i = 0; i < sizeof(workloads) / sizeof(workloads[0]); i++) {
        add_five(&record, &workloads[i]);
    }
    show(&record, &utf8,
         "Threads or processes? On x86-2c-24g (2 cores): either for sleep (no difference\n"
         "beyond 2 %); threads for loop and payload (processes take 1.04 to 1.33 × as\n"
         "long); processes for heap and file (threads take 1.07 to 1.44 × as long);\n"
         "neither for empty (no gain over serial is shown); cannot tell for primes (±6 %).\n"
         "\n"
         "sleep    either (no difference beyond 2 %): pthread with 2 workers, 30.0 ms,\n"
         "         2.00 × serial [2.00, 2.00]; no difference: fork.\n"
         "loop     threads: pthread with 2 workers, 20.1 ms, 1.99 × serial [1.99, 1.99];\n"
         "         processes (fork) take 1.04 × [1.04, 1.04] as long.\n"
         "payload  threads: pthread with 2 workers, 21.0 ms, 1.90 × serial [1.90, 1.90];\n"
         "         processes (fork) take 1.33 × [1.33, 1.33] as long.\n"
         "heap     processes: fork with 2 workers, 25.0 ms, 1.60 × serial [1.60, 1.60];\n"
         "         threads (pthread) take 1.44 × [1.44, 1.44] as long.\n"
         "primes   cannot tell (±6 %, about 90 more epochs): pthread with 2 workers,\n"
         "         21.0 ms, 1.90 × serial [1.90, 1.90]; cannot tell: fork; processes\n"
         "         (fork) take 1.02 × [0.96, 1.08] as long.\n"
         "empty    neither (no gain over serial is shown): serial, 100 us. Of the two,\n"
         "         threads: processes (process-pool) take 1.33 × [1.33, 1.33] as long.\n"
         "file     processes: process-pool with 2 workers, 28.0 ms, 1.43 × serial\n"
         "         [1.43, 1.43]; threads (pthread) take 1.07 × [1.07, 1.07] as long.\n"
         "Leaving out open and close changes none of these answers.\n");
}

static void open_and_close_may_decide_the_answer(void **state)
{
    struct record record;

    (void)state;
    begin(&record, true);
    add_five(&record, &(struct five){"tiny", 4, 2.2, 2.6, 1.9, 1.5, 0, 12});
    show(&record, &ascii,
         "Threads or processes? On x86-2c-24g (2 cores): threads for tiny (processes take\n"
         "1.14 x [1.14, 1.14] as long).\n"
         "\n"
         "tiny  threads: pthread with 2 workers, 2.20 ms, 1.82 x serial [1.82, 1.82];\n"
         "      processes (process-pool) take 1.14 x [1.14, 1.14] as long. Without open\n"
         "      and close: processes, fastest is process-pool with 2 workers, 1.50 ms,\n"
         "      2.67 x serial [2.67, 2.67].\n");
}

static void few_epochs_of_an_incomplete_run_are_no_verdict(void **state)
{
    struct record record;

    (void)state;
    begin(&record, false);
    add_five(&record, &(struct five){"sleep", 6000, 3000, 3001, 3010, 3012, 0, 3});
    add_five(&record, &(struct five){"primes", 40, 21, 28, 22, 30, 0, 1});
    show(&record, &utf8,
         "Threads or processes? On x86-2c-24g (2 cores), from an incomplete run: cannot\n"
         "tell for sleep and primes (1 to 3 epochs give no interval, 6 are needed).\n"
         "\n"
         "sleep   cannot tell from 3 epochs. Smallest median: pthread with 2 workers,\n"
         "        3.00 s, 2.00 × serial; of processes: fork, 3.00 s.\n"
         "primes  cannot tell from 1 epoch. Smallest median: pthread with 2 workers,\n"
         "        21.0 ms, 1.90 × serial; of processes: fork, 28.0 ms.\n");
}

static void synthetic_data_are_called_so(void **state)
{
    struct record record;

    (void)state;
    begin(&record, true);
    assert_int_equal(json_object_set_new(record.head, "synthetic", json_true()), 0);
    add_five(&record, &(struct five){"primes", 40, 21, 28, 22, 30, 0, 12});
    show(&record, &utf8,
         "Threads or processes? In synthetic data, which nobody measured, labelled\n"
         "x86-2c-24g (2 cores): threads for primes (processes take 1.33 × [1.33, 1.33] as\n"
         "long).\n"
         "\n"
         "primes  threads: pthread with 2 workers, 21.0 ms, 1.90 × serial [1.90, 1.90];\n"
         "        processes (fork) take 1.33 × [1.33, 1.33] as long.\n"
         "Leaving out open and close changes none of these answers.\n");
}

static void wrong_skipped_and_failed_cells_are_left_out(void **state)
{
    struct record record;

    (void)state;
    begin(&record, true);
    add_five(&record, &(struct five){"http", 60, 30, 30.1, 30.2, 30.3, 0, 12});
    for (size_t i = 0; i < 5; i++) {
        for (size_t n = 0; n < record.series[i].samples.count; n++) {
            record.series[i].samples.items[n].failed = 3;
        }
    }
    strcpy(record.series[1].answer, "b");
    record.series[3].consistent = false;
    add_five(&record, &(struct five){"file", 60, 30, 30.1, 30.2, 30.3, 0, 0});
    for (size_t i = 5; i < 10; i++) {
        record.series[i].skipped = strdup("the scratch folder is read-only");
    }
    add_five(&record, &(struct five){"loop", 60, 30, 30.1, 30.2, 30.3, 0, 0});
    for (size_t i = 10; i < 15; i++) {
        series_add_failure(&record.series[i], 0, "killed by signal 11");
    }
    show(&record, &utf8,
         "Threads or processes? On x86-2c-24g (2 cores): no comparison for http, file and\n"
         "loop (no times of both threads and processes).\n"
         "\n"
         "http  no comparison: threads have no time. Smallest median: fork with 2 workers,\n"
         "      30.1 ms, 1.99 × serial [1.99, 1.99]. 3 of 7 tasks failed in every sample:\n"
         "      these are times of runs with failures. Left out: pthread (wrong answer),\n"
         "      thread-pool (answers that change from sample to sample).\n"
         "file  skipped: the scratch folder is read-only.\n"
         "loop  no comparison: neither threads nor processes have a time. Left out:\n"
         "      serial, pthread, fork, thread-pool, process-pool (no sample: killed by\n"
         "      signal 11).\n");
}

static void an_empty_file_says_so(void **state)
{
    struct record record;

    (void)state;
    begin(&record, false);
    show(&record, &utf8,
         "Threads or processes? On x86-2c-24g (2 cores), from an incomplete run: nothing\n"
         "was measured.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_outcome_has_its_words),
        cmocka_unit_test(open_and_close_may_decide_the_answer),
        cmocka_unit_test(few_epochs_of_an_incomplete_run_are_no_verdict),
        cmocka_unit_test(synthetic_data_are_called_so),
        cmocka_unit_test(wrong_skipped_and_failed_cells_are_left_out),
        cmocka_unit_test(an_empty_file_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
