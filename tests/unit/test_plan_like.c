/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of an earlier result: the same cells with the same work, and nothing made up. */
#include "harness/plan_like.h"
#include "tests/unit/fake_fixture.h"
#include "tests/unit/made_series.h"

#include <errno.h>

struct asked {
    struct plan_request request;
    struct catalogue catalogue;
    struct record record;
    struct plan plan;
    char why[HARNESS_WHY_SIZE];
};

static void add(struct asked *asked, const char *workload, const char *arguments,
                const char *strategy, uint64_t workers, uint64_t tasks)
{
    made_add(&asked->record, (struct made){.workload = workload,
                                           .arguments = arguments,
                                           .strategy = strategy,
                                           .workers = workers,
                                           .tasks = tasks});
}

static void ask(struct asked *asked)
{
    *asked = (struct asked){.request = {.profile = &fake_profile, .like = &asked->record}};
    assert_int_equal(catalogue_open(fake_trial(), &asked->catalogue, asked->why), 0);
    assert_int_equal(record_init(&asked->record), 0);
}

static void forget(struct asked *asked)
{
    plan_release(&asked->plan);
    record_release(&asked->record);
    catalogue_close(&asked->catalogue);
}

static int make(struct asked *asked)
{
    return plan_make(&asked->request, &asked->catalogue, &asked->plan, asked->why);
}

static void check_cell(const struct cell *cell, const char *workload, const char *strategy,
                       const char *workers, uint64_t tasks)
{
    assert_string_equal(cell->workload, workload);
    assert_string_equal(cell->strategy, strategy);
    assert_string_equal(cell->workers, workers);
    assert_int_equal(cell->tasks, tasks);
}

static void the_cells_are_those_of_before(void **state)
{
    struct asked asked;

    (void)state;
    ask(&asked);
    add(&asked, "nap", "durations=3ms,2ms tone=a b=c d", "serial", 1, 2);
    add(&asked, "loop", "iterations=7", "thread-pool:chunk=4", 0, 96);
    add(&asked, "nap", "durations=3ms,2ms tone=a b=c d", "fork:channel=pipe", 16, 2);
    add(&asked, "loop", "iterations=7", "fork", 2, 128);
    asked.record.series[0].placebo = true;
    assert_int_equal(make(&asked), 0);
    /* Who did the same work lives side by side; other numbers of tasks are other work. */
    assert_int_equal(asked.plan.count, 3);
    const struct cell_set *nap = &asked.plan.sets[0];
    assert_int_equal(nap->count, 2);
    check_cell(&nap->cells[0], "nap", "serial", "1", 2);
    check_cell(&nap->cells[1], "nap", "fork:channel=pipe", "16", 2);
    assert_true(nap->cells[0].placebo);
    assert_false(nap->cells[1].placebo);
    /* "b" is no argument of nap, so it belongs to the value before. */
    assert_string_equal(nap->cells[1].sets[0], "durations=3ms,2ms");
    assert_string_equal(nap->cells[1].sets[1], "tone=a b=c d");
    assert_null(nap->cells[1].sets[2]);
    check_cell(&asked.plan.sets[1].cells[0], "loop", "thread-pool:chunk=4", "0", 96);
    check_cell(&asked.plan.sets[2].cells[0], "loop", "fork", "2", 128);
    forget(&asked);
}

static void only_what_is_asked_for_and_modules_by_their_path(void **state)
{
    static const char *const mine[] = {"./build/mine.so", NULL}, *const other[] = {"tune", NULL};
    struct asked asked;

    (void)state;
    ask(&asked);
    add(&asked, "loop", "iterations=7", "fork", 2, 128);
    add(&asked, "mine.so", "limit=10k depth=3", "fork", 2, 8);
    asked.request.workloads = mine;
    assert_int_equal(make(&asked), 0);
    assert_int_equal(asked.plan.count, 1);
    check_cell(&asked.plan.sets[0].cells[0], "./build/mine.so", "fork", "2", 8);
    assert_string_equal(asked.plan.sets[0].cells[0].sets[1], "depth=3");
    plan_release(&asked.plan);
    asked.request.workloads = other;
    assert_int_equal(make(&asked), -EINVAL);
    assert_string_equal(asked.why, "--like: the earlier run has none of these workloads");
    asked.request.workloads = NULL;
    assert_int_equal(make(&asked), -EINVAL);
    assert_non_null(strstr(asked.why, "unknown workload 'mine.so'"));
    forget(&asked);
}

/* Texts of a file are anybody's. */
static void what_cannot_be_repeated_is_refused(void **state)
{
    struct asked asked;

    (void)state;
    ask(&asked);
    assert_int_equal(make(&asked), -EINVAL);
    add(&asked, "loop", "iterations=7", "spoon", 2, 128);
    assert_int_equal(make(&asked), -EINVAL);
    assert_non_null(strstr(asked.why, "unknown strategy 'spoon'"));
    free(asked.record.series[0].strategy);
    asked.record.series[0].strategy = strdup("\033]0;x\007\302\233");
    assert_int_equal(make(&asked), -EINVAL);
    assert_non_null(strstr(asked.why, "unknown strategy '?]0;x?\?\?'"));
    free(asked.record.series[0].strategy);
    asked.record.series[0].strategy = strdup("fork");
    asked.record.series[0].variant = strdup("old");
    assert_int_equal(make(&asked), -EINVAL);
    assert_string_equal(asked.why, "--like: the earlier run compared several builds or settings");
    forget(&asked);
}

/* A file may come from a stranger, and what it names would be run. */
static void no_code_is_run_because_a_file_names_it(void **state)
{
    static const char *const named[] = {"tune", NULL};
    struct asked asked;

    (void)state;
    ask(&asked);
    json_t *tune = json_array_get(json_object_get(asked.catalogue.list, "workloads"), 2);
    assert_string_equal(json_string_value(json_object_get(tune, "name")), "tune");
    json_object_set_new(tune, "starts_programs", json_true());
    add(&asked, "tune", "tone=touch \033[31m/tmp/owned", "fork", 2, 8);
    assert_int_equal(make(&asked), -EINVAL);
    assert_string_equal(asked.why, "--like: tune would start what that file says (tone=touch "
                                   "?[31m/tmp/owned); if you want that, name it: tvp run tune "
                                   "--like FILE");
    asked.request.workloads = named;
    assert_int_equal(make(&asked), 0);
    plan_release(&asked.plan);
    asked.request.workloads = NULL;
    asked.request.resumes = true; /* a run of one's own */
    assert_int_equal(make(&asked), 0);
    plan_release(&asked.plan);
    free(asked.record.series[0].workload);
    asked.record.series[0].workload = strdup("./evil.so");
    for (int resumes = 0; resumes < 2; resumes++) {
        asked.request.resumes = resumes;
        assert_int_equal(make(&asked), -EINVAL);
        assert_non_null(strstr(asked.why, "a workload by the path ./evil.so: modules are loaded"));
    }
    forget(&asked);
}

/* The parent comes back, and is looked at as if it had been asked for. */
static void parents_come_back_if_they_fit(void **state)
{
    struct asked asked;

    (void)state;
    ask(&asked);
    add(&asked, "loop", "iterations=7", "fork", 2, 128);
    asked.record.series[0].parent = (struct parent){1u << 30, true};
    asked.request.memory = 1u << 30;
    assert_int_equal(make(&asked), 0);
    assert_true(parent_same(&asked.plan.sets[0].cells[0].parent, &asked.record.series[0].parent));
    plan_release(&asked.plan);
    asked.request.memory = 1u << 29;
    assert_int_equal(make(&asked), -EINVAL);
    assert_non_null(strstr(asked.why, "parent=1GiB:huge: 1 trials side by side want 1 GiB"));
    forget(&asked);
}

static void two_builds_can_do_what_one_did(void **state)
{
    static const struct plan_variant variants[] = {{.name = "A"}, {.name = "B"}, {.name = NULL}};
    struct asked asked;

    (void)state;
    ask(&asked);
    add(&asked, "loop", "iterations=7", "fork", 2, 128);
    asked.request.variants = variants;
    assert_int_equal(make(&asked), 0);
    assert_int_equal(asked.plan.sets[0].count, 2);
    assert_string_equal(asked.plan.sets[0].cells[0].variant, "A");
    assert_string_equal(asked.plan.sets[0].cells[1].variant, "B");
    forget(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cells_are_those_of_before),
        cmocka_unit_test(only_what_is_asked_for_and_modules_by_their_path),
        cmocka_unit_test(no_code_is_run_because_a_file_names_it),
        cmocka_unit_test(parents_come_back_if_they_fit),
        cmocka_unit_test(two_builds_can_do_what_one_did),
        cmocka_unit_test(what_cannot_be_repeated_is_refused),
    };

    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
