/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of precision that was wanted, from what the file tells and what its times are; and
 * what is wanted of which ratio. */
#include "analysis/precision.h"
#include "output/stopping_text.h"
#include "tests/unit/near.h"
#include "tests/unit/table_fixture.h"

#include <math.h>

/* A workload of two rows, whose ratio is off by noise in every epoch. */
static void add_workload(struct record *record, const char *workload, double factor, double noise,
                         const char *reason)
{
    struct made serial = cell("serial", 20), fork = cell("fork", 20 * factor);

    serial.workload = fork.workload = workload;
    fork.own_noise = noise;
    made_add(record, serial);
    made_add(record, fork);
    json_t *list = json_object_get(record->head, "stopping");
    if (!list) {
        json_object_set_new(record->head, "stopping", list = json_array());
        json_object_set_new(record->head, "config", json_pack("{s:i}", "until_ppm", 20000));
    }
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:i}", "workload", workload, "arguments",
                                          "", "reason", reason, "epochs", 12));
}

static void tell(struct record *record, const char *expected)
{
    struct capture capture;
    struct groups groups;

    capture_begin(&capture);
    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(stopping_write(capture.file, record, &groups, &utf8), 0);
    capture_end(&capture, &utf8, expected);
    groups_release(&groups);
    record_release(record);
}

static void what_was_wanted_and_not_reached_is_told(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add_workload(&record, "loop", 1, .001, "precision");
    add_workload(&record, "primes", 1.01, .03, "epochs");
    add_workload(&record, "sleep", 3, .2, "budget");
    tell(&record, "Precise enough, and so ended early: loop after 12 epochs. Ratios are wanted to\n"
                  "±1 %, large ones less exactly; not reached: primes ±3.1 %, sleep ±23 % (wanted\n"
                  "±11 %).\n");
}

static void what_was_reached_needs_no_word(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add_workload(&record, "loop", 1, .001, "epochs");
    tell(&record, "");
}

/* Two points of a sweep, alike but for parent and tasks: each has an ending of its own. */
static void sets_of_a_sweep_are_told_apart(void **state)
{
    static const struct {
        const char *reason;
        uint64_t tasks, parent;
        int epochs;
    } sets[] = {{"epochs", 6, 0, 48}, {"precision", 6, 1 << 20, 12}, {"precision", 12, 0, 24}};
    struct record record;

    (void)state;
    begin(&record);
    for (size_t i = 0; i < 3; i++) {
        add_workload(&record, "loop", 1, .001, sets[i].reason);
        json_t *entry = json_array_get(json_object_get(record.head, "stopping"), i);

        json_object_set_new(entry, "tasks", json_integer((json_int_t)sets[i].tasks));
        json_object_set_new(entry, "epochs", json_integer(sets[i].epochs));
        if (sets[i].parent > 0) {
            json_object_set_new(entry, "parent_bytes", json_integer((json_int_t)sets[i].parent));
            json_object_set_new(entry, "parent_pages", json_string("small"));
        }
        for (size_t k = 2 * i; k < 2 * i + 2; k++) {
            record.series[k].tasks = sets[i].tasks;
            record.series[k].parent.bytes = sets[i].parent;
        }
    }
    tell(&record, "Precise enough, and so ended early: loop parent=1MiB 6 tasks after 12 epochs,\n"
                  "loop parent=0 12 tasks after 24 epochs.\n");
}

/* Older files do not say what was wanted; the texts of a file are anybody's. */
static void files_that_say_nothing_are_not_judged(void **state)
{
    struct record record;

    (void)state;
    begin(&record);
    add_workload(&record, "primes", 1, .03, "epochs");
    json_object_del(record.head, "config");
    tell(&record, "");
    begin(&record);
    add_workload(&record, "primes", 1, .03, "\033[2J");
    json_object_set_new(record.head, "stopping", json_pack("[i, {s:i}, n]", 3, "workload", 7));
    tell(&record, "");
}

/* A tenth of the logarithm, if that is more than half the margin. */
static void far_ratios_need_less(void **state)
{
    static const struct {
        double factor, wanted;
    } cases[] = {{1, .01}, {1.05, .01}, {1.2, .01823}, {.5, .06931}, {1000, .6908}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct precision precision;
        struct record record;
        struct groups groups;

        begin(&record);
        add_workload(&record, "loop", cases[i].factor, .05, "epochs");
        assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
        assert_true(group_precision(&groups, &groups.items[0], METRIC_COLD, .02, &precision));
        assert_near(precision.wanted, cases[i].wanted, 1e-3);
        assert_near(precision.half, log(1.05 / .95) / 2, 1e-3);
        assert_int_equal(precision_reached(&precision), precision.half <= cases[i].wanted);
        groups_release(&groups);
        record_release(&record);
    }
}

/* The contest counts where serial leads: both may be far from it, and near each other. */
static void threads_and_processes_are_compared_as_well(void **state)
{
    struct made pthread = cell("pthread", 60), fork = cell("fork", 60);
    struct precision precision;
    struct record record;
    struct groups groups;

    (void)state;
    begin(&record);
    made_add(&record, cell("serial", 20));
    pthread.own_noise = .05;
    made_add(&record, pthread);
    made_add(&record, fork);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_true(group_precision(&groups, &groups.items[0], METRIC_COLD, .02, &precision));
    assert_near(precision.wanted, .01, 1e-3);
    assert_false(precision_reached(&precision));
    groups_release(&groups);
    record_release(&record);
}

static void too_few_epochs_and_lonely_rows_are_never_precise(void **state)
{
    struct made few = cell("fork", 20);
    struct precision precision;
    struct record record;
    struct groups groups;

    (void)state;
    begin(&record);
    made_add(&record, cell("serial", 20));
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_false(group_precision(&groups, &groups.items[0], METRIC_COLD, .02, &precision));
    groups_release(&groups);
    few.epochs = 3;
    made_add(&record, few);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_true(group_precision(&groups, &groups.items[0], METRIC_COLD, .02, &precision));
    assert_false(precision_reached(&precision));
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_wanted_and_not_reached_is_told),
        cmocka_unit_test(what_was_reached_needs_no_word),
        cmocka_unit_test(sets_of_a_sweep_are_told_apart),
        cmocka_unit_test(files_that_say_nothing_are_not_judged),
        cmocka_unit_test(far_ratios_need_less),
        cmocka_unit_test(threads_and_processes_are_compared_as_well),
        cmocka_unit_test(too_few_epochs_and_lonely_rows_are_never_precise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
