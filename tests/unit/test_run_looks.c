/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a workload is measured no longer: at the looks, if it is precise enough, and for no other
 * reason that lies in its times. */
#include "tests/unit/run_fixture.h"

static void keep_silent(const struct run_progress *progress, void *context)
{
    (void)progress;
    (void)context;
}

static const json_t *ending(const struct record *record, const char *workload)
{
    const json_t *entry;
    size_t i;

    json_array_foreach(json_object_get(record->head, "stopping"), i, entry)
    {
        if (strcmp(json_string_value(json_object_get(entry, "workload")), workload) == 0) {
            return entry;
        }
    }
    return NULL;
}

static void check_ending(const struct record *record, const char *workload, const char *reason,
                         size_t epochs)
{
    const json_t *entry = ending(record, workload);

    assert_non_null(entry);
    assert_string_equal(json_string_value(json_object_get(entry, "reason")), reason);
    assert_int_equal(json_integer_value(json_object_get(entry, "epochs")), epochs);
    assert_int_equal(json_integer_value(json_object_get(entry, "repeats")), 0);
    for (size_t i = 0; i < record->series_count; i++) {
        if (strcmp(record->series[i].workload, workload) == 0) {
            assert_int_equal(record->series[i].samples.count, 3 * epochs);
        }
    }
}

static void measure(const char *folder, struct ran *ran, double until, uint64_t epochs)
{
    struct run_settings settings = {.epochs = epochs, .until = until, .progress = keep_silent};

    assert_int_equal(run(folder, ran, settings), 0);
    assert_true(record_complete(&ran->record));
}

/* Times of loop hardly differ between epochs, those of nap grow, in fork alone. */
#define ONE_WIDE                                                                                   \
    "{'*':{'run_ns':20000000},'fork':{'run_ns':21000000},"                                         \
    "'nap fork':{'run_ns':21000000,'epoch_step':400000}}"

static void what_is_precise_ends_at_a_look(void **state)
{
    struct ran ran = {0};

    fake_script(*state, ONE_WIDE);
    measure(*state, &ran, .02, 26);
    check_ending(&ran.record, "loop", "precision", 12);
    check_ending(&ran.record, "nap", "epochs", 26);
    assert_int_equal(record_number(&ran.record, "config.until_ppm", 0), 20000);
    assert_int_equal(record_number(&ran.record, "config.epochs", 0), 26);
    forget(&ran);
}

static void less_is_wanted_of_it_so_it_ends_sooner(void **state)
{
    struct ran ran = {0};

    fake_script(*state, ONE_WIDE);
    measure(*state, &ran, .5, 26);
    check_ending(&ran.record, "loop", "precision", 12);
    check_ending(&ran.record, "nap", "precision", 12);
    assert_int_equal(record_number(&ran.record, "config.until_ppm", 0), 500000);
    forget(&ran);
}

/* The fake profile makes no looks. */
static void without_looks_it_ends_with_its_epochs(void **state)
{
    struct ran ran = {0};

    fake_script(*state, ONE_WIDE);
    measure(*state, &ran, 0, 14);
    check_ending(&ran.record, "loop", "epochs", 14);
    check_ending(&ran.record, "nap", "epochs", 14);
    forget(&ran);
}

/* Between the looks nobody looks, and with fewer than 12 epochs nobody does. */
static void looks_are_few(void **state)
{
    struct ran ran = {0};

    fake_script(*state, ONE_WIDE);
    measure(*state, &ran, .02, 11);
    check_ending(&ran.record, "loop", "epochs", 11);
    forget(&ran);
}

/* All that is measured of nap is one row: there is nothing to be precise about. */
static void a_row_alone_is_measured_to_the_end(void **state)
{
    static const char *const one[] = {"nap", NULL};
    struct run_settings settings = {.plan = {.workloads = one, .strategies = "serial"},
                                    .epochs = 14,
                                    .until = .02,
                                    .progress = keep_silent};
    struct ran ran = {0};

    fake_script(*state, ONE_WIDE);
    assert_int_equal(run(*state, &ran, settings), 0);
    check_ending(&ran.record, "nap", "epochs", 14);
    forget(&ran);
}

/* That fork takes a hundred times as long is soon known well enough, but every trial of it takes
 * longer than the one before, and so B than A or A than B. */
#define FAR_APART "{'*':{'run_ns':20000000},'nap fork':{'run_ns':2000000000,'epoch_step':80000000}}"

static void of_variants_only_their_difference_counts(void **state)
{
    static const struct plan_variant variants[] = {{.name = "A"}, {.name = "B"}, {.name = NULL}};
    struct run_settings settings = {
        .plan = {.variants = variants}, .epochs = 14, .until = .02, .progress = keep_silent};
    struct ran ran = {0};

    fake_script(*state, FAR_APART);
    assert_int_equal(run(*state, &ran, settings), 0);
    assert_string_equal(json_string_value(json_object_get(ending(&ran.record, "loop"), "reason")),
                        "precision");
    assert_string_equal(json_string_value(json_object_get(ending(&ran.record, "nap"), "reason")),
                        "epochs");
    forget(&ran);
    fake_script(*state, FAR_APART);
    settings.plan.variants = NULL;
    assert_int_equal(run(*state, &ran, settings), 0);
    check_ending(&ran.record, "nap", "precision", 12);
    forget(&ran);
}

/* Reading memory afterwards does not make it forget. */
static void memory_keeps_the_reason(void **state)
{
    struct run_settings settings = {.epochs = 9, .budget_ns = 1, .memory = true};
    struct ran ran = {0};

    fake_script(*state, "{'*':{'run_ns':1000,'sleep_ms':2}}");
    settings.progress = keep_silent;
    assert_int_equal(run(*state, &ran, settings), 0);
    check_ending(&ran.record, "loop", "budget", 1);
    assert_string_equal(record_text(&ran.record, "stopped_by"), "budget");
    forget(&ran);
}

/* The name of a module is known only when it has run. */
static void sets_of_a_module_share_the_count_of_epochs(void **state)
{
    static const char *const one[] = {"./mine.so", NULL};
    struct sweep sweep = {0};
    struct run_settings settings = {
        .plan = {.workloads = one, .sweep = &sweep}, .epochs = 2, .progress = keep_silent};
    struct ran ran = {0};
    char why[SWEEP_WHY_SIZE];
    const json_t *entry;
    uint64_t seen = 0;
    size_t i;

    assert_int_equal(sweep_add(&sweep, "tasks=4,5,6", 2, why), 0);
    fake_script(*state, "{'*':{'run_ns':1000}}");
    settings.load_root = ""; /* without loads there are no entries */
    assert_int_equal(run(*state, &ran, settings), 0);
    for (i = 0; i < ran.record.series_count; i++) {
        const struct sample_list *samples = &ran.record.series[i].samples;

        for (size_t k = 0; k < samples->count; k += fake_profile.blocks) {
            /* The first cell of each set stands for it. */
            if (strcmp(ran.record.series[i].strategy, "serial") == 0) {
                assert_false(seen >> samples->items[k].epoch & 1);
                seen |= (uint64_t)1 << samples->items[k].epoch;
            }
        }
    }
    json_array_foreach(json_object_get(ran.record.head, "epochs"), i, entry)
    {
        assert_int_equal(json_integer_value(json_object_get(entry, "epoch")), i);
    }
    forget(&ran);
}

static void a_run_that_ends_says_why(void **state)
{
    struct ran ran = {.stop_in_epoch = 2};

    fake_script(*state, "{'*':{'run_ns':1000,'sleep_ms':2}}");
    assert_int_equal(
        run(*state, &ran, (struct run_settings){.epochs = 9, .budget_ns = 1, .until = .02}), 0);
    check_ending(&ran.record, "loop", "budget", 1);
    check_ending(&ran.record, "nap", "budget", 1);
    forget(&ran);
    ran = (struct ran){.stop_in_epoch = 2};
    assert_int_equal(run(*state, &ran, (struct run_settings){.epochs = 9}), -EINTR);
    assert_string_equal(json_string_value(json_object_get(ending(&ran.record, "nap"), "reason")),
                        "interrupt");
    forget(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAKE_TEST(what_is_precise_ends_at_a_look),
        FAKE_TEST(less_is_wanted_of_it_so_it_ends_sooner),
        FAKE_TEST(without_looks_it_ends_with_its_epochs),
        FAKE_TEST(looks_are_few),
        FAKE_TEST(a_row_alone_is_measured_to_the_end),
        FAKE_TEST(of_variants_only_their_difference_counts),
        FAKE_TEST(memory_keeps_the_reason),
        FAKE_TEST(sets_of_a_module_share_the_count_of_epochs),
        FAKE_TEST(a_run_that_ends_says_why),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
