/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands for threads, and who for processes? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/contest.h"
#include "tests/unit/made_series.h"

static void add(struct record *record, const char *strategy, double run_ms)
{
    made_add(record, (struct made){.workload = "empty",
                                   .strategy = strategy,
                                   .workers = 2,
                                   .tasks = 10,
                                   .run_ns = run_ms * 1e6,
                                   .epochs = 12,
                                   .blocks = 4});
}

/* Chunks do not decide between threads and processes, unless both have them, or one has nothing
 * else. */
static void chunks_of_one_kind_decide_no_contest(void **state)
{
    static const struct {
        const char *more;
        double plain_ms;
        const char *best;
    } cases[] = {
        {NULL, 10, "process-pool"},
        {"thread-pool:chunk=64", 10, "process-pool:chunk=64"},
        {"thread-pool:chunk=8", 10, "process-pool"},
        {NULL, 0, "process-pool:chunk=64"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct record record;
        struct groups groups;

        assert_int_equal(record_init(&record), 0);
        add(&record, "thread-pool", 8);
        add(&record, "process-pool:chunk=64", 2);
        if (cases[i].more) {
            add(&record, cases[i].more, 4);
        }
        if (cases[i].plain_ms > 0) {
            add(&record, "process-pool", cases[i].plain_ms);
        }
        assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
        assert_string_equal(groups.items[0].contest.processes->series->strategy, cases[i].best);
        groups_release(&groups);
        record_release(&record);
    }
}

/* Five epochs of serial, and twelve of the two that meet: who of them is faster is known, and
 * whether either beats serial is not. */
static void a_short_serial_is_not_beaten(void **state)
{
    struct record record;
    struct groups groups;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "serial", 20);
    add(&record, "pthread", 10);
    add(&record, "fork", 15);
    record.series[0].samples.count = 5 * 4;
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.items[0].contest.outcome, CONTEST_THREADS);
    assert_false(groups.items[0].contest.pays);
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_serial_is_not_beaten),
        cmocka_unit_test(chunks_of_one_kind_decide_no_contest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
