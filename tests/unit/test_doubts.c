/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says against itself: epochs that others disturbed, and a placebo that came out
 * unequal. Both must change what is believed, and be told. */
#include "made_series.h"
#include "output/verdict.h"
#include "record/epochs.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct load_share quiet = {.has_foreign = true, .foreign_permille = 20};
static const struct load_share loud = {.has_foreign = true, .foreign_permille = 700};

static struct made cell(const char *strategy, double ms)
{
    return (struct made){.workload = "primes",
                         .strategy = strategy,
                         .workers = 2,
                         .tasks = 6,
                         .run_ns = ms * 1e6,
                         .epochs = 12,
                         .blocks = 8,
                         .own_noise = .0001};
}

/* serial 40 ms, threads 20 ms, processes 21 ms; twelve epochs, of which the first `disturbed` were
 * disturbed and took twice as long under threads. */
static void make_run(struct record *record, unsigned disturbed)
{
    assert_int_equal(record_init(record), 0);
    made_add(record, cell("serial", 40));
    struct series *threads = made_add(record, cell("thread-pool", 20));
    for (size_t i = 0; i < threads->samples.count; i++) {
        threads->samples.items[i].run_ns *= threads->samples.items[i].epoch < disturbed ? 2 : 1;
    }
    made_add(record, cell("process-pool", 21));
    for (unsigned epoch = 0; epoch < 12; epoch++) {
        assert_int_equal(
            record_add_epoch(record, "primes", epoch, epoch < disturbed ? &loud : &quiet, false),
            0);
    }
}

static char *verdict(const struct record *record)
{
    const struct style style = {.width = 80};
    struct groups groups;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(verdict_write(out, record, &groups, NULL, &style), 0);
    fclose(out);
    groups_release(&groups);
    assert_non_null(text);
    return text;
}

static void has(const char *text, const char *words)
{
    if (!strstr(text, words)) {
        fail_msg("\"%s\" is not in \"%s\"", words, text);
    }
}

static void loud_epochs_are_left_out(void **state)
{
    double medians[96];
    uint64_t epochs[96];
    struct record record;

    (void)state;
    make_run(&record, 5);
    size_t count = epoch_medians(&record.series[1], METRIC_COLD, medians, epochs, 96);
    assert_int_equal(count, 7);
    assert_int_equal(series_used_samples(&record.series[1]), 7 * 8);
    for (size_t i = 0; i < count; i++) {
        assert_true(epochs[i] >= 5);
        assert_true(medians[i] < 25e6);
    }
    char *text = verdict(&record);
    has(text, "threads");
    has(text, "Others disturbed 5 of 12 epochs, which are left out.");
    free(text);
    record_release(&record);
}

static void a_run_that_was_mostly_loud_uses_all_and_says_so(void **state)
{
    double medians[96];
    uint64_t epochs[96];
    struct record record;

    (void)state;
    make_run(&record, 7);
    assert_int_equal(epoch_medians(&record.series[1], METRIC_COLD, medians, epochs, 96), 12);
    char *text = verdict(&record);
    has(text, "Others disturbed 7 of 12 epochs: this run is loud");
    free(text);
    record_release(&record);
}

static void a_quiet_run_has_nothing_to_add(void **state)
{
    struct record record;

    (void)state;
    make_run(&record, 0);
    char *text = verdict(&record);
    assert_null(strstr(text, "disturbed"));
    assert_null(strstr(text, "Unproven"));
    free(text);
    record_release(&record);
}

static void only_the_workload_that_was_disturbed_is_marked(void **state)
{
    struct record record;
    struct made other = cell("serial", 10);

    (void)state;
    make_run(&record, 3);
    other.workload = "sleep";
    struct series *sleep = made_add(&record, other);
    assert_int_equal(record_mark_loud(&record), 0);
    for (size_t i = 0; i < sleep->samples.count; i++) {
        assert_false(sleep->samples.items[i].loud);
    }
    record_release(&record);
}

static void loudness_survives_the_file(void **state)
{
    char why[RECORD_WHY_SIZE];
    struct record record, again;
    size_t epochs, marked;

    (void)state;
    make_run(&record, 4);
    json_t *document = record_to_json(&record);
    assert_int_equal(record_from_json(document, &again, why), 0);
    record_count_loud(&again, &epochs, &marked);
    assert_int_equal(epochs, 12);
    assert_int_equal(marked, 4);
    for (size_t i = 0; i < again.series[1].samples.count; i++) {
        const struct sample *sample = &again.series[1].samples.items[i];

        assert_int_equal(sample->loud, sample->epoch < 4);
    }
    json_decref(document);
    record_release(&again);
    record_release(&record);
}

static void a_placebo_is_no_row_and_speaks_when_it_differs(void **state)
{
    (void)state;
    for (int differs = 0; differs < 2; differs++) {
        struct record record;
        struct groups groups;

        make_run(&record, 0);
        made_add(&record, cell("serial", differs ? 44 : 40.2))->placebo = true;
        assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
        assert_int_equal(groups.items[0].row_count, 3);
        assert_true(fabs(groups.items[0].placebo_ratio.value - (differs ? 1.1 : 1.005)) < .001);
        assert_int_equal(groups.items[0].unproven, differs);
        char *text = verdict(&record);
        if (differs) {
            has(text,
                "Unproven: serial and serial again, the same code, came out unequal for primes");
        } else {
            assert_null(strstr(text, "Unproven"));
        }
        free(text);
        groups_release(&groups);
        record_release(&record);
    }
}

/* Two sets of a sweep share the workload; the load of one is not that of the other. */
static void each_set_has_the_load_of_its_own_epochs(void **state)
{
    struct record record;
    struct groups groups;

    (void)state;
    make_run(&record, 0);
    for (size_t i = 0; i < 2; i++) {
        struct made made = cell(i ? "fork" : "serial", 40);

        made.tasks = 60;
        struct series *series = made_add(&record, made);
        for (size_t k = 0; k < series->samples.count; k++) {
            series->samples.items[k].epoch += 12;
        }
    }
    for (unsigned epoch = 12; epoch < 24; epoch++) {
        assert_int_equal(record_add_epoch(&record, "primes", epoch, &loud, false), 0);
    }
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.count, 2);
    assert_true(isnan(groups.items[0].foreign) && !groups.items[0].loud);
    assert_true(fabs(groups.items[1].foreign - .7) < 1e-9 && groups.items[1].loud);
    groups_release(&groups);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_set_has_the_load_of_its_own_epochs),
        cmocka_unit_test(loud_epochs_are_left_out),
        cmocka_unit_test(a_run_that_was_mostly_loud_uses_all_and_says_so),
        cmocka_unit_test(a_quiet_run_has_nothing_to_add),
        cmocka_unit_test(only_the_workload_that_was_disturbed_is_marked),
        cmocka_unit_test(loudness_survives_the_file),
        cmocka_unit_test(a_placebo_is_no_row_and_speaks_when_it_differs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
