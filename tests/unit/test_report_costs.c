/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the report says beside times: counters, memory, isolation, sweeps and machines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/plot_kinds.h"
#include "output/report.h"
#include "tests/unit/folder_fixture.h"
#include "tests/unit/made_series.h"

static const char *const strategies[] = {"serial", "pthread", "process-pool"};

static char *report_of(const struct record *const *records, size_t count, const char *pictures,
                       const char *machines)
{
    struct report_file files[2];
    struct report report = {.files = files, .count = count, .machines = machines};
    char *page = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&page, &size);

    for (size_t i = 0; i < count; i++) {
        files[i] = (struct report_file){records[i], pictures};
    }
    assert_int_equal(report_write(out, &report), 0);
    assert_int_equal(fclose(out), 0);
    return page;
}

static void has(const char *page, const char *what)
{
    if (!strstr(page, what)) {
        fail_msg("the page does not say: %s", what);
    }
}

/* Three strategies of one workload, the second slower for its page faults. */
static void record_make(struct record *record, const char *workload)
{
    assert_int_equal(record_init(record), 0);
    (void)json_object_set_new(record->head, "environment",
                              json_pack("{s:{s:s}}", "not_counted", "cycles", "<b>no</b>"));
    for (unsigned i = 0; i < 3; i++) {
        struct series *series =
            made_add(record, (struct made){workload, "n=<3>", "4 tasks", strategies[i], i ? 2 : 1,
                                           4, 2e7 - 4e6 * i, 1e5, .epochs = 12, .blocks = 4});

        for (size_t n = 0; n < series->samples.count; n++) {
            series->samples.items[n].minor_faults = i == 1 ? 4000 : 40;
        }
        series->footprint = (struct footprint){
            .workers = 2, .all = {40960, 20480, 8192, 32768}, .base = {20480, 40960, 4096, 16384}};
    }
}

static void what_it_took_stands_in_tables(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, "<x>");
    const struct record *const records[] = {&record};
    char *page = report_of(records, 1, NULL, NULL);
    has(page, "<h3>What a task took</h3>");
    has(page, "<th scope=\"col\">page faults</th>");
    has(page, "<tr><th scope=\"row\">pthread</th><td>4.00\u00a0ms</td><td>1,000</td></tr>");
    has(page, "not available here: cycles: &lt;b&gt;no&lt;/b&gt;");
    has(page, "<h3>Memory of each worker</h3>");
    has(page, "<tr><th scope=\"row\">process-pool</th><td>2</td><td>10.0\u00a0KiB</td><td>-</td>"
              "<td>2.0\u00a0KiB</td><td>8.0\u00a0KiB</td></tr>");
    has(page, "why pthread is slower than process-pool: page faults differ most");
    assert_null(strstr(page, "One bad task"));
    assert_null(strstr(page, "<x>"));
    free(page);
    record_release(&record);
}

static void one_bad_task_has_a_table(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, "crash");
    for (unsigned i = 0; i < 3; i++) {
        record.series[i].samples.items[0].failed = 1 + i;
    }
    const struct record *const records[] = {&record};
    char *page = report_of(records, 1, NULL, NULL);
    has(page, "<h3>One bad task</h3>");
    has(page, "<th scope=\"col\">others survived</th>");
    has(page, "<tr><th scope=\"row\">process-pool</th><td>1\u00a0of 3</td><td>-</td></tr>");
    free(page);
    record_release(&record);
}

/* Time of 64 tasks on n workers as Amdahl has it, with a serial share of a tenth. */
static void sweeps_are_told_with_what_the_laws_leave(void **state)
{
    static const unsigned workers[] = {1, 2, 3, 4, 6, 8};
    struct record record;

    (void)state;
    record_make(&record, "loop");
    for (size_t i = 0; i < sizeof(workers) / sizeof(*workers); i++) {
        (void)made_add(&record,
                       (struct made){"loop", "n=<3>", "4 tasks", "thread-pool", workers[i], 4,
                                     2e7 * (0.1 + 0.9 / workers[i]), 0, .epochs = 12, .blocks = 4});
    }
    const struct record *const records[] = {&record};
    char *page = report_of(records, 1, NULL, NULL);
    has(page, "speed-up of loop under thread-pool");
    has(page, "<th scope=\"col\">residual (Amdahl)</th>");
    has(page, "<td class=\"name\">thread-pool</td><td>4.7");
    has(page, "<td>10.0\u00a0% [");
    assert_null(strstr(page, "None was measured"));
    free(page);
    record_release(&record);
    record_make(&record, "loop");
    page = report_of(records, 1, NULL, NULL);
    has(page, "None was measured");
    free(page);
    record_release(&record);
}

static void several_machines_have_a_picture(void **state)
{
    static const char svg[] = "<svg id=\"tvp-machines\"><title>ratios</title></svg>\n";
    struct record first, second;

    (void)state;
    record_make(&first, "loop");
    record_make(&second, "loop");
    const struct record *const records[] = {&first, &second};
    file_put("machines.svg", svg, sizeof(svg) - 1);
    char *page = report_of(records, 2, NULL, ".");
    has(page, "<h2 id=\"machines-0\">");
    has(page, "<svg id=\"tvp-0-machines\">");
    has(page, "each dot is the ratio of a strategy to its base");
    free(page);
    page = report_of(records, 2, NULL, NULL);
    assert_null(strstr(page, "machines-0"));
    free(page);
    record_release(&first);
    record_release(&second);
}

/* A kind that was added without a word for the report would not be understood. */
static void every_kind_says_how_to_read_it(void **state)
{
    struct record record;

    (void)state;
    record_make(&record, "loop");
    for (int kind = 0; kind < PLOT_KINDS; kind++) {
        char name[64];

        assert_string_equal(plot_kinds[kind].name, plot_kind_names[kind]);
        snprintf(name, sizeof(name), "%s-loop.svg", plot_kind_names[kind]);
        file_put(name, "<svg id=\"tvp-x\"/>", 17);
    }
    const struct record *const records[] = {&record};
    char *page = report_of(records, 1, ".", NULL);
    for (int kind = 0; kind < PLOT_KINDS; kind++) {
        char text[400];

        assert_non_null(plot_kinds[kind].reading);
        snprintf(text, sizeof(text), ">%s</h3>", plot_kinds[kind].title);
        has(page, text);
    }
    assert_null(strstr(page, "More pictures"));
    free(page);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_took_stands_in_tables),
        cmocka_unit_test(one_bad_task_has_a_table),
        cmocka_unit_test(sweeps_are_told_with_what_the_laws_leave),
        FILE_TEST(several_machines_have_a_picture),
        FILE_TEST(every_kind_says_how_to_read_it),
    };

    return cmocka_run_group_tests_name("report costs", tests, NULL, NULL);
}
