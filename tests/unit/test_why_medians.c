/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Epochs may say slower where the medians of all epochs say faster. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/why.h"
#include "tests/unit/made_series.h"

static void add(struct record *record, const char *strategy, double run_ms, uint64_t faults)
{
    struct series *series = made_add(record, (struct made){.workload = "primes",
                                                           .strategy = strategy,
                                                           .workers = 2,
                                                           .tasks = 10,
                                                           .run_ns = run_ms * 1e6,
                                                           .epochs = 12,
                                                           .blocks = 4});

    for (size_t i = 0; i < series->samples.count; i++) {
        series->samples.items[i].minor_faults = faults;
    }
}

/* Nine hundred page faults more, for three milliseconds less. */
static void what_takes_less_needs_no_reason(void **state)
{
    struct record record;
    struct groups groups;
    struct why why;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "thread-pool", 10, 950);
    add(&record, "process-pool", 13, 50);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_false(why_slower(&groups.items[0].rows[0], &groups.items[0].rows[1], &why));
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_takes_less_needs_no_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
