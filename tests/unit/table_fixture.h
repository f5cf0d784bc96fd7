/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tables for the tests. */
#ifndef TVP_TEST_TABLE_FIXTURE_H
#define TVP_TEST_TABLE_FIXTURE_H

#include "output/table.h"
#include "tests/unit/text_fixture.h"

#define MS 1e6

static inline struct made cell(const char *strategy, double run_ms)
{
    return (struct made){.workload = "primes",
                         .summary = "6 tasks: 7, 11, 13, 17, 19, 23",
                         .strategy = strategy,
                         .workers = strcmp(strategy, "serial") == 0 ? 1 : 2,
                         .tasks = 6,
                         .run_ns = run_ms * MS,
                         .epochs = 12,
                         .blocks = 8};
}

static inline void begin(struct record *record)
{
    assert_int_equal(record_init(record), 0);
    made_machine(record, "x86-2c-24g", 2, true);
}

static inline void show(struct record *record, enum metric metric, const struct style *style,
                        const char *expected)
{
    struct capture capture;
    struct groups groups;

    capture_begin(&capture);
    assert_int_equal(groups_make(record, metric, &groups), 0);
    assert_int_equal(table_write(capture.file, record, &groups, metric, style), 0);
    capture_end(&capture, style, expected);
    groups_release(&groups);
}

#endif
