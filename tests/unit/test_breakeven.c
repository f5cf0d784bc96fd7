/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From which length of a task on a strategy pays off, and how sure that is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/breakeven.h"
#include "output/plot_cost.h"
#include "tests/unit/made_lengths.h"
#include "tests/unit/near.h"

#include <stdio.h>

/* Tasks of 1 us to 10 ms, which cost a_ns and half of their length under pthread. */
static void make(struct record *record, double a_ns, double noise)
{
    assert_int_equal(record_init(record), 0);
    made_machine(record, "here", 2, true);
    made_lengths(record, a_ns, 0.5, noise);
}

/* What is said of pthread; text has room for 200 bytes. */
static struct costs judge(const struct record *record, char *text)
{
    struct groups groups;
    struct cost_table table;

    assert_int_equal(groups_make(record, METRIC_WARM, &groups), 0);
    assert_int_equal(cost_table_make(record, &groups, METRIC_WARM, &table), 0);
    assert_int_equal(table.count, 1);
    struct costs costs = table.items[0];
    text[0] = '\0';
    cost_finding(&table, text, 200);
    cost_table_release(&table);
    groups_release(&groups);
    return costs;
}

/* The break-even is twice a_ns: where it lies beyond what was measured and its interval does not,
 * that is not certain. */
static void an_interval_that_reaches_back_makes_it_perhaps(void **state)
{
    static const struct {
        double a_ns, noise;
        enum breakeven outcome;
        bool settled;
        const char *words;
    } cases[] = {
        {50, .002, BREAKEVEN_BELOW, true, "A thread pays off below 1.0\u00a0µs already"},
        {475, .15, BREAKEVEN_BELOW, false, "A thread pays off perhaps below 1.0\u00a0µs already"},
        {5e4, .002, BREAKEVEN_AT, true, "A thread pays off from tasks of 10"},
        {5.3e6, .15, BREAKEVEN_ABOVE, false, "A thread pays off perhaps not up to 10\u00a0ms"},
        {5e7, .002, BREAKEVEN_ABOVE, true, "A thread pays off not up to 10\u00a0ms"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct record record;
        char text[200];

        make(&record, cases[i].a_ns, cases[i].noise);
        struct costs costs = judge(&record, text);
        assert_int_equal(costs.outcome, cases[i].outcome);
        assert_int_equal(costs_settled(&costs), cases[i].settled);
        assert_int_equal(isnan(costs.length_at.value), costs.outcome != BREAKEVEN_AT);
        assert_true(costs.length_at.low < costs.length_at.high);
        if (!strstr(text, cases[i].words)) {
            fail_msg("'%s' is not in '%s'", cases[i].words, text);
        }
        record_release(&record);
    }
}

/* Others made the shortest tasks dear, then those that are next as well; four lengths are needed.
 */
static void disturbed_lengths_are_in_no_curve(void **state)
{
    (void)state;
    for (unsigned disturbed = 1; disturbed <= 2; disturbed++) {
        struct record record;
        char text[200];

        make(&record, 5e4, .002);
        for (unsigned i = 0; i < 2 * disturbed; i++) {
            struct sample_list *samples = &record.series[i].samples;

            for (size_t k = 0; k < samples->count; k++) {
                samples->items[k].loud = true;
                samples->items[k].run_ns *= i % 2 ? 9 : 1;
            }
        }
        struct costs costs = judge(&record, text);
        assert_int_equal(costs.count, MADE_LENGTHS);
        assert_int_equal(costs.doubtful, disturbed);
        assert_int_equal(costs.doubt, UNSURE_LOUD);
        if (disturbed == 1) {
            assert_int_equal(costs.outcome, BREAKEVEN_AT);
            assert_near(costs.length_at.value / 1e5, 1, .02);
            assert_near(costs.from_ns / 1e4, 1, .01);
            assert_near(costs.fit.residual, 0, .01);
        } else {
            assert_int_equal(costs.outcome, BREAKEVEN_NONE);
            assert_string_equal(
                text, "Cannot tell from which length on a task pays off, others disturbed it");
        }
        record_release(&record);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(disturbed_lengths_are_in_no_curve),
        cmocka_unit_test(an_interval_that_reaches_back_makes_it_perhaps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
