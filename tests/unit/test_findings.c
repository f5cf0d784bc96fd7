/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pictures say of made-up records, without drawing them: titles must agree with the verdict.
 */
#include "text_fixture.h"

#include "output/plot_cost.h"

#include <math.h>

static struct record record;
static struct groups groups;

static int begin(void **state)
{
    (void)state;
    groups = (struct groups){.items = NULL};
    return record_init(&record);
}

static int end(void **state)
{
    (void)state;
    groups_release(&groups);
    record_release(&record);
    return 0;
}

static struct series *add(const char *strategy, uint64_t workers, double ms, double noise)
{
    return made_add(&record, (struct made){.workload = "loop",
                                           .strategy = strategy,
                                           .workers = workers,
                                           .tasks = 8,
                                           .run_ns = ms * 1e6,
                                           .epochs = 12,
                                           .blocks = 4,
                                           .own_noise = noise});
}

static void check(const char *text, const char *words)
{
    if (!strstr(text, words)) {
        fail_msg("wanted '%s': %s", words, text);
    }
}

static void check_title(enum metric metric, const char *title)
{
    char text[400];

    groups_release(&groups);
    assert_int_equal(groups_make(&record, metric, &groups), 0);
    plot_title_time(&groups, text, sizeof(text));
    assert_string_equal(text, title);
}

/* Draws the first group. */
static void check_chart(chart_maker *make, const char *words)
{
    struct chart chart = {.items = NULL};
    struct plot_words made = {.title = ""};

    groups_release(&groups);
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    struct chart_source source = {.record = &record, .groups = &groups, .metric = METRIC_WARM};
    assert_int_equal(make(&source, &chart, &made), 0);
    check(made.title, words);
    chart_release(&chart);
}

static void slower_than_serial_is_no_gain(void **state)
{
    (void)state;
    add("serial", 1, 1, 0);
    for (uint64_t workers = 1; workers <= 4; workers *= 2) {
        add("pthread", workers, 10 + (double)workers, 0);
    }
    check_chart(chart_speedup, "loop: no gain over serial is shown");
}

/* The fewest workers that may be as fast as the best need not be told apart from serial. */
static void a_gain_of_more_workers_is_not_denied(void **state)
{
    (void)state;
    add("serial", 1, 10, 0);
    add("pthread", 1, 10, .4);
    add("pthread", 2, 8, 0);
    check_chart(chart_speedup, "loop: 1.25× at 2 workers (pthread)");
}

static void a_title_names_the_other_kind_and_the_ratio_that_decided(void **state)
{
    (void)state;
    add("serial", 1, 40, 0);
    add("thread-pool", 2, 10, 0);
    add("pthread", 2, 15.5, 0);
    add("fork", 2, 43.5, 0);
    check_title(METRIC_WARM, "loop: threads win, 4.35× ahead of fork");
    check_title(METRIC_CPU, "loop: threads use less CPU time; fork uses 4.35× as much");
}

static void serial_that_leads_wins_alone(void **state)
{
    (void)state;
    add("serial", 1, 10, 0);
    add("pthread", 2, 20, 0);
    add("fork", 2, 30, 0);
    check_title(METRIC_WARM, "loop: serial wins, 2.00× ahead of pthread");
    add("thread-pool", 2, 10.01, 0);
    check_title(METRIC_WARM, "loop: no gain over serial is shown");
}

static void what_may_beat_serial_is_not_called_a_loser(void **state)
{
    (void)state;
    add("serial", 1, 20, 0);
    add("pthread", 2, 17, .4);
    add("fork", 2, 22, .4);
    check_title(METRIC_WARM, "loop: cannot tell whether any beats serial");
}

static void a_disturbed_group_is_not_called_a_tie(void **state)
{
    (void)state;
    add("serial", 1, 40, 0);
    add("pthread", 2, 10, 0);
    add("fork", 2, 20, 0);
    for (size_t i = 0; i < record.series_count; i++) {
        for (size_t k = 0; k < record.series[i].samples.count; k++) {
            record.series[i].samples.items[k].loud = true;
        }
    }
    check_title(METRIC_WARM, "loop: too disturbed to tell");
}

static bool chart_says(const struct chart *chart, const char *words)
{
    for (size_t i = 0; i < chart->count; i++) {
        if (chart->items[i].text && strstr(chart->items[i].text, words)) {
            return true;
        }
    }
    return false;
}

/* Regression: thread-pool against serial was drawn as processes against threads. */
static void machines_name_who_meets(void **state)
{
    const struct compare_settings settings = {.metric = METRIC_WARM, .threshold = 0.05};
    struct comparison comparison;
    struct chart chart = {.items = NULL};
    struct plot_words words = {.title = ""};

    (void)state;
    made_machine(&record, "here", 2, true);
    add("serial", 1, 20, 0);
    add("thread-pool", 2, 10, 0);
    add("process-pool", 2, 12, 0);
    const struct compare_file files[] = {{.record = &record, .checksum = "a"},
                                         {.record = &record, .checksum = "b"}};
    assert_int_equal(compare_make(files, 2, &settings, &comparison), 0);
    const struct chart_source source = {
        .record = &record, .comparison = &comparison, .metric = METRIC_WARM};
    assert_int_equal(chart_machines(&source, &chart, &words), 0);
    assert_string_equal(words.title,
                        "thread-pool is slower than serial in 0 of 2 cases, faster in 2");
    assert_true(chart_says(&chart, "thread-pool faster"));
    assert_true(chart_says(&chart, "serial faster"));
    assert_false(chart_says(&chart, "processes"));
    chart_release(&chart);
    compare_release(&comparison);
}

static void tasks_count_from_one(void **state)
{
    static const unsigned spans[][4] = {{0, 0, 0, 10}};
    char text[160];

    (void)state;
    struct series *series = add("serial", 1, 10, 0);
    made_timeline(series, spans, 1, -1);
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    span_label(&groups.items[0], series, &series->timeline.items[0], 100, text, sizeof(text));
    assert_string_equal(text, "1");
    series->timeline.items[0].failed = true;
    span_label(&groups.items[0], series, &series->timeline.items[0], 40, text, sizeof(text));
    assert_string_equal(text, "! 1");
}

/* Regression: all that was not told apart was called a tie. */
static void a_winner_is_told_or_not_or_not_measured(void **state)
{
    struct winner winner = {.first = NULL};

    (void)state;
    add("serial", 1, 10, 0);
    add("pthread", 2, 20, 0);
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    assert_string_equal(winner_sign(&groups.items[0], &winner), "–");
    winner.first = &groups.items[0].rows[0];
    winner.second = &groups.items[0].rows[1];
    winner.lead = (struct estimate){1.005, 0.995, 1.01, 12, .95};
    assert_string_equal(winner_sign(&groups.items[0], &winner), "≈");
    winner.lead = (struct estimate){1.2, 0.9, 1.5, 12, .95};
    assert_string_equal(winner_sign(&groups.items[0], &winner), "?");
    winner.told_apart = true;
    assert_string_equal(winner_sign(&groups.items[0], &winner), "");
}

/* Regression: fitted curves of strategies with options were "too few measurements". */
static void options_keep_no_strategy_from_paying_off(void **state)
{
    struct costs costs[] = {
        {.strategy = "thread-pool:chunk=64",
         .outcome = BREAKEVEN_AT,
         .length_at = {2e3, NAN, NAN, 12, 0}},
        {.strategy = "fork", .outcome = BREAKEVEN_NONE},
        {.strategy = "process-pool", .outcome = BREAKEVEN_AT, .length_at = {9e3, NAN, NAN, 12, 0}},
    };
    struct cost_table table = {.items = costs, .count = 3};
    char text[300] = "";

    (void)state;
    cost_finding(&table, text, sizeof(text));
    assert_string_equal(text, "A process pool pays off from tasks of about 9.0\u00a0µs, "
                              "a thread-pool:chunk=64 from about 2.0\u00a0µs");
}

#define FINDING_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FINDING_TEST(slower_than_serial_is_no_gain),
        FINDING_TEST(a_gain_of_more_workers_is_not_denied),
        FINDING_TEST(a_title_names_the_other_kind_and_the_ratio_that_decided),
        FINDING_TEST(serial_that_leads_wins_alone),
        FINDING_TEST(what_may_beat_serial_is_not_called_a_loser),
        FINDING_TEST(a_disturbed_group_is_not_called_a_tie),
        FINDING_TEST(machines_name_who_meets),
        FINDING_TEST(tasks_count_from_one),
        FINDING_TEST(options_keep_no_strategy_from_paying_off),
        FINDING_TEST(a_winner_is_told_or_not_or_not_measured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
