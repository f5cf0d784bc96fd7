/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of hostile records, and what is said where none can be drawn. */
#include "tests/unit/plot_draw.h"

#include "base/clock.h"
#include "output/gnuplot.h"
#include "output/plot_label.h"

#include <stdint.h>

static const char hostile[] = "`touch pwned` </title><script> {/:Bold x} \"q\" a_b^c \\n $(touch "
                              "pwned)\t#1 '; !touch pwned";

static void words_of_a_result_are_shown_and_never_obeyed(void **state)
{
    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        struct series *series = &record.series[i];

        replace(&series->summary, hostile);
        if (i < 5) {
            replace(&series->workload, hostile);
            replace(&series->arguments, hostile);
        }
        if (i == 2) {
            replace(&series->strategy, hostile);
        }
        if (i == 7) {
            series->skipped = strdup(hostile);
            series->samples.count = 0;
        }
        for (size_t k = 0; k < series->error_count; k++) {
            replace(&series->errors[k].text, hostile);
        }
    }
    json_object_set_new(record.head, "machine", json_pack("{s:s}", "label", hostile));
    draw(PLOT_TIME, 0, "a.svg", PLOT_LIGHT);
    draw(PLOT_TIME, 0, "a.png", PLOT_LIGHT);
    draw(PLOT_TIMELINE, 0, "b.svg", PLOT_LIGHT);
    draw(PLOT_TIMELINE, 2, "c.svg", PLOT_LIGHT);
    assert_int_equal(access("pwned", F_OK), -1);
    assert_int_equal(errno, ENOENT);
    assert_false(file_has("a.svg", "<script"));
    assert_false(file_has("b.svg", "<script"));
    assert_true(file_has("a.svg", "`touch pwned`"));
    assert_true(file_has("b.svg", "&lt;/title&gt;&lt;script&gt;"));
    assert_true(file_has("b.svg", "{/:Bold x}"));
    assert_true(file_has("b.svg", "a_b^c \\n $(touch"));
}

static void names_of_files_are_no_commands(void **state)
{
    (void)state;
    draw(PLOT_TIME, 0, "|touch pwned.svg", PLOT_LIGHT);
    draw(PLOT_TIME, 0, "<touch pwned `touch pwned`\".svg", PLOT_LIGHT);
    assert_int_equal(access("pwned", F_OK), -1);
    assert_int_equal(access("|touch pwned.svg", F_OK), 0);
    assert_int_equal(access("|touch pwned.rows.tsv", F_OK), 0);
}

static void what_cannot_be_drawn_is_said(void **state)
{
    struct plot_request request = {
        .kind = PLOT_TIMELINE, .out_path = "a.svg", .scripts_dir = fixture_scripts()};
    char why[PLOT_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    request.group = 99;
    assert_int_equal(plot_draw(&record, &groups, &request, why), -ENODATA);
    assert_string_equal(
        why, "nothing here that 'timeline' could show; 'tvp run sleep' would measure it");
    request.group = 0;
    request.out_path = "no/such/folder/a.svg";
    assert_int_equal(plot_draw(&record, &groups, &request, why), -EIO);
    assert_non_null(strstr(why, "no/such/folder/a.svg"));
    request.out_path = "a.svg";
    request.scripts_dir = "/nowhere";
    assert_int_equal(plot_draw(&record, &groups, &request, why), -EIO);
    assert_string_equal(why, "cannot read /nowhere/timeline.gp: No such file or directory");
    assert_int_equal(access("a.svg", F_OK), -1);
}

static void a_missing_gnuplot_is_named(void **state)
{
    struct plot_request request = {
        .kind = PLOT_TIME, .out_path = "a.svg", .scripts_dir = fixture_scripts()};
    char why[PLOT_WHY_SIZE] = "", *path = strdup(getenv("PATH"));

    (void)state;
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    setenv("PATH", "/nowhere", 1);
    int r = plot_draw(&record, &groups, &request, why);
    setenv("PATH", path, 1);
    free(path);
    assert_int_equal(r, -ENOENT);
    assert_string_equal(why, "gnuplot is not installed (package gnuplot-nox)");
    assert_int_equal(access("a.svg", F_OK), -1);
}

/* Runs a script of one line. */
static int script_run(const char *line, uint64_t limit_ns, char *why)
{
    static const char *const none[] = {NULL};
    const struct gnuplot_run run = {"./t.gp", none, limit_ns};

    file_put("t.gp", line, strlen(line));
    int r = gnuplot_run(&run, why, PLOT_WHY_SIZE);
    if (r == -ENOENT) {
        print_message("skipped: %s\n", why);
        skip();
    }
    return r;
}

static void a_gnuplot_that_hangs_is_stopped(void **state)
{
    char why[PLOT_WHY_SIZE] = "";
    uint64_t begin_ns = clock_ns();

    (void)state;
    assert_int_equal(script_run("pause 60\n", 300000000, why), -ETIMEDOUT);
    assert_string_equal(why, "gnuplot took longer than 0.3 s and was stopped");
    assert_true(clock_ns() - begin_ns < 10000000000u);
}

static void what_gnuplot_complains_about_is_handed_on(void **state)
{
    char why[PLOT_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(script_run("nonsense\n", 10000000000u, why), -EIO);
    assert_non_null(strstr(why, "\"./t.gp\" line 1: invalid command"));
    assert_null(strchr(why, '\n'));
}

static void labels_are_cleaned_cut_and_wrapped(void **state)
{
    const struct label_room room = {100, 10, false};
    char text[64], lines[2][LABEL_LINE_SIZE];

    (void)state;
    label_clean("a\tb\x01 \xff\xed\xa0\x80 \xe2\x80\xae"
                "c\xef\xbf\xbf",
                text, sizeof(text));
    assert_string_equal(text, "a b  ???? ?c?");
    label_clean("a\u061c\u200b\u200d\u2060\ufe0f\ufeff\U000e0041", text, sizeof(text));
    assert_string_equal(text, "a???????"); /* nothing that hides is let through */
    label_clean("Größe", text, 5);         /* no half characters */
    assert_string_equal(text, "Grö");
    snprintf(text, sizeof(text), "Größenordnung");
    label_cut(text, 5);
    assert_string_equal(text, "Größ…");
    assert_int_equal(
        label_wrap("one two three four five six seven eight nine ten", &room, lines, 2), 2);
    assert_true(label_width(lines[0], &room) <= 100);
    assert_true(label_width(lines[1], &room) <= 100);
    assert_non_null(strstr(lines[1], "…"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLOT_TEST(words_of_a_result_are_shown_and_never_obeyed),
        PLOT_TEST(names_of_files_are_no_commands),
        PLOT_TEST(what_cannot_be_drawn_is_said),
        PLOT_TEST(a_missing_gnuplot_is_named),
        FILE_TEST(a_gnuplot_that_hangs_is_stopped),
        FILE_TEST(what_gnuplot_complains_about_is_handed_on),
        cmocka_unit_test(labels_are_cleaned_cut_and_wrapped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
