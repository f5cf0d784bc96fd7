/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts of a made-up sweep: what they say and how much they draw, by their data files. */
#include "output/plot_speedup.h"
#include "tests/unit/sweep_draw.h"

/* How many marks of one style stand in a file of marks. */
static size_t count_marks(const char *path, const char *style)
{
    size_t size, count = 0;
    char *text = file_text(path, &size), *rest = text;

    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        char *column = line;

        for (int i = 0; column && i < 2; i++) {
            column = strchr(column, '\t');
            column = column ? column + 1 : NULL;
        }
        count += line[0] != '#' && column && column[0] == style[0] && column[1] == '\t';
    }
    free(text);
    return count;
}

static size_t count_lines(const char *path)
{
    size_t size, count = 0;
    char *text = file_text(path, &size);

    for (const char *p = text; *p; p++) {
        count += *p == '\n';
    }
    free(text);
    return count;
}

static void speedup_has_a_mark_for_each_number_of_workers(void **state)
{
    (void)state;
    draw(PLOT_SPEEDUP, 6, "a.svg", PLOT_LIGHT);
    assert_int_equal(count_marks("a.marks.tsv", "1"), 4 * 9);
    assert_int_equal(count_marks("a.marks.tsv", "0"), 4 * 9 * 11); /* one epoch is loud */
    assert_true(file_has("a.svg", "-title\">loop (1000 tasks of 1ms): 14."));
    assert_true(file_has("a.svg", "at 32 workers (thread-pool), still rising</title>"));
    assert_true(file_has("a.labels.tsv", "rising at 32"));
    assert_false(file_has("a.labels.tsv", "peak at")); /* the law of fork has one at 30 workers */
    assert_true(file_has("a.labels.tsv", "more workers"));
    assert_int_equal(count_lines("a.leaders.tsv"), 1 + 4);
}

/* Five numbers of workers are the least that a law is fitted to. */
static void few_numbers_of_workers_give_no_law(void **state)
{
    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        record.series[i].placebo = record.series[i].workers > 4;
    }
    draw(PLOT_SPEEDUP, 6, "a.svg", PLOT_LIGHT);
    assert_false(file_has("a.words.tsv", "universal"));
    assert_true(file_has("a.labels.tsv", "no law fitted"));
}

static void cost_tells_where_a_strategy_pays_off(void **state)
{
    (void)state;
    draw(PLOT_COST, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg",
                         "-title\">A thread pays off from tasks of 11\u00a0µs, a fork from "
                         "11"));
    assert_int_equal(count_marks("a.marks.tsv", "1"), 4 * 8);
    assert_int_equal(count_marks("a.marks.tsv", "2"), 3); /* the thread pool does from the first */
    assert_true(file_has("a.labels.tsv", "ideal: serial ÷ 8 workers"));
    assert_true(file_has("a.labels.tsv", "Rule of thumb"));
}

static void winners_have_a_cell_for_each_pair(void **state)
{
    (void)state;
    draw(PLOT_WINNERS, 0, "a.svg", PLOT_LIGHT);
    assert_int_equal(count_lines("a.areas.tsv"), 1 + 8 * 9);
    assert_true(file_has("a.words.tsv", "of 72 cases"));
    assert_true(file_has("a.labels.tsv", "\ton-thread-pool\tthread-pool\n"));
    assert_true(file_has("a.labels.tsv", "≈"));
}

static void memory_stacks_the_kinds_of_pages(void **state)
{
    (void)state;
    draw(PLOT_MEMORY, 0, "a.svg", PLOT_LIGHT);
    /* Four swatches; threads share no pages, so three parts; processes have four. */
    assert_int_equal(count_lines("a.areas.tsv"), 1 + 4 + 2 * 3 + 2 * 4);
    assert_true(file_has("a.svg", "48\u00a0KiB of memory under pthread, 1.2\u00a0MiB under fork"));
}

static void order_shades_the_loud_epoch(void **state)
{
    (void)state;
    /* Other sets of the workload had the epochs before. */
    for (size_t i = 0; i < record.series_count; i++) {
        for (size_t k = 0; k < record.series[i].samples.count; k++) {
            record.series[i].samples.items[k].epoch += 24;
        }
    }
    draw(PLOT_ORDER, 0, "a.svg", PLOT_LIGHT);
    assert_int_equal(count_lines("a.areas.tsv"), 1 + 1);
    assert_int_equal(count_marks("a.marks.tsv", "0"), 5 * 12 * 4);
    assert_true(file_has("a.svg", "others disturbed 1 of 12 epochs</title>"));
}

/* Regression: noise was "no drift seen beyond 2 %", a finding that it is none. */
static void noise_is_not_called_steady(void **state)
{
    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        for (size_t k = 0; k < record.series[i].samples.count; k++) {
            struct sample *sample = &record.series[i].samples.items[k];

            sample->run_ns *= sample->epoch % 2 ? 3 : 2;
        }
    }
    draw(PLOT_ORDER, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", ": no drift can be told in "));
}

static void machines_have_a_dot_for_each_file_and_a_mean(void **state)
{
    struct record others[2];
    struct comparison comparison;
    const struct compare_settings settings = {.metric = METRIC_WARM, .threshold = 0.05};
    struct compare_file files[3] = {{.record = &record, .checksum = "a"},
                                    {.record = &others[0], .checksum = "b"},
                                    {.record = &others[1], .checksum = "c"}};
    char why[PLOT_WHY_SIZE] = "";

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        json_t *machine;

        assert_int_equal(sweep_make(&others[i], 12), 0);
        machine = json_object_get(others[i].head, "machine");
        json_object_set_new(machine, "label", json_string(i ? "other-4c" : "third-2c"));
        json_object_set_new(json_object_get(machine, "cpu"), "cores", json_integer(2 + 2 * i));
    }
    assert_int_equal(compare_make(files, 3, &settings, &comparison), 0);
    struct plot_request request = {.kind = PLOT_MACHINES,
                                   .metric = METRIC_WARM,
                                   .comparison = &comparison,
                                   .out_path = "a.svg",
                                   .scripts_dir = fixture_scripts()};
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    int r = plot_draw(&record, &groups, &request, why);
    compare_release(&comparison);
    record_release(&others[0]);
    record_release(&others[1]);
    if (r == -ENOENT) {
        skip();
    }
    assert_string_equal(why, "");
    assert_int_equal(count_marks("a.marks.tsv", "1"), 6 * 3);
    assert_int_equal(count_marks("a.marks.tsv", "3"), 6);
    assert_true(file_has("a.labels.tsv", "geometric mean"));
    assert_true(file_has("a.words.tsv", "fork is slower than pthread in"));
}

/* Regression: a fitted curve that never peaked was "level", whatever the measurements say. */
static void a_falling_curve_is_not_level(void **state)
{
    struct scaling scaling = {
        .rows = {0}, .count = 2, .best = 0, .trend = SCALING_FALLING, .fitted = true, .peak = NAN};
    struct chart_end end;

    (void)state;
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    scaling.rows[0] = &groups.items[0].rows[0];
    scaling.workers[1] = 8;
    scaling.usl.model = &usl_model;
    curve_end(&scaling, &end);
    assert_non_null(strstr(end.note, "falling at 8"));
}

/* Regression: times of 11 to 14 ms had no mark at all. */
static void a_short_range_has_marks(void **state)
{
    struct chart chart = {.y = {1.1e7, 1.45e7, 400, 0, true}, .x = {0, 1, 0, 100, false}};

    (void)state;
    chart_ticks_durations(&chart, AXIS_Y);
    assert_int_equal(chart.count, 2);
    assert_string_equal(chart.items[1].text, "12\u00a0ms");
    chart_release(&chart);
}

static void names_have_the_height_they_need(void **state)
{
    (void)state;
    assert_true(chart_ends_height(2, 330) <= 330);
    assert_true(chart_ends_height(12, 330) >= 12 * 42);
}

/* Regression: what there was no room for was left out without a word. */
static void strategies_without_room_are_counted(void **state)
{
    char name[20];

    (void)state;
    for (size_t i = 0; i < 15; i++) {
        snprintf(name, sizeof(name), "fork:stack=%zuk", i + 64);
        replace(&record.series[i].strategy, i == 0 ? "serial" : name);
    }
    draw(PLOT_ORDER, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", "more strategies not shown"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHART_TEST(speedup_has_a_mark_for_each_number_of_workers),
        CHART_TEST(few_numbers_of_workers_give_no_law),
        CHART_TEST(cost_tells_where_a_strategy_pays_off),
        CHART_TEST(winners_have_a_cell_for_each_pair),
        CHART_TEST(memory_stacks_the_kinds_of_pages),
        CHART_TEST(order_shades_the_loud_epoch),
        CHART_TEST(noise_is_not_called_steady),
        CHART_TEST(a_falling_curve_is_not_level),
        cmocka_unit_test(a_short_range_has_marks),
        cmocka_unit_test(names_have_the_height_they_need),
        CHART_TEST(strategies_without_room_are_counted),
        CHART_TEST(machines_have_a_dot_for_each_file_and_a_mean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
