/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is what is run exactly what was asked for, and is a slip told before anything is run? */
#include "tests/unit/fake_fixture.h"

#include <errno.h>

struct asked {
    struct plan_request request;
    struct catalogue catalogue;
    struct plan plan;
    char why[HARNESS_WHY_SIZE];
};

static int make(struct asked *asked)
{
    asked->request.profile = asked->request.profile ? asked->request.profile : &fake_profile;
    asked->catalogue.list = json_loads(FAKE_LIST, 0, NULL);
    assert_non_null(asked->catalogue.list);
    int r = plan_make(&asked->request, &asked->catalogue, &asked->plan, asked->why);
    catalogue_close(&asked->catalogue);
    return r;
}

/* "loop/serial/auto(iterations=7) ..." */
static void check_plan(struct asked *asked, const char *expected)
{
    char *text = NULL;
    size_t size;

    if (make(asked) != 0) {
        fail_msg("%s", asked->why);
    }
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; i < asked->plan.count; i++) {
        for (size_t j = 0; j < asked->plan.sets[i].count; j++) {
            const struct cell *cell = &asked->plan.sets[i].cells[j];

            fprintf(out, "%s%s/%s/%s(", ftell(out) ? " " : "", cell->workload, cell->strategy,
                    cell->workers);
            for (char **set = cell->sets; *set; set++) {
                fprintf(out, "%s%s", set == cell->sets ? "" : " ", *set);
            }
            fprintf(out, ")%s", cell->given_up ? "!" : "");
            assert_int_equal(cell->tasks, asked->request.tasks);
        }
    }
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
    plan_release(&asked->plan);
}

static void check_refused(struct asked *asked, const char *why)
{
    assert_int_equal(make(asked), -EINVAL);
    assert_string_equal(asked->why, why);
    assert_null(asked->plan.sets);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_profile_is_the_cross_product(void **state)
{
    struct asked asked = {0};

    (void)state;
    check_plan(&asked, "loop/serial/auto(iterations=7) loop/pthread/auto(iterations=7) "
                       "loop/fork/auto(iterations=7) nap/serial/auto() nap/pthread/auto() "
                       "nap/fork/auto()");
}

/* One more for one workload, where nobody named strategies. */
static void a_workload_may_have_a_strategy_of_its_own(void **state)
{
    static const struct profile_workload workloads[] = {
        {"loop", "", "auto", "fork:channel=pipe"}, {"nap", "", "auto", NULL}, {0}};
    const struct profile profile = {.name = "more", .strategies = "serial", .workloads = workloads};
    struct asked more = {.request = {.profile = &profile}},
                 named = {.request = {.profile = &profile, .strategies = "fork"}},
                 wrong = {.request = {.workloads = LIST("loop")}};

    (void)state;
    check_plan(&more, "loop/serial/auto() loop/fork:channel=pipe/auto() nap/serial/auto()");
    check_plan(&named, "loop/fork/auto() nap/fork/auto()");
    struct profile_workload slip[] = {{"loop", "", "auto", "frk"}, {0}};
    const struct profile slipped = {.name = "x", .strategies = "serial", .workloads = slip};
    wrong.request.profile = &slipped;
    check_refused(&wrong, "unknown strategy 'frk'; did you mean 'fork'?");
}

/* Variants stand side by side, each with what is its own; the placebo is not doubled. */
static void variants_are_cells_side_by_side(void **state)
{
    static const struct plan_variant variants[] = {
        {.name = "old", .trial = "/old/tvp-trial"},
        {.name = "new", .module = "/new/tune.so", .set = "tone=5"},
        {.name = NULL},
    };
    struct asked asked = {.request = {.workloads = LIST("tune"),
                                      .strategies = "serial,fork",
                                      .sets = LIST("tone=3"),
                                      .workers = "2",
                                      .variants = variants}};

    (void)state;
    check_plan(&asked, "tune/serial/2(tone=3) /new/tune.so/serial/2(tone=3 tone=5) "
                       "tune/fork/2(tone=3) /new/tune.so/fork/2(tone=3 tone=5)");
    assert_int_equal(make(&asked), 0);
    const struct cell *cells = asked.plan.sets[0].cells;
    assert_string_equal(cells[2].variant, "old");
    assert_string_equal(cells[2].trial, "/old/tvp-trial");
    assert_string_equal(cells[3].variant, "new");
    assert_null(cells[3].trial);
    plan_release(&asked.plan);
}

static void serial_is_one_cell_whatever_the_workers(void **state)
{
    struct asked asked = {.request = {.workloads = LIST("tune"),
                                      .strategies = "serial,fork:channel=pipe",
                                      .workers = "1,2,auto",
                                      .tasks = 8}};

    (void)state;
    check_plan(&asked, "tune/serial/1() tune/fork:channel=pipe/1() tune/fork:channel=pipe/2() "
                       "tune/fork:channel=pipe/auto()");
}

static void arguments_reach_those_that_have_them(void **state)
{
    struct asked asked = {
        .request = {.workloads = LIST("loop", "nap", "tune", "./mine.so"),
                    .strategies = "serial",
                    .sets = LIST("tone=a", "nap.tone=b", "loop.iterations=9", "tone=c=d.e")}};

    (void)state;
    check_plan(&asked, "loop/serial/auto(iterations=7 iterations=9) "
                       "nap/serial/auto(tone=a tone=b tone=c=d.e) "
                       "tune/serial/auto(tone=a tone=c=d.e) "
                       "./mine.so/serial/auto(tone=a tone=c=d.e)");
}

static void slips_are_told(void **state)
{
    struct asked names[] = {
        {.request = {.workloads = LIST("lop")}},
        {.request = {.workloads = LIST("loop", "something-else")}},
        {.request = {.workloads = LIST("")}},
        {.request = {.workloads = LIST("loop", "nap", "loop")}},
        {.request = {.strategies = "serial,frk"}},
        {.request = {.strategies = ",,"}},
        {.request = {.sets = LIST("tone")}},
        {.request = {.sets = LIST("tune.tone=a")}},
        {.request = {.sets = LIST("loop.tone=a")}},
        {.request = {.sets = LIST("lop.iterations=1")}},
        {.request = {.sets = LIST("bogus=1")}},
        {.request = {.sets = LIST("=1")}},
    };
    static const char *const sentences[] = {
        "unknown workload 'lop'; did you mean 'loop'?",
        "unknown workload 'something-else'; see tvp list",
        "unknown workload ''; see tvp list",
        "workload 'loop' is named twice",
        "unknown strategy 'frk'; did you mean 'fork'?",
        "--strategies is empty",
        "--set tone: is not of the form NAME=VALUE",
        "--set tune.tone=a: no workload of this run has such an argument",
        "--set loop.tone=a: no workload of this run has such an argument",
        "--set lop.iterations=1: no workload of this run has such an argument",
        "--set bogus=1: no workload of this run has such an argument",
        "--set =1: no workload of this run has such an argument",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        check_refused(&names[i], sentences[i]);
    }
}

static void profiles_name_what_exists(void **state)
{
    (void)state;
    assert_ptr_equal(profile_find("quick"), profiles[0]);
    assert_null(profile_find("quik"));
    for (size_t i = 0; profiles[i]; i++) {
        const struct profile *profile = profiles[i];

        assert_ptr_equal(profile_find(profile->name), profile);
        assert_true(profile->epochs > 0 && profile->blocks > 0 && profile->budget_ns > 0);
        assert_non_null(profile->workloads[0].name);
        assert_null(profile_workload(profile, "nothing"));
        assert_ptr_equal(profile_workload(profile, profile->workloads[0].name),
                         &profile->workloads[0]);
    }
}

static void a_program_that_is_no_trial_is_refused(void **state)
{
    struct catalogue catalogue;
    char why[HARNESS_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(catalogue_open("/nonexistent/trial", &catalogue, why), -ENOENT);
    assert_string_equal(why, "cannot start /nonexistent/trial: No such file or directory");
    assert_int_equal(catalogue_open("/bin/true", &catalogue, why), -EPROTO);
    assert_string_equal(why, "/bin/true --list does not answer as a trial program does");
    assert_int_equal(catalogue_open("/bin/echo", &catalogue, why), -EPROTO);
    assert_int_equal(catalogue_open(fake_trial(), &catalogue, why), 0);
    assert_non_null(catalogue_strategy(&catalogue, "fork:channel=pipe", why));
    assert_null(catalogue_strategy(&catalogue, "fork2", why));
    assert_true(workload_has_param(catalogue_workload(&catalogue, "nap", why), "tone=x", 4));
    assert_false(workload_has_param(catalogue_workload(&catalogue, "nap", why), "ton", 3));
    catalogue_close(&catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_is_the_cross_product),
        cmocka_unit_test(a_workload_may_have_a_strategy_of_its_own),
        cmocka_unit_test(variants_are_cells_side_by_side),
        cmocka_unit_test(serial_is_one_cell_whatever_the_workers),
        cmocka_unit_test(arguments_reach_those_that_have_them),
        cmocka_unit_test(slips_are_told),
        cmocka_unit_test(profiles_name_what_exists),
        cmocka_unit_test(a_program_that_is_no_trial_is_refused),
    };

    (void)alarm(170);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
