/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are the points of a sweep all combinations of its lists, each with the cells it should have? */
#include "tests/unit/fake_fixture.h"

#include <errno.h>
#include <inttypes.h>

#define LIST                                                                                       \
    "{\"strategies\":[{\"name\":\"serial\",\"caller\":true,\"kept\":false},"                       \
    "{\"name\":\"fork\",\"kept\":false,\"options\":[{\"name\":\"channel\"}]},"                     \
    "{\"name\":\"thread-pool\",\"kept\":true,"                                                     \
    "\"options\":[{\"name\":\"chunk\"},{\"name\":\"stack\"}]}],\"workloads\":["                    \
    "{\"name\":\"empty\"},{\"name\":\"loop\",\"params\":[{\"name\":\"iterations\"}]},"             \
    "{\"name\":\"payload\",\"params\":[{\"name\":\"bytes\"}]}]}"
#define MIB ((uint64_t)1 << 20)

struct asked {
    const char *workload, *strategies, *workers;
    const char *sweeps[4];
    uint64_t memory;
    struct sweep sweep;
    struct plan plan;
    char why[HARNESS_WHY_SIZE];
};

static int make(struct asked *asked)
{
    const struct profile profile = {.name = "p", .workloads = &(struct profile_workload){0}};
    const char *workloads[] = {asked->workload, NULL};
    struct plan_request request = {
        .profile = &profile,
        .workloads = workloads,
        .strategies = asked->strategies,
        .workers = asked->workers,
        .sweep = &asked->sweep,
        .memory = asked->memory,
    };
    struct catalogue catalogue = {.list = json_loads(LIST, 0, NULL)};

    assert_non_null(catalogue.list);
    asked->sweep = (struct sweep){0};
    for (size_t i = 0; i < 4 && asked->sweeps[i]; i++) {
        assert_int_equal(sweep_add(&asked->sweep, asked->sweeps[i], 2, asked->why), 0);
    }
    int r = plan_make(&request, &catalogue, &asked->plan, asked->why);
    catalogue_close(&catalogue);
    return r;
}

/* Sets between bars: "fork/2 parent=1MiB tasks=4 (bytes=1)". */
static void check_plan(struct asked asked, const char *expected)
{
    char *text = NULL;
    size_t size;

    if (make(&asked) != 0) {
        fail_msg("%s", asked.why);
    }
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; i < asked.plan.count; i++) {
        const struct cell_set *set = &asked.plan.sets[i];

        fprintf(out, "%s", i ? " | " : "");
        for (size_t j = 0; j < set->count; j++) {
            const struct cell *cell = &set->cells[j];
            char parent[PARENT_TEXT_SIZE];

            fprintf(out, "%s%s/%s", j ? " " : "", cell->strategy, cell->workers);
            if (cell->parent.bytes > 0) {
                fprintf(out, ",%s", parent_text(&cell->parent, parent));
            }
            if (cell->tasks > 0) {
                fprintf(out, ",tasks=%" PRIu64, cell->tasks);
            }
            if (set->task_ns > 0) {
                fprintf(out, ",%" PRIu64 "ns", set->task_ns);
            }
            for (char **word = cell->sets; *word; word++) {
                fprintf(out, ",%s", *word);
            }
            fputs(cell->given_up ? "!" : "", out);
            assert_int_equal(cell->given_up, cell->skip != NULL);
        }
    }
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
    plan_release(&asked.plan);
}

static void check_refused(struct asked asked, const char *why)
{
    assert_int_equal(make(&asked), -EINVAL);
    assert_string_equal(asked.why, why);
    assert_null(asked.plan.sets);
}

static void workers_are_cells_of_one_set(void **state)
{
    (void)state;
    check_plan((struct asked){.workload = "empty",
                              .strategies = "serial,fork",
                              .sweeps = {"workers=1..4"}},
               "serial/1 fork/1 fork/2 fork/4");
}

static void options_go_to_the_strategies_that_have_them(void **state)
{
    (void)state;
    check_plan((struct asked){.workload = "empty",
                              .strategies = "serial,fork:channel=pipe,thread-pool",
                              .workers = "2",
                              .sweeps = {"chunk=1,8", "stack=65536,0"}},
               "serial/2 fork:channel=pipe/2 thread-pool:chunk=1:stack=65536/2 "
               "thread-pool:chunk=1:stack=0/2 thread-pool:chunk=8:stack=65536/2 "
               "thread-pool:chunk=8:stack=0/2");
}

static void points_are_sets(void **state)
{
    (void)state;
    check_plan((struct asked){.workload = "empty",
                              .strategies = "fork",
                              .workers = "1",
                              .sweeps = {"parent=0,1M,1M:huge"}},
               "fork/1 | fork/1,parent=1MiB | fork/1,parent=1MiB:huge");
    check_plan((struct asked){.workload = "payload",
                              .strategies = "fork",
                              .workers = "1",
                              .sweeps = {"payload=0,4KiB"}},
               "fork/1,bytes=0 | fork/1,bytes=4096");
    check_plan(
        (struct asked){
            .workload = "loop", .strategies = "fork", .workers = "1", .sweeps = {"task=1us,1ms"}},
        "fork/1,1000ns,iterations=1 | fork/1,1000000ns,iterations=1");
}

static void a_product_has_every_combination_once(void **state)
{
    (void)state;
    check_plan((struct asked){.workload = "empty",
                              .strategies = "serial,fork",
                              .sweeps = {"tasks=1,2", "parent=0,1M", "workers=1,2"}},
               "serial/1,tasks=1 fork/1,tasks=1 fork/2,tasks=1 | "
               "serial/1,parent=1MiB,tasks=1 fork/1,parent=1MiB,tasks=1 "
               "fork/2,parent=1MiB,tasks=1 | "
               "serial/1,tasks=2 fork/1,tasks=2 fork/2,tasks=2 | "
               "serial/1,parent=1MiB,tasks=2 fork/1,parent=1MiB,tasks=2 "
               "fork/2,parent=1MiB,tasks=2");
}

static void no_worker_is_made_for_each_of_a_million_tasks(void **state)
{
    (void)state;
    check_plan((struct asked){.workload = "empty",
                              .strategies = "serial,fork,thread-pool",
                              .workers = "2",
                              .sweeps = {"tasks=10k,1M"}},
               "serial/2,tasks=10000 fork/2,tasks=10000 thread-pool/2,tasks=10000 | "
               "serial/2,tasks=1000000 fork/2,tasks=1000000! thread-pool/2,tasks=1000000");
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused((struct asked){.workload = "empty",
                                 .strategies = "serial,fork",
                                 .workers = "1",
                                 .sweeps = {"parent=0,1G"},
                                 .memory = 2047 * MIB},
                  "--sweep parent=1GiB: 2 trials side by side want 2 GiB, and 1 GiB are available; "
                  "a shorter list of --strategies or --workers may fit");
    check_refused((struct asked){.workload = "empty", .strategies = "fork", .sweeps = {"task=1us"}},
                  "--sweep task is for workloads with iterations, not for empty");
    check_refused(
        (struct asked){.workload = "./mine.so", .strategies = "fork", .sweeps = {"payload=1"}},
        "--sweep payload is for workloads with bytes, not for ./mine.so");
    check_refused(
        (struct asked){.workload = "empty", .strategies = "serial,fork", .sweeps = {"chunk=1"}},
        "--sweep chunk: none of the strategies has such an option");
}

static void what_just_fits_is_run(void **state)
{
    (void)state;
    check_plan((struct asked){.workload = "empty",
                              .strategies = "serial,fork",
                              .workers = "1",
                              .sweeps = {"parent=1G"},
                              .memory = 2048 * MIB},
               "serial/1,parent=1GiB fork/1,parent=1GiB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_are_cells_of_one_set),
        cmocka_unit_test(options_go_to_the_strategies_that_have_them),
        cmocka_unit_test(points_are_sets),
        cmocka_unit_test(a_product_has_every_combination_once),
        cmocka_unit_test(no_worker_is_made_for_each_of_a_million_tasks),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(what_just_fits_is_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
