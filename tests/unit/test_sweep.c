/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are lists and ranges read as they are meant, and slips told in one sentence? */
#include "harness/sweep.h"

#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void check_list(const char *text, enum sweep_axis axis, const char *expected)
{
    struct sweep sweep = {0};
    char why[SWEEP_WHY_SIZE] = "", found[2000] = "";
    const struct sweep_list *list = &sweep.axes[axis];

    assert_false(sweep_any(&sweep));
    if (sweep_add(&sweep, text, 3, why) < 0) {
        fail_msg("%s: %s", text, why);
    }
    assert_true(sweep_any(&sweep));
    for (size_t i = 0; i < list->count; i++) {
        snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%" PRIu64 "%s",
                 i ? " " : "", list->values[i].number, list->values[i].huge ? "h" : "");
    }
    assert_string_equal(found, expected);
}

static void check_refused(const char *text, const char *expected)
{
    struct sweep sweep = {.axes[SWEEP_WORKERS] = {.values = {{7, false}}, .count = 1}};
    char why[SWEEP_WHY_SIZE] = "";

    assert_int_equal(sweep_add(&sweep, text, 3, why), -EINVAL);
    assert_string_equal(why, expected);
    assert_int_equal(sweep.axes[SWEEP_WORKERS].count, 1);
    assert_int_equal(sweep.axes[SWEEP_WORKERS].values[0].number, 7);
}

static void every_axis_has_its_units(void **state)
{
    (void)state;
    check_list("workers=1,2,4", SWEEP_WORKERS, "1 2 4");
    check_list("tasks=1,10k,1M", SWEEP_TASKS, "1 10000 1000000");
    check_list("task=100ns,1.5us,100ms", SWEEP_TASK, "100 1500 100000000");
    check_list("parent=0,64M,1GiB,1G:huge", SWEEP_PARENT, "0 67108864 1073741824 1073741824h");
    check_list("payload=0,4KiB", SWEEP_PAYLOAD, "0 4096");
    check_list("chunk=1,64", SWEEP_CHUNK, "1 64");
    check_list("stack=0,64KiB", SWEEP_STACK, "0 65536");
}

static void ranges_go_up_to_their_ends(void **state)
{
    (void)state;
    check_list("workers=1..64", SWEEP_WORKERS, "1 2 4 8 16 32 64");
    check_list("workers=1..12", SWEEP_WORKERS, "1 2 4 8 12");
    check_list("workers=3..3", SWEEP_WORKERS, "3");
    check_list("task=1us..1ms*10", SWEEP_TASK, "1000 10000 100000 1000000");
    check_list("task=1us..5us*10", SWEEP_TASK, "1000 5000");
    check_list("parent=0,1M..4M:huge", SWEEP_PARENT, "0 1048576h 2097152h 4194304h");
    check_list("workers=auto", SWEEP_WORKERS, "1 2 4 8 12");
    check_list("workers=auto,16,2", SWEEP_WORKERS, "1 2 4 8 12 16");
}

static void the_last_list_of_an_axis_counts(void **state)
{
    struct sweep sweep = {0};
    char why[SWEEP_WHY_SIZE];

    (void)state;
    assert_int_equal(sweep_add(&sweep, "chunk=1,2,3", 1, why), 0);
    assert_int_equal(sweep_add(&sweep, "workers=1,2", 1, why), 0);
    assert_int_equal(sweep_add(&sweep, "chunk=9", 1, why), 0);
    assert_int_equal(sweep.axes[SWEEP_CHUNK].count, 1);
    assert_int_equal(sweep.axes[SWEEP_CHUNK].values[0].number, 9);
    assert_int_equal(sweep.axes[SWEEP_WORKERS].count, 2);
}

#define WORKERS "--sweep workers: '"
#define NO_WORKERS "' is no number from 1 to 1000000, or auto"
#define NO_RANGE ", and no range of them, as FIRST..LAST"
static void slips_are_told(void **state)
{
    (void)state;
    check_refused("wokers=1", "--sweep: unknown axis 'wokers'; did you mean 'workers'?");
    check_refused("taks=1", "--sweep: unknown axis 'taks'; did you mean 'task'?");
    check_refused("x", "--sweep: unknown axis 'x'; there are chunk, parent, payload, stack, task, "
                       "tasks and workers");
    check_refused("", "--sweep: unknown axis ''; there are chunk, parent, payload, stack, task, "
                      "tasks and workers");
    check_refused("parent=1M:huge..4M",
                  "--sweep parent: '1M:huge..4M' is no size, as 64MiB, or 1GiB:huge for huge "
                  "pages, and no range of them, as FIRST..LAST");
    check_refused("workers", "--sweep workers is not of the form AXIS=LIST");
    check_refused("workers=", "--sweep workers= is not of the form AXIS=LIST");
    check_refused("workers=1,,2", WORKERS NO_WORKERS);
    check_refused("workers=1,0", WORKERS "0" NO_WORKERS);
    check_refused("workers=1,-2", WORKERS "-2" NO_WORKERS);
    check_refused("workers=1000001", WORKERS "1000001" NO_WORKERS);
    check_refused("workers=4..2", WORKERS "4..2" NO_WORKERS NO_RANGE);
    check_refused("workers=1..", WORKERS "1.." NO_WORKERS NO_RANGE);
    check_refused("workers=1..8*1", WORKERS "1..8*1" NO_WORKERS NO_RANGE);
    check_refused("parent=0..8", "--sweep parent: '0..8' is no size, as 64MiB, or 1GiB:huge for "
                                 "huge pages" NO_RANGE);
    check_refused("parent=1M:hug", "--sweep parent: '1M:hug' is no size, as 64MiB, or 1GiB:huge "
                                   "for huge pages");
    check_refused("parent=0:huge", "--sweep parent: '0:huge' is no size, as 64MiB, or 1GiB:huge "
                                   "for huge pages");
    check_refused("task=5", "--sweep task: '5' is no time from 1ns to 10s");
    check_refused("chunk=auto", "--sweep chunk: 'auto' is no number from 1 to 16777216");
}

static void a_list_has_an_end(void **state)
{
    struct sweep sweep = {0};
    char why[SWEEP_WHY_SIZE] = "", text[600] = "tasks=1";

    (void)state;
    for (int i = 2; i <= 65; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), ",%d", i);
    }
    assert_int_equal(sweep_add(&sweep, text, 1, why), -EINVAL);
    assert_string_equal(why, "--sweep tasks: more than 64 values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_axis_has_its_units),
        cmocka_unit_test(ranges_go_up_to_their_ends),
        cmocka_unit_test(the_last_list_of_an_axis_counts),
        cmocka_unit_test(slips_are_told),
        cmocka_unit_test(a_list_has_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
