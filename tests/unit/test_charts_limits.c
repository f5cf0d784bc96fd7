/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of what is missing, of what a stranger wrote, and with letters; the same bytes each time.
 */
#include "tests/unit/sweep_draw.h"

#include "output/sweep_words.h"

static void what_a_file_lacks_is_named_with_a_remedy(void **state)
{
    static const enum plot_kind kinds[] = {PLOT_SPEEDUP, PLOT_COST, PLOT_MACHINES, PLOT_WINNERS,
                                           PLOT_MEMORY};
    char why[PLOT_WHY_SIZE];

    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        record.series[i].footprint.workers = 0;
        record.series[i].placebo = i > 1;
    }
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        struct plot_request request = {.kind = kinds[i],
                                       .metric = METRIC_WARM,
                                       .out_path = "a.svg",
                                       .scripts_dir = fixture_scripts()};

        why[0] = '\0';
        assert_int_equal(plot_draw(&record, &groups, &request, why), -ENODATA);
        assert_non_null(strstr(why, plot_remedy(kinds[i])));
        assert_non_null(strstr(why, plot_kind_names[kinds[i]]));
    }
}

static void the_same_record_gives_the_same_bytes(void **state)
{
    static const enum plot_kind kinds[] = {PLOT_SPEEDUP, PLOT_COST, PLOT_WINNERS, PLOT_ORDER,
                                           PLOT_MEMORY};
    static const char *const names[] = {"a.svg", "a.png", "a.pdf"};

    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        size_t first_size, second_size;
        const char *name = names[i % 3];

        draw(kinds[i], 0, name, PLOT_LIGHT);
        char *first = file_text(name, &first_size);
        draw(kinds[i], 0, name, PLOT_LIGHT);
        char *second = file_text(name, &second_size);
        assert_int_equal(first_size, second_size);
        assert_memory_equal(first, second, first_size);
        free(first);
        free(second);
    }
}

static void text_of_a_stranger_stays_text(void **state)
{
    static const char hostile[] = "`touch owned`\"$(touch owned)\t<script>\n@x{/:Bold}\\n\xff";

    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        replace(&record.series[i].workload, hostile);
        replace(&record.series[i].summary, hostile);
        if (i / 37 % 2 == 1) {
            replace(&record.series[i].arguments, hostile);
        }
    }
    json_object_set_new(json_object_get(record.head, "machine"), "label",
                        json_string("`touch owned`<script>"));
    draw(PLOT_SPEEDUP, 0, "a.svg", PLOT_LIGHT);
    draw(PLOT_ORDER, 0, "b.svg", PLOT_LIGHT);
    draw(PLOT_MEMORY, 0, "c.svg", PLOT_LIGHT);
    assert_false(file_has("a.svg", "<script"));
    assert_false(file_has("b.svg", "<script"));
    assert_false(file_has("c.svg", "<script"));
    assert_int_equal(access("owned", F_OK), -1);
}

static void letters_draw_what_gnuplot_draws(void **state)
{
    static const struct {
        enum plot_kind kind;
        const char *words;
    } cases[] = {{PLOT_SPEEDUP, "thread-pool"},
                 {PLOT_COST, "Rule of thumb"},
                 {PLOT_WINNERS, "length of one task"},
                 {PLOT_ORDER, "since the run began"},
                 {PLOT_MEMORY, "1.2 MiB"},
                 {PLOT_TIME, "##"}};
    const struct style style = {.ascii = true, .width = 80};
    char why[PLOT_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct plot_request request = {.kind = cases[i].kind, .metric = METRIC_WARM};
        char *text = NULL;
        size_t size = 0, column = 0;
        FILE *out = open_memstream(&text, &size);

        assert_int_equal(plot_text(out, &record, &groups, &request, &style, why), 0);
        fclose(out);
        assert_non_null(strstr(text, cases[i].words));
        for (const char *p = text; *p; p++) {
            column = *p == '\n' ? 0 : column + 1;
            assert_true(column <= 80);
            assert_in_range(*p, '\n', '~');
        }
        free(text);
    }
}

static void a_sweep_has_its_line(void **state)
{
    const struct style style = {.ascii = true, .width = 200};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    assert_int_equal(sweep_words_write(out, &record, &groups, METRIC_WARM, &style), 0);
    fclose(out);
    assert_non_null(strstr(text, "under thread-pool: 14."));
    assert_non_null(strstr(text, "at 32 workers, still rising at 32"));
    assert_non_null(strstr(text, "cost of loop: A thread pays off from tasks of 11 us, a fork"));
    free(text);
}

/* Others used the machine all the time: nothing is said but that. */
static void a_disturbed_sweep_is_no_finding(void **state)
{
    const struct style style = {.ascii = true, .width = 200};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    for (size_t i = 0; i < record.series_count; i++) {
        for (size_t k = 0; k < record.series[i].samples.count; k++) {
            record.series[i].samples.items[k].loud = true;
        }
    }
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    assert_int_equal(sweep_words_write(out, &record, &groups, METRIC_WARM, &style), 0);
    fclose(out);
    assert_non_null(strstr(text, "cannot tell (others disturbed most of its epochs)"));
    assert_null(strstr(text, "still rising"));
    free(text);
    groups_release(&groups);
    draw(PLOT_SPEEDUP, 6, "a.svg", PLOT_LIGHT);
    assert_true(file_has("a.svg", ": cannot tell how it scales, others disturbed it</title>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHART_TEST(what_a_file_lacks_is_named_with_a_remedy),
        CHART_TEST(the_same_record_gives_the_same_bytes),
        CHART_TEST(text_of_a_stranger_stays_text),
        CHART_TEST(letters_draw_what_gnuplot_draws),
        CHART_TEST(a_sweep_has_its_line),
        CHART_TEST(a_disturbed_sweep_is_no_finding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
