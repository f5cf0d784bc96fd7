/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for terminals: what it may contain, how wide it is, where it breaks; and the timeline. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/timeline_text.h"
#include "tests/unit/text_fixture.h"

static void text_of_others_cannot_harm_a_terminal(void **state)
{
    static const struct {
        const char *text, *utf8, *ascii;
    } table[] = {
        {"plain", "plain", "plain"},
        {"…first", "…first", "...first"}, /* as long before as after */
        {"≈ × – µs … · █ ±", "≈ × – µs … · █ ±", "~ x - us ... - # +-"},
        {"a\033[2Jb\r\n\tc\x7f", "a?[2Jb???c?", "a?[2Jb???c?"},
        {"\xc2\x9b"
         "31m",
         "?31m", "?31m"}, /* one-character CSI */
        {"a\xe2\x80\xae"
         "b",
         "a?b", "a?b"},                                   /* right-to-left override */
        {"\xff\xc0\xaf\xed\xa0\x80", "??????", "??????"}, /* broken, overlong, a surrogate */
        {"cut \xe2\x89", "cut ??", "cut ??"},
        {"5" GLUE "ms", "5 ms", "5 ms"},
        {"Grüße 漢", "Grüße 漢", "Gr??e ?"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        char text[64];

        snprintf(text, sizeof(text), "%s", table[i].text);
        assert_string_equal(text_clean(text, &utf8), table[i].utf8);
        snprintf(text, sizeof(text), "%s", table[i].text);
        assert_string_equal(text_clean(text, &ascii), table[i].ascii);
    }
}

static void width_counts_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("≈ 28.0 – 28.4 µs"), 16);
    assert_int_equal(text_width("漢字"), 4);
    assert_int_equal(text_width("e\xcc\x81"), 1); /* a combining accent */
    assert_int_equal(text_fit("a漢b", 5, 2), 1);
    assert_int_equal(text_fit("漢b", 4, 1), 3);
}

static void write_wrapped(struct capture *capture, const char *text, const struct style *style)
{
    struct paragraph paragraph;

    assert_int_equal(paragraph_begin(&paragraph), 0);
    fputs(text, paragraph.file);
    assert_int_equal(paragraph_end(&paragraph, capture->file, style, 1, 4), 0);
}

static void paragraphs_break_at_blanks_only(void **state)
{
    struct style narrow = {.width = 10}; /* counts as 60 */
    struct capture capture;

    (void)state;
    capture_begin(&capture);
    write_wrapped(&capture,
                  "a name of 120 letters is broken and not cut: "
                  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb "
                  "and a number keeps its unit at the end of a line, 123456" GLUE "ms",
                  &narrow);
    write_wrapped(&capture, "", &narrow);
    capture_end(&capture, &utf8,
                " a name of 120 letters is broken and not cut:\n"
                "    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
                "    aaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
                "    bbbbbbbb and a number keeps its unit at the end of a\n"
                "    line, 123456 ms\n");
}

static const unsigned serial_spans[][4] = {{0, 0, 0, 3000}, {1, 0, 3000, 5000}, {2, 0, 5000, 6000}};
static const unsigned thread_spans[][4] = {{2, 2, 0, 1000}, {1, 1, 0, 2000}, {0, 0, 0, 3000}};
static const unsigned process_spans[][4] = {{2, 7, 40, 1040}, {1, 4, 20, 2020}, {0, 1, 0, 3000}};

static void show(struct record *record, const struct style *style, const char *expected)
{
    struct capture capture;
    struct groups groups;

    capture_begin(&capture);
    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(timeline_write(capture.file, &groups.items[0], style), 0);
    capture_end(&capture, style, expected);
    groups_release(&groups);
    record_release(record);
}

static struct made sleeper(const char *strategy, double run_ns)
{
    return (struct made){.workload = "sleep",
                         .arguments = "jitter=0 durations=3s,2s,1s",
                         .strategy = strategy,
                         .workers = 3,
                         .tasks = 3,
                         .run_ns = run_ns,
                         .epochs = 1,
                         .blocks = 1};
}

static void make_sleeps(struct record *record)
{
    assert_int_equal(record_init(record), 0);
    made_timeline(made_add(record, sleeper("serial", 6e9)), serial_spans, 3, -1);
    made_timeline(made_add(record, sleeper("pthread", 3e9)), thread_spans, 3, 2);
    made_timeline(made_add(record, sleeper("process-pool", 3e9)), process_spans, 3, -1);
    made_add(record, sleeper("thread-pool", 3.1e9));
}

static void a_timeline_shows_who_did_what_when(void **state)
{
    struct record record;

    (void)state;
    make_sleeps(&record);
    show(&record, &utf8,
         "sleep: one sample of each, a line for each worker; ! marks a failed task\n"
         "       serial ██████████ 3s ███████████▓▓▓▓▓▓ 2s ▓▓▓▓▓▓▓█ 1s ███  6.00 s\n"
         "      pthread ██████████ 3s ███████████                           3.00 s  2.00 ×\n"
         "              ██████ 2s ██████▋\n"
         "              ██ 1s ██!\n"
         " process-pool ██████████ 3s ███████████                           3.00 s  2.00 ×\n"
         "              ██████ 2s ██████▉\n"
         "              ██ 1s ██▋\n"
         "              0                     3.00 s                6.00 s\n");
    make_sleeps(&record);
    show(&record, &ascii,
         "sleep: one sample of each, a line for each worker; ! marks a failed task\n"
         "       serial ########## 3s ###########====== 2s =======# 1s ###  6.00 s\n"
         "      pthread ########## 3s ###########                           3.00 s  2.00 x\n"
         "              ###### 2s #######\n"
         "              ## 1s ##!\n"
         " process-pool ########## 3s ###########                           3.00 s  2.00 x\n"
         "              ###### 2s #######\n"
         "              ## 1s ###\n"
         "              0                     3.00 s                6.00 s\n");
}

static void a_wrong_answer_has_no_bars_and_no_speedup(void **state)
{
    struct record record;

    (void)state;
    make_sleeps(&record);
    free(record.series[1].answer);
    record.series[1].answer = strdup("b");
    show(&record, &ascii,
         "sleep: one sample of each, a line for each worker\n"
         "       serial ########## 3s ###########====== 2s =======# 1s ###  6.00 s\n"
         " process-pool ########## 3s ###########                           3.00 s  2.00 x\n"
         "              ###### 2s #######\n"
         "              ## 1s ###\n"
         "              0                     3.00 s                6.00 s\n");
    make_sleeps(&record);
    record.series[0].consistent = false;
    show(&record, &ascii,
         "sleep: one sample of each, a line for each worker; ! marks a failed task\n"
         "      pthread ########################## 3s ##########################  3.00 s\n"
         "              ################# 2s ################\n"
         "              ####### 1s #######!\n"
         " process-pool ########################## 3s ##########################  3.00 s\n"
         "              ################# 2s #################\n"
         "               ####### 1s #######\n"
         "              0                        1.50 s                   3.00 s\n");
}

static void many_workers_and_long_names_stay_readable(void **state)
{
    static unsigned spans[60][4];
    struct record record;

    (void)state;
    for (unsigned i = 0; i < 60; i++) {
        spans[i][0] = i;
        spans[i][1] = i % 10;
        spans[i][2] = i / 10 * 10;
        spans[i][3] = i / 10 * 10 + (i < 50 ? 10 : i % 10 + 1);
    }
    struct made many = sleeper("pthread:stack=64KiB", 60e6);
    many.tasks = 60;
    many.arguments = "";
    assert_int_equal(record_init(&record), 0);
    made_timeline(made_add(&record, many), (const unsigned(*)[4])spans, 60, 13);
    show(&record, &utf8,
         "sleep: one sample of each, a line for each worker; ! marks a failed task\n"
         " pthread:stack=64KiB\n"
         "  ████ 1 ████▓▓▓▓ 11 ▓▓▓████ 21 ████▓▓▓ 31 ▓▓▓▓███ 41 █████            60.0 ms\n"
         "  ████ 2 ████▓▓▓▓ 12 ▓▓▓████ 22 ████▓▓▓ 32 ▓▓▓▓███ 42 ████▓▓\n"
         "  ████ 3 ████▓▓▓▓ 13 ▓▓▓████ 23 ████▓▓▓ 33 ▓▓▓▓███ 43 ████▓▓▓\n"
         "  ████ 4 ████▓▓▓▓ 14 ▓▓▓!███ 24 ████▓▓▓ 34 ▓▓▓▓███ 44 ████ 54\n"
         "  ████ 5 ████▓▓▓▓ 15 ▓▓▓████ 25 ████▓▓▓ 35 ▓▓▓▓███ 45 ████ 55 ▓\n"
         "  ████ 6 ████▓▓▓▓ 16 ▓▓▓████ 26 ████▓▓▓ 36 ▓▓▓▓███ 46 ████▓ 56 ▓▓\n"
         "  ████ 7 ████▓▓▓▓ 17 ▓▓▓████ 27 ████▓▓▓ 37 ▓▓▓▓███ 47 ████▓ 57 ▓▓▓\n"
         "  ████ 8 ████▓▓▓▓ 18 ▓▓▓████ 28 ████▓▓▓ 38 ▓▓▓▓███ 48 ████▓▓ 58 ▓▓▓\n"
         "  … 2 more workers\n"
         "  0                            30.0 ms                        60.0 ms\n");
}

static void without_spans_a_sentence_says_so(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    made_add(&record, sleeper("serial", 6e9));
    show(&record, &utf8, "sleep: no timeline was kept (too many tasks, or no sample)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_others_cannot_harm_a_terminal),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(paragraphs_break_at_blanks_only),
        cmocka_unit_test(a_timeline_shows_who_did_what_when),
        cmocka_unit_test(a_wrong_answer_has_no_bars_and_no_speedup),
        cmocka_unit_test(many_workers_and_long_names_stay_readable),
        cmocka_unit_test(without_spans_a_sentence_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
