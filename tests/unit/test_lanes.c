/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a timeline, in its picture and in a terminal. */
#include "text_fixture.h"

#include "output/plot_data.h"
#include "output/timeline_text.h"

static struct record record;
static struct groups groups;

static void add(const char *strategy, unsigned workers, unsigned end_ms, double run_ms)
{
    const unsigned spans[][4] = {{0, 0, 0, end_ms / 2}, {1, workers - 1, end_ms / 2, end_ms}};

    made_timeline(made_add(&record, (struct made){.workload = "loop",
                                                  .strategy = strategy,
                                                  .workers = workers,
                                                  .tasks = 2,
                                                  .run_ns = run_ms * 1e6,
                                                  .epochs = 12,
                                                  .blocks = 4}),
                  spans, 2, -1);
    record.series[record.series_count - 1].timeline.block = 2;
}

/* serial, and two others at these times */
static void check(double serial_ms, double first_ms, double second_ms, const char *title)
{
    char text[400];

    assert_int_equal(record_init(&record), 0);
    add("serial", 1, 2, serial_ms);
    add("pthread", 2, 2, first_ms);
    add("fork", 2, 2, second_ms);
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    plot_title_timeline(&groups.items[0], text, sizeof(text));
    assert_string_equal(text, title);
    groups_release(&groups);
    record_release(&record);
}

static void those_alike_are_told_from_the_first_to_the_last(void **state)
{
    (void)state;
    check(21.2, 10.1, 10.5,
          "One sample of loop: 21.2 ms become 10.1 ms to 10.5 ms with pthread and fork");
    check(21.2, 10.1, 10.1, "One sample of loop: 21.2 ms become 10.1 ms with pthread and fork");
}

static void a_little_sooner_is_not_called_no_sooner(void **state)
{
    (void)state;
    check(100, 95.5, 99, "One sample of loop: all end within 5\u00a0% of serial");
    check(100, 94, 97,
          "One sample of loop: pthread 1.1× faster than serial, fork as fast as serial");
}

/* Regression: the terminal told when the last task ended, the picture when the caller knew. */
static void terminal_and_picture_tell_the_same_total(void **state)
{
    struct capture capture;

    (void)state;
    assert_int_equal(record_init(&record), 0);
    add("serial", 1, 40, 43);
    add("pthread", 2, 20, 21.5);
    add("fork", 2, 30, 31);
    assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    capture_begin(&capture);
    assert_int_equal(timeline_write(capture.file, &groups.items[0], &utf8), 0);
    fflush(capture.file);
    assert_non_null(strstr(capture.text, "43.0 ms"));
    assert_non_null(strstr(capture.text, "21.5 ms  2.00 ×"));
    capture_end(&capture, &utf8, NULL);
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_alike_are_told_from_the_first_to_the_last),
        cmocka_unit_test(a_little_sooner_is_not_called_no_sooner),
        cmocka_unit_test(terminal_and_picture_tell_the_same_total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
