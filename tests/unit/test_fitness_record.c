/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is every check right about result files that are made up for it? */
#include "analysis/fitness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/unit/made_series.h"

static const struct fitness_check *find(const struct fitness *fitness, const char *name)
{
    for (size_t i = 0; i < fitness->count; i++) {
        if (strcmp(fitness->checks[i].name, name) == 0) {
            return &fitness->checks[i];
        }
    }
    return NULL;
}

static void record_make(struct record *record, unsigned epochs, double run_ns)
{
    assert_int_equal(record_init(record), 0);
    made_add(record, (struct made){.workload = "loop",
                                   .strategy = "serial",
                                   .workers = 1,
                                   .tasks = 4,
                                   .run_ns = run_ns,
                                   .epochs = epochs,
                                   .blocks = 2});
    made_add(record, (struct made){.workload = "loop",
                                   .strategy = "fork",
                                   .workers = 2,
                                   .tasks = 4,
                                   .run_ns = 5e7,
                                   .epochs = 24,
                                   .blocks = 2});
}

/* Releases the record. */
static void expect(struct record *record, const char *name, int level, const char *value)
{
    struct fitness fitness = {.count = 0};

    fitness_check_record(record, &fitness);
    const struct fitness_check *check = find(&fitness, name);
    if ((check ? (int)check->level : -1) != level) {
        fail_msg("%s: %d", name, check ? (int)check->level : -1);
    }
    if (value) {
        assert_string_equal(check->value, value);
    }
    record_release(record);
}

static void the_shortest_series_decides_about_epochs(void **state)
{
    static const struct {
        unsigned epochs;
        int level;
    } cases[] = {{5, FITNESS_WARN}, {6, FITNESS_NOTE}, {11, FITNESS_NOTE}, {12, FITNESS_OK}};
    struct record record;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        record_make(&record, cases[i].epochs, 5e7);
        expect(&record, "epochs", cases[i].level, NULL);
    }
    assert_int_equal(record_init(&record), 0);
    expect(&record, "epochs", FITNESS_WARN, "no samples");
}

static void short_samples_are_counted(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, 12, 5e7);
    expect(&record, "samples", FITNESS_OK, "0 of 72 under 10 ms");
    record_make(&record, 12, 5e6);
    expect(&record, "samples", FITNESS_NOTE, "24 of 72 under 10 ms");
    record_make(&record, 25, 5e6);
    expect(&record, "samples", FITNESS_WARN, "50 of 98 under 10 ms");
}

static void what_went_wrong_is_said(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, 12, 5e7);
    expect(&record, "complete", FITNESS_WARN, "no");
    record_make(&record, 12, 5e7);
    (void)json_object_set_new(record.head, "complete", json_true());
    expect(&record, "complete", FITNESS_OK, "yes");
    record_make(&record, 12, 5e7);
    record.series[1].consistent = false;
    expect(&record, "answers", FITNESS_WARN,
           "2 series: 1 with a wrong answer, 0 with failures, 0 skipped");
    record_make(&record, 12, 5e7);
    free(record.series[1].answer);
    record.series[1].answer = strdup("not serial's");
    expect(&record, "answers", FITNESS_WARN,
           "2 series: 1 with a wrong answer, 0 with failures, 0 skipped");
    record_make(&record, 12, 5e7);
    expect(&record, "answers", FITNESS_OK, NULL);
    record_make(&record, 12, 5e7);
    record.series[0].samples.items[3].failed = 1;
    expect(&record, "answers", FITNESS_WARN, NULL);
    record_make(&record, 12, 5e7);
    record.series[0].skipped = strdup("no network");
    expect(&record, "answers", FITNESS_NOTE, NULL);
}

static void contaminated_epochs_are_counted_as_flagged_or_by_their_load(void **state)
{
    static const struct {
        const char *epochs;
        int level;
        const char *value;
    } cases[] = {
        {"[]", -1, NULL},
        {"[{\"contaminated\": false, \"foreign_permille\": 900}]", FITNESS_OK, NULL},
        {"[{\"contaminated\": true}, {\"epoch\": 1}]", FITNESS_NOTE, "1 of 2 epochs contaminated"},
        {"[{\"foreign_permille\": 251}, {\"steal_permille\": 11}, {\"foreign_permille\": 250}]",
         FITNESS_WARN, "2 of 3 epochs contaminated"},
        {"[{\"pressure_permille\": 900}, {\"pressure_permille\": 900, \"foreign_permille\": 80}]",
         FITNESS_NOTE, "1 of 2 epochs contaminated"},
    };
    struct record record;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        record_make(&record, 12, 5e7);
        (void)json_object_set_new(record.head, "epochs", json_loads(cases[i].epochs, 0, NULL));
        expect(&record, "epoch-load", cases[i].level, cases[i].value);
    }
}

static void a_file_tells_of_its_machine_but_not_of_limits(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, 12, 5e7);
    (void)json_object_set_new(record.head, "environment",
                              json_pack("{s:s, s:i}", "governor", "powersave", "nproc_limit", 9));
    expect(&record, "governor", FITNESS_WARN, "powersave");
    record_make(&record, 12, 5e7);
    (void)json_object_set_new(record.head, "environment", json_pack("{s:i}", "nproc_limit", 9));
    expect(&record, "threads", -1, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shortest_series_decides_about_epochs),
        cmocka_unit_test(short_samples_are_counted),
        cmocka_unit_test(what_went_wrong_is_said),
        cmocka_unit_test(contaminated_epochs_are_counted_as_flagged_or_by_their_load),
        cmocka_unit_test(a_file_tells_of_its_machine_but_not_of_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
