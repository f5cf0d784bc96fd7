/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people see of a comparison: lines of 80 columns at the most, all in words. */
#include "output/compare_table.h"
#include "tests/unit/compare_fixture.h"
#include "tests/unit/text_fixture.h"

/* 24 epochs around the given medians; each epoch disturbs both sides alike. */
static void file_make(struct record *record, const char *label, double fork_ms, double own_noise)
{
    assert_int_equal(record_init(record), 0);
    made_machine(record, label, 2, true);
    for (size_t i = 0; i < 2; i++) {
        made_add(record, (struct made){.workload = "primes",
                                       .arguments = "n=7",
                                       .summary = "6 tasks: 7, 11, 13, 17, 19, 23",
                                       .strategy = i ? "fork" : "pthread",
                                       .workers = 2,
                                       .tasks = 6,
                                       .run_ns = i ? fork_ms * 1e6 : 2e7,
                                       .epochs = 24,
                                       .blocks = 2,
                                       .own_noise = i ? own_noise : 0});
    }
}

static void show(const struct record *records, size_t count,
                 const struct compare_settings *settings, const struct style *style,
                 const char *expected)
{
    struct comparison comparison;
    struct capture capture;

    compare_records(records, count, settings, &comparison);
    capture_begin(&capture);
    assert_int_equal(compare_table_write(capture.file, &comparison, style), 0);
    capture_end(&capture, style, expected);
    json_t *document = compare_to_json(&comparison);
    assert_non_null(document);
    json_decref(document);
    compare_release(&comparison);
}

static void two_files_over_time(void **state)
{
    struct record records[2];

    (void)state;
    file_make(&records[0], "before", 21, 0);
    file_make(&records[1], "after", 26, 0);
    show(records, 2, &by_default, &ascii,
         "Over time: 2 files of one fingerprint.\n"
         "Ratios strategy / pthread inside each file, cold, with their 95 % interval.\n"
         "\n"
         "primes - 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "        before             after\n"
         "  fork  1.05 [1.05, 1.05]  1.30 [1.30, 1.30]\n"
         "                           slower +24 % [+24, +24]\n"
         "\n"
         "slower, faster: against the first column; the change is 5 % or more and its 95 %\n"
         "interval does not reach 0 (1 comparison, Holm-corrected). no difference: the\n"
         "whole interval within +-5 %.\n");
    files_release(records, 2);
}

static void doubts_and_failures_have_their_reasons(void **state)
{
    struct compare_settings settings = by_default;
    struct record records[3];

    (void)state;
    file_make(&records[0], "a", 21, 0);
    file_make(&records[1], "b", 21, .1);
    file_make(&records[2], "c", 21, 0);
    head_put(&records[2], "environment", "kernel", "Linux 6.8");
    put(&records[2].series[1].answer, "wrong");
    show(records, 3, &settings, &ascii,
         "Across machines: kernel unknown / 6.8.\n"
         "Ratios strategy / pthread inside each file, cold, with their 95 % interval.\n"
         "\n"
         "primes - 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "        a                  b                  c\n"
         "  fork  1.05 [1.05, 1.05]  1.04 [0.94, 1.15]  wrong\n"
         "                           cannot tell\n"
         "  fork (b): cannot tell: +-11 %, about 150 more epochs in each file\n"
         "  fork (c): not compared: wrong answer\n"
         "\n"
         "slower, faster: against the first column; the change is 5 % or more and its 95 %\n"
         "interval does not reach 0 (1 comparison, Holm-corrected). no difference: the\n"
         "whole interval within +-5 %.\n");
    files_release(records, 3);
}

static void times_of_two_machines_take_so_many_times(void **state)
{
    struct compare_settings settings = by_default;
    struct record records[2];

    (void)state;
    settings.absolute = true;
    file_make(&records[0], "a", 21, 0);
    file_make(&records[1], "b", 21, 0);
    head_put(&records[1], "environment", "kernel", "Linux 6.8");
    show(records, 2, &settings, &utf8,
         "Across machines: kernel unknown / 6.8.\n"
         "Times, cold, with their 95 % interval.\n"
         "\n"
         "primes · 6 tasks: 7, 11, 13, 17, 19, 23\n"
         "           a             b\n"
         "  pthread  20.0 ms ±1 %  20.0 ms ±1 %\n"
         "                         takes 1.00 × [0.99, 1.01]\n"
         "  fork     21.0 ms ±1 %  21.0 ms ±1 %\n"
         "                         takes 1.00 × [0.99, 1.01]\n"
         "\n");
    files_release(records, 2);
}

/* Names that are long, hostile or both; more columns than fit; all widths and both alphabets. */
static void hostile_names_keep_the_lines_whole(void **state)
{
    static const char *const names[] = {
        "\033[31mred\n\t", "a-word-of-more-than-twenty-columns-without-any-blank-in-it-at-all-so",
        "\xe2\x80\xae turned", "漢字漢字漢字漢字漢字漢字漢字漢字"};
    struct record records[12];

    (void)state;
    for (size_t i = 0; i < 12; i++) {
        file_make(&records[i], names[i % 4], 21 + (double)i, .03 * (double)(i % 3));
        put(&records[i].series[1].strategy, i % 2 ? "\xff\xfe broken" : names[(i + 1) % 4]);
        put(&records[i].series[0].workload, i % 5 ? "primes" : names[i % 4]);
        put(&records[i].series[1].workload, i % 5 ? "primes" : names[i % 4]);
        head_put(&records[i], "environment", "kernel", names[i % 4]);
    }
    for (size_t count = 1; count <= 12; count++) {
        for (unsigned width = 80; width <= 120; width += 20) {
            struct style plain = {.ascii = false, .width = width},
                         letters = {.ascii = true, .width = width};
            struct compare_settings settings = by_default;

            show(records, count, &settings, &plain, NULL);
            settings.absolute = true;
            settings.tables = KEY_BIT(KEY_KERNEL);
            show(records, count, &settings, &letters, NULL);
        }
    }
    files_release(records, 12);
}

/* Four files fit side by side. */
static void four_files_stand_in_one_block(void **state)
{
    struct compare_settings settings = by_default;
    struct comparison comparison;
    struct capture capture;
    struct record records[4];
    char label[] = "a";

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        label[0] = (char)('a' + i);
        file_make(&records[i], label, 21, .01);
        put(&records[i].series[1].strategy, "process-pool");
    }
    compare_records(records, 4, &settings, &comparison);
    capture_begin(&capture);
    assert_int_equal(compare_table_write(capture.file, &comparison, &utf8), 0);
    assert_int_equal(fflush(capture.file), 0);
    assert_non_null(strstr(capture.text, "  process-pool  1.05 ±1 %  1.05 ±1 %      1.05 ±1 %"
                                         "      1.05 ±1 %\n"));
    capture_end(&capture, &utf8, NULL);
    compare_release(&comparison);
    files_release(records, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_files_over_time),
        cmocka_unit_test(doubts_and_failures_have_their_reasons),
        cmocka_unit_test(times_of_two_machines_take_so_many_times),
        cmocka_unit_test(hostile_names_keep_the_lines_whole),
        cmocka_unit_test(four_files_stand_in_one_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
