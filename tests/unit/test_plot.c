/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures drawn by the real gnuplot from a made-up record; skipped where there is none. */
#include "tests/unit/plot_draw.h"

#include <stdint.h>

static void the_same_record_gives_the_same_bytes(void **state)
{
    static const char *const names[] = {"a.svg", "a.png", NULL};

    (void)state;
    for (unsigned kind = 0; kind < 2; kind++) {
        for (const char *const *name = names; *name; name++) {
            size_t first_size, second_size;

            draw(kind, 1, *name, PLOT_DARK);
            char *first = file_text(*name, &first_size);
            draw(kind, 1, *name, PLOT_DARK);
            char *second = file_text(*name, &second_size);
            assert_int_equal(first_size, second_size);
            assert_memory_equal(first, second, first_size);
            free(first);
            free(second);
        }
    }
}

static void a_theme_changes_a_png_and_not_an_svg(void **state)
{
    size_t size[4];
    char *text[4];

    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        const char *name = i < 2 ? "a.svg" : "a.png";

        draw(PLOT_TIMELINE, 1, name, i % 2 ? PLOT_DARK : PLOT_LIGHT);
        text[i] = file_text(name, &size[i]);
    }
    assert_string_equal(text[0], text[1]);
    assert_true(size[2] != size[3] || memcmp(text[2], text[3], size[2]) != 0);
    for (unsigned i = 0; i < 4; i++) {
        free(text[i]);
    }
}

static void the_title_states_the_finding(void **state)
{
    (void)state;
    draw(PLOT_TIME, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has(
        "a.svg", "-title\">Threads win for sleep and file; serial wins for empty and counter; "
                 "elsewhere cannot tell threads from processes</title>"));
    assert_true(file_has("a.words.tsv", "12\u00a0epochs (96\u00a0samples)"));
    draw(PLOT_TIMELINE, 1, "b.svg", PLOT_LIGHT);
    assert_true(file_has("b.svg", " ms with pthread and fork</title>"));
}

/* Regression: who used less of the processor was called the fastest. */
static void cpu_time_is_not_called_fast(void **state)
{
    struct plot_request request = {.kind = PLOT_TIME,
                                   .metric = METRIC_CPU,
                                   .out_path = "a.svg",
                                   .scripts_dir = fixture_scripts()};
    char why[PLOT_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(groups_make(&record, METRIC_CPU, &groups), 0);
    if (plot_draw(&record, &groups, &request, why) == -ENOENT) {
        skip();
    }
    assert_string_equal(why, "");
    assert_true(file_has("a.svg", ">more CPU time"));
    assert_true(file_has("a.svg", "hreads use less CPU time for "));
    assert_false(file_has("a.svg", "fastest"));
    assert_false(file_has("a.svg", "slower"));
    assert_false(file_has("a.svg", " win"));
}

static void few_epochs_give_no_verdict(void **state)
{
    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        record.series[i].samples.count = 8;
    }
    draw(PLOT_TIME, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", "-title\">Too few epochs to tell strategies apart</title>"));
    assert_false(file_has("a.words.tsv", "its 95"));
}

static void rows_without_a_time_say_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        record.series[i].samples.count = 0; /* nothing at all was measured */
    }
    record.series[1].skipped = strdup("no network");
    assert_int_equal(series_add_failure(&record.series[2], 3, "ended by signal 11"), 0);
    draw(PLOT_TIME, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", ">skipped: no network<"));
    assert_true(file_has("a.svg", ">no sample: ended by signal 11<"));
    assert_true(file_has("a.svg", ">no sample<"));
    assert_true(file_has("a.svg", "-title\">There is no time for all 8 workloads</title>"));
}

/* What is drawn is what the table says: medians of ratios taken within epochs. */
static void marks_are_the_ratios_of_the_table(void **state)
{
    size_t seen = 0;

    (void)state;
    /* Every second epoch takes three times as long, for all strategies alike. */
    for (size_t i = 0; i < record.series_count; i++) {
        struct sample_list *samples = &record.series[i].samples;

        for (size_t k = 0; k < samples->count; k++) {
            samples->items[k].run_ns *= samples->items[k].epoch % 2 ? 3 : 1;
        }
    }
    draw(PLOT_TIME, 0, "a.svg", PLOT_LIGHT);
    for (size_t i = 0; i < groups.count; i++) {
        for (size_t k = 0; k < groups.items[i].row_count; k++) {
            const struct estimate *ratio = &groups.items[i].rows[k].to_best;
            char line[200];

            snprintf(line, sizeof(line), "\t%.8g\t%.8g\t%.8g\t", ratio->value, ratio->low,
                     ratio->high);
            seen += file_has("a.rows.tsv", line);
        }
    }
    /* All but those beyond the axis. */
    assert_in_range(seen, 30, 40);
    assert_false(file_has("a.epochs.tsv", "\t1\tserial\t"));
}

static void rows_beyond_the_axis_are_written_there(void **state)
{
    (void)state;
    draw(PLOT_TIME, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", "3,837× →<"));
    assert_true(file_has("a.ticks.tsv", "\n2\t2×\n"));
    assert_false(file_has("a.ticks.tsv", "10×"));
}

static void many_lanes_are_cut_with_a_note(void **state)
{
    struct timeline *timeline = &record.series[1].timeline;

    (void)state;
    for (size_t i = 0; i < 20; i++) {
        timeline->items[i].worker = (uint32_t)i;
    }
    timeline->items[20].worker = UINT32_MAX;
    draw(PLOT_TIMELINE, 0, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", ">8 of 4294967296 workers<"));
    assert_true(file_has("a.svg", "first 8 workers of each strategy shown"));
}

static void failed_tasks_are_marked(void **state)
{
    (void)state;
    draw(PLOT_TIMELINE, 2, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", ">! timed out after 200 ms<"));
    assert_true(file_has("a.svg", ">!<")); /* the task of 1 ms, too narrow for its error */
    assert_true(file_has("a.svg", "outlined, !: the task failed"));
    assert_true(file_has("a.svg", "3 of 7 tasks fail</title>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLOT_TEST(the_same_record_gives_the_same_bytes),
        PLOT_TEST(a_theme_changes_a_png_and_not_an_svg),
        PLOT_TEST(the_title_states_the_finding),
        PLOT_TEST(cpu_time_is_not_called_fast),
        PLOT_TEST(few_epochs_give_no_verdict),
        PLOT_TEST(rows_without_a_time_say_so),
        PLOT_TEST(marks_are_the_ratios_of_the_table),
        PLOT_TEST(rows_beyond_the_axis_are_written_there),
        PLOT_TEST(many_lanes_are_cut_with_a_note),
        PLOT_TEST(failed_tasks_are_marked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
