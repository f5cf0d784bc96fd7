/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table as it is printed, with everything odd that a cell can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/table_fixture.h"

static void every_row_has_its_verdict(void **state)
{
    struct record record;
    struct made noisy = cell("fork", 26.9);

    (void)state;
    noisy.own_noise = .03;
    begin(&record);
    made_add(&record, cell("serial", 48));
    made_add(&record, cell("pthread", 28));
    made_add(&record, noisy);
    made_add(&record, cell("thread-pool", 26.6));
    made_add(&record, cell("process-pool", 26.7));
    show(&record, METRIC_COLD, &utf8,
         "primes · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy      workers   median   95 % interval  speed-up  × fastest\n"
         "  serial              1  48.0 ms  47.3 – 48.7 ms      1.00  1.80 slower\n"
         "  pthread             2  28.0 ms  27.6 – 28.4 ms      1.71  1.05 slower\n"
         "  fork                2  26.9 ms  25.7 – 28.1 ms      1.79  1.01 cannot tell\n"
         "  thread-pool         2  26.6 ms  26.2 – 27.0 ms      1.80  fastest\n"
         "  process-pool        2  26.7 ms  26.3 – 27.1 ms      1.80  1.00 no difference\n"
         "  cannot tell: fork (±3 %, about 100 more epochs)\n"
         "\n"
         "Medians of 12 epochs × 8 samples, cold: open, run and close. slower: the ratio\n"
         "is 1.02 or more, and its interval lies above 1. no difference: the whole\n"
         "interval lies within ±2 %. cannot tell: everything else. The verdicts of all 4\n"
         "rows hold together at 95 % (Holm).\n");
    show(&record, METRIC_COLD, &ascii,
         "primes - 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy      workers   median   95 % interval  speed-up  x fastest\n"
         "  serial              1  48.0 ms  47.3 - 48.7 ms      1.00  1.80 slower\n"
         "  pthread             2  28.0 ms  27.6 - 28.4 ms      1.71  1.05 slower\n"
         "  fork                2  26.9 ms  25.7 - 28.1 ms      1.79  1.01 cannot tell\n"
         "  thread-pool         2  26.6 ms  26.2 - 27.0 ms      1.80  fastest\n"
         "  process-pool        2  26.7 ms  26.3 - 27.1 ms      1.80  1.00 no difference\n"
         "  cannot tell: fork (+-3 %, about 100 more epochs)\n"
         "\n"
         "Medians of 12 epochs x 8 samples, cold: open, run and close. slower: the ratio\n"
         "is 1.02 or more, and its interval lies above 1. no difference: the whole\n"
         "interval lies within +-2 %. cannot tell: everything else. The verdicts of all 4\n"
         "rows hold together at 95 % (Holm).\n");
    show(&record, METRIC_CPU, &ascii,
         "primes - 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy      workers   median   95 % interval  x least\n"
         "  serial              1  48.0 ms  47.3 - 48.7 ms  1.80 slower\n"
         "  pthread             2  28.0 ms  27.6 - 28.4 ms  1.05 slower\n"
         "  fork                2  26.9 ms  25.7 - 28.1 ms  1.01 cannot tell\n"
         "  thread-pool         2  26.6 ms  26.2 - 27.0 ms  least\n"
         "  process-pool        2  26.7 ms  26.3 - 27.1 ms  1.00 no difference\n"
         "  cannot tell: fork (+-3 %, about 100 more epochs)\n"
         "\n"
         "Medians of 12 epochs x 8 samples, cpu: user and system time of all workers.\n"
         "slower: the ratio is 1.02 or more, and its interval lies above 1. no difference:\n"
         "the whole interval lies within +-2 %. cannot tell: everything else. The verdicts\n"
         "of all 4 rows hold together at 95 % (Holm).\n");
    record_release(&record);
}

static void few_epochs_cannot_tell(void **state)
{
    struct record record;
    struct made serial = cell("serial", 48), thread = cell("pthread", 28), fork = cell("fork", 30);

    (void)state;
    serial.epochs = thread.epochs = 3;
    fork.epochs = 1;
    begin(&record);
    made_machine(&record, "x86-2c-24g", 2, false);
    made_add(&record, serial);
    made_add(&record, thread);
    made_add(&record, fork);
    show(&record, METRIC_COLD, &utf8,
         "primes · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy  workers   median  95 % interval  speed-up      CPU  × fastest\n"
         "  serial          1  48.0 ms              -      1.00  48.0 ms  1.71 cannot tell\n"
         "  pthread         2  28.0 ms              -      1.71  28.0 ms  fastest\n"
         "  fork            2  30.0 ms              -      1.60  30.0 ms  1.07 cannot tell\n"
         "  cannot tell: serial, fork (fewer than 6 epochs)\n"
         "\n"
         "The run is not complete: it was interrupted, or it still goes on.\n"
         "Medians of 1 to 3 epochs × 8 samples, cold: open, run and close. cannot tell:\n"
         "everything else.\n");
    record_release(&record);
}

static void what_has_no_time_says_why(void **state)
{
    struct record record;
    struct made dead = cell("thread-pool", 1), wrong = cell("fork", 1);

    (void)state;
    dead.epochs = 0;
    wrong.answer = "b";
    begin(&record);
    made_add(&record, cell("serial", 48));
    made_add(&record, wrong);
    made_add(&record, cell("fork", 28));
    made_add(&record, cell("pthread", 1))->consistent = false;
    made_add(&record, dead);
    for (unsigned epoch = 0; epoch < 12; epoch++) {
        series_add_failure(&record.series[4], epoch, "killed by signal 11 (SIGSEGV)");
    }
    series_add_failure(&record.series[2], 1, "cannot create worker 513: EAGAIN");
    series_add_failure(&record.series[2], 7, "no sample within 10 s");
    dead.strategy = "process-pool:channel=pipe,chunk=64";
    made_add(&record, dead)->skipped = strdup("this machine has no shared memory at /dev/shm");
    show(&record, METRIC_COLD, &utf8,
         "primes · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "  strategy     workers   median   95 % interval  speed-up      CPU  × fastest\n"
         "  serial             1  48.0 ms  47.3 – 48.7 ms      1.00  48.0 ms  1.71 slower\n"
         "  fork               2    wrong\n"
         "  fork               2  28.0 ms  27.6 – 28.4 ms      1.71  28.0 ms  fastest\n"
         "  pthread            2    wrong\n"
         "  thread-pool        2   failed\n"
         "  process-pool:channel=pipe,chunk=64\n"
         "                     2  skipped\n"
         "  fork with 2 workers: wrong answer, so its time is not shown\n"
         "  fork with 2 workers: trials without a sample: cannot create worker 513: EAGAIN\n"
         "    (the first of 2 failures)\n"
         "  pthread: answers that change from sample to sample, so its time is not shown\n"
         "  thread-pool: no sample: killed by signal 11 (SIGSEGV) (12 times)\n"
         "  process-pool:channel=pipe,chunk=64: skipped: this machine has no shared memory\n"
         "    at /dev/shm\n"
         "\n"
         "Medians of 12 epochs × 8 samples, cold: open, run and close. slower: the ratio\n"
         "is 1.02 or more, and its interval lies above 1.\n");
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_its_verdict),
        cmocka_unit_test(few_epochs_cannot_tell),
        cmocka_unit_test(what_has_no_time_says_why),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
