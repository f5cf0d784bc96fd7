/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page as a text: its laws hold for records of strangers too. What it looks like is for
 * ../browser. */
#include "tests/unit/report_fixture.h"

/* None of what would run, load or leave an attribute. */
static void check_page(const char *page)
{
    static const char *const forbidden[] = {"<script",  "<img", "<iframe", "javascript:", "src=",
                                            "onerror=", "url(", "@import", " style=",     "<x"};

    for (size_t i = 0; i < sizeof(forbidden) / sizeof(*forbidden); i++) {
        if (strstr(page, forbidden[i])) {
            fail_msg("the page has %s: %.80s", forbidden[i], strstr(page, forbidden[i]));
        }
    }
    assert_int_equal(occurrences(page, "<h1"), 1);
    assert_int_equal(occurrences(page, "<main"), 1);
    assert_int_equal(occurrences(page, "<style>"), 1);
    assert_int_equal(occurrences(page, "<table"), occurrences(page, "<caption>"));
    assert_non_null(strstr(page, "default-src 'none'; style-src 'sha256-"));
    for (const unsigned char *p = (const unsigned char *)page; *p; p++) {
        assert_true(*p >= ' ' || *p == '\n');
    }
}

static void hostile_texts_are_inert(void **state)
{
    static const char *const texts[] = {
        "<script>alert(1)</script>",
        "\"><x y='",
        "'><x `id`",
        "--><x>",
        "]]><x>",
        "</title><x>",
        "</style><x>",
        "\x1b]0;x\x07",
        "\u202e\u2066<x>",
        "&lt;x&gt;",
        "%s%n%d",
        "<a class=\"data\" download=\"result.json\" href=\"data:application/json;base64,AAAA",
    };
    char why[RECORD_WHY_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct record record, again;

        record_make(&record, "here", texts[i]);
        const struct record *const records[] = {&record};
        char *page = made_report(records, 1, NULL);
        check_page(page);
        assert_null(strstr(page, "\u202e"));
        file_put("page.html", page, strlen(page));
        assert_int_equal(record_load("page.html", &again, why), 0);
        assert_string_equal(again.series[1].workload, texts[i]);
        assert_string_equal(record_text(&again, "environment.kernel"), texts[i]);
        record_release(&again);
        record_release(&record);
        free(page);
    }
}

static void long_texts_are_cut_and_told_once(void **state)
{
    char text[10241];
    struct record record;

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    memcpy(text + 10000, "the end", 7);
    text[sizeof(text) - 1] = '\0';
    record_make(&record, "here", text);
    const struct record *const records[] = {&record};
    char *page = made_report(records, 1, NULL);
    check_page(page);
    assert_int_equal(occurrences(page, "the end"), 1);
    assert_true(occurrences(page, "… [text 1") > 5);
    assert_non_null(strstr(page, "text 1: 10240 bytes"));
    free(page);
    record_release(&record);
}

static void texts_that_differ_stay_different_when_cut(void **state)
{
    char a[500], b[500];
    struct report_texts texts = {.items = NULL};
    struct record record, room = {.head = NULL};
    const struct record *shown = NULL;

    (void)state;
    memset(a, 'x', sizeof(a));
    a[sizeof(a) - 1] = '\0';
    memcpy(b, a, sizeof(a));
    b[sizeof(b) - 2] = 'y';
    record_make(&record, "here", a);
    free(record.series[0].workload);
    record.series[0].workload = strdup(b);
    assert_int_equal(report_texts_cut(&record, &texts, &room, &shown), 0);
    assert_string_not_equal(shown->series[0].workload, shown->series[1].workload);
    assert_string_equal(shown->series[1].workload, shown->series[2].workload);
    assert_int_equal(texts.count, 2);
    assert_string_equal(record.series[0].workload, b);
    report_texts_release(&texts);
    record_release(&room);
    record_release(&record);
}

static void texts_fit_to_be_shown_are_not_copied(void **state)
{
    struct report_texts texts = {.items = NULL};
    struct record record, room = {.head = NULL};
    const struct record *shown = NULL;

    (void)state;
    record_make(&record, "here", "loop");
    assert_int_equal(report_texts_cut(&record, &texts, &room, &shown), 0);
    assert_ptr_equal(shown, &record);
    free(record.series[2].failures[0].text);
    record.series[2].failures[0].text = strdup("\x1b[2J");
    assert_int_equal(report_texts_cut(&record, &texts, &room, &shown), 0);
    assert_ptr_equal(shown, &room);
    record_release(&room);
    record_release(&record);
}

static void several_files_stand_side_by_side(void **state)
{
    struct record first, second;
    char *page;

    (void)state;
    record_make(&first, "one", "loop");
    record_make(&second, "two", "loop");
    const struct record *const records[] = {&first, &second};
    page = made_report(records, 2, NULL);
    check_page(page);
    assert_non_null(strstr(page, "2 runs, side by side"));
    assert_int_equal(occurrences(page, "<a class=\"data\""), 2);
    assert_int_equal(occurrences(page, "<article id=\"file-"), 2);
    assert_int_equal(occurrences(page, "id=\"tables-1\""), 1);
    assert_int_equal(occurrences(page, "id=\"tables-2\""), 1);
    free(page);
    record_release(&first);
    record_release(&second);
}

/* No series, no head but the schema. */
static void records_of_almost_nothing_make_a_page(void **state)
{
    struct record record;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    const struct record *const records[] = {&record};
    char *page = made_report(records, 1, NULL);
    check_page(page);
    assert_non_null(strstr(page, "No pictures: gnuplot is not installed."));
    free(page);
    record_release(&record);
}

static void pictures_lose_their_style_and_share_no_id(void **state)
{
    static const char svg[] =
        "<?xml version=\"1.0\"?><!DOCTYPE svg><svg id=\"tvp-time\" "
        "aria-labelledby=\"tvp-time-title "
        "tvp-time-desc\"><title id=\"tvp-time-title\">tvp-time</title><style>#tvp-time{}</style>"
        "<use href=\"#tvp-time-a\" fill=\"url(#tvp-time-b)\"/></svg>\n";
    struct record first, second;

    (void)state;
    record_make(&first, "one", "loop");
    record_make(&second, "two", "loop");
    file_put("time.svg", svg, sizeof(svg) - 1);
    const struct record *const records[] = {&first, &second};
    char *page = made_report(records, 2, ".");
    assert_int_equal(occurrences(page, "<style>"), 1);
    assert_null(strstr(page, "<?xml"));
    assert_int_equal(occurrences(page, "<!DOCTYPE"), 1);
    assert_int_equal(occurrences(page, "<svg id=\"tvp-1-time\" aria-labelledby=\"tvp-1-time-title "
                                       "tvp-1-time-desc\">"),
                     1);
    assert_int_equal(occurrences(page, "id=\"tvp-2-time\""), 1);
    assert_int_equal(occurrences(page, "<use href=\"#tvp-2-time-a\" fill=\"url(#tvp-2-time-b)\"/>"),
                     1);
    assert_int_equal(occurrences(page, ">tvp-time</title>"), 2);
    assert_int_equal(occurrences(page, "<figure>"), 2);
    assert_int_equal(occurrences(page, "<caption>Medians and their 95\u00a0% intervals"), 2);
    free(page);
    record_release(&first);
    record_release(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(hostile_texts_are_inert),
        cmocka_unit_test(long_texts_are_cut_and_told_once),
        cmocka_unit_test(texts_that_differ_stay_different_when_cut),
        cmocka_unit_test(texts_fit_to_be_shown_are_not_copied),
        cmocka_unit_test(several_files_stand_side_by_side),
        cmocka_unit_test(records_of_almost_nothing_make_a_page),
        FILE_TEST(pictures_lose_their_style_and_share_no_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
