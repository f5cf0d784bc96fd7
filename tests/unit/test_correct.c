/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which comparisons are corrected together, when some have fewer epochs than that takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "output/words.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#define WORKLOADS 3
#define STRATEGIES 5

static void add(struct record *record, const char *workload, const char *strategy, double run_ms,
                unsigned epochs, double noise)
{
    made_add(record, (struct made){.workload = workload,
                                   .strategy = strategy,
                                   .workers = 2,
                                   .tasks = 4,
                                   .run_ns = run_ms * 1e6,
                                   .epochs = epochs,
                                   .blocks = 4,
                                   .own_noise = noise});
}

/* Twelve comparisons with serial, of which some have seven epochs: half a per cent slower, and one
 * per cent of noise. */
static void make(struct record *record, unsigned short_rows)
{
    static const char *const names[] = {"serial", "pthread", "fork", "thread-pool", "process-pool"};
    char workload[8];

    assert_int_equal(record_init(record), 0);
    for (unsigned i = 0; i < WORKLOADS * STRATEGIES; i++) {
        snprintf(workload, sizeof(workload), "w%u", i / STRATEGIES);
        unsigned row = i % STRATEGIES;
        bool is_short = row > 0 && (i / STRATEGIES) * (STRATEGIES - 1) + row <= short_rows;

        add(record, workload, names[row], row == 0 ? 20 : 20.1, is_short ? 7 : 12, row ? 0 : .01);
    }
}

/* A trial crashed after seven epochs: its row has no verdict among twelve, and the others have. */
static void a_short_row_takes_the_correction_from_nobody(void **state)
{
    struct record record;
    struct groups groups;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    make(&record, 1);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.comparisons, WORKLOADS * (STRATEGIES - 1));
    assert_true(groups.corrected);
    const struct row *rows = groups.items[0].rows;
    assert_int_equal(rows[1].standing, STANDING_UNSURE);
    assert_int_equal(rows[1].unsure, UNSURE_ROWS);
    assert_false(estimate_has_interval(&rows[1].to_best));
    for (size_t i = 2; i < STRATEGIES; i++) {
        assert_true(rows[i].to_best.confidence > .99);
    }
    write_group_unsure(out, &groups.items[0], &rows[1].to_best, rows[1].unsure, 0);
    assert_int_equal(fclose(out), 0);
    assert_non_null(strstr(text, "fewer than 9"));
    assert_non_null(strstr(text, "too few for 12 comparisons at once"));
    free(text);
    groups_release(&groups);
    record_release(&record);
}

static void with_most_of_them_short_each_stands_for_itself(void **state)
{
    struct record record;
    struct groups groups;

    (void)state;
    make(&record, 7);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_false(groups.corrected);
    assert_near(groups.items[0].rows[1].to_best.confidence, CONFIDENCE, 1e-9);
    groups_release(&groups);
    record_release(&record);
}

/* One contest counts as two tests, since one side has four rows; the others have seven epochs,
 * which are enough for a single test in three. */
static void a_contest_asks_for_the_epochs_of_its_own_tests(void **state)
{
    static const char *const processes[] = {"fork", "process-pool", "fork:channel=pipe",
                                            "process-pool:channel=pipe"};
    struct record record;
    struct groups groups;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add(&record, "many", "pthread", 10, 12, 0);
    for (size_t i = 0; i < 4; i++) {
        add(&record, "many", processes[i], 10, 12, 0);
    }
    for (size_t i = 0; i < 2; i++) {
        add(&record, i ? "two" : "others", "pthread", 10, 7, 0);
        add(&record, i ? "two" : "others", "fork", 10, 7, 0);
    }
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.items[0].contest.tests, 2);
    assert_near(groups.items[1].contest.ratio.confidence, 1 - .05 / 3, 1e-9);
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_row_takes_the_correction_from_nobody),
        cmocka_unit_test(with_most_of_them_short_each_stands_for_itself),
        cmocka_unit_test(a_contest_asks_for_the_epochs_of_its_own_tests),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
