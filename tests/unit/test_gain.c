/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Neither" is a finding against threads and processes; not being told apart from serial is none.
 * Regression: a loud run with 1.13 x serial [0.72, 2.03] was called "neither". */
#include "output/verdict.h"
#include "text_fixture.h"

static struct made cell(const char *strategy, double ms, double noise)
{
    return (struct made){.workload = "loop",
                         .strategy = strategy,
                         .workers = 2,
                         .tasks = 6,
                         .run_ns = ms * 1e6,
                         .epochs = 12,
                         .blocks = 8,
                         .own_noise = noise};
}

static void check(double threads_ms, double noise, const char *words, const char *never)
{
    struct capture capture;
    struct record record;
    struct groups groups;

    assert_int_equal(record_init(&record), 0);
    made_add(&record, cell("serial", 20, 0));
    made_add(&record, cell("pthread", threads_ms, noise));
    made_add(&record, cell("fork", threads_ms + 5, noise));
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    capture_begin(&capture);
    assert_int_equal(verdict_write(capture.file, &record, &groups, NULL, &utf8), 0);
    fclose(capture.file);
    if (!strstr(capture.text, words) || strstr(capture.text, never)) {
        fail_msg("wanted '%s' and not '%s': %s", words, never, capture.text);
    }
    free(capture.text);
    groups_release(&groups);
    record_release(&record);
}

static void ahead_of_serial_by_less_than_the_noise_is_no_finding(void **state)
{
    (void)state;
    check(17, .4, "cannot tell whether any beats serial: pthread", "neither");
}

static void behind_serial_is_neither(void **state)
{
    (void)state;
    check(24, .001, "neither (no gain over serial is shown): serial", "whether any beats");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ahead_of_serial_by_less_than_the_noise_is_no_finding),
        cmocka_unit_test(behind_serial_is_neither),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
