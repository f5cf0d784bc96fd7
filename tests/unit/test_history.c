/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Since when is a row as it is, and which runs have a say in that? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/history.h"
#include "output/history_text.h"
#include "tests/unit/compare_fixture.h"
#include "tests/unit/text_fixture.h"

#define RUNS 12u
#define STEP 6u /* runs as they were; fork takes half as long again in the others */

struct told {
    size_t count, changes, doubtful, first;
};

static void open_runs(struct record *records)
{
    struct model model = still;
    uint64_t seed = 8;

    for (unsigned i = 0; i < RUNS; i++) {
        char created[32];

        snprintf(created, sizeof(created), "2025-01-%02uT10:42:07Z", i + 1);
        model.factors[2] = i < STEP ? 1 : 1.5;
        model_fill(&records[i], &model, &seed);
        (void)json_object_set_new(records[i].head, "created", json_string(created));
    }
}

/* What is said of fork; *ret_text: of all, to be freed. */
static struct told tell(const struct record *records, char **ret_text)
{
    struct comparison comparison;
    struct history history;
    struct told told = {0};
    size_t size;
    FILE *out = open_memstream(ret_text, &size);

    compare_records(records, RUNS, &by_default, &comparison);
    assert_int_equal(history_make(&comparison, &history), 0);
    for (size_t i = 0; i < history.row_count; i++) {
        const struct history_row *row = &history.rows[i];

        if (strcmp(row->row->name, "fork") == 0) {
            told = (struct told){row->count, row->change_count, row->doubtful,
                                 row->change_count > 0 ? row->changes[0].run : 0};
        }
    }
    assert_int_equal(history_write(out, &history, &utf8), 0);
    assert_int_equal(fclose(out), 0);
    check_lines(*ret_text, &utf8);
    history_release(&history);
    compare_release(&comparison);
    return told;
}

/* Half as long again, from the seventh run on: a change, unless others were at work in all of
 * these. */
static void loud_runs_are_no_evidence_of_a_change(void **state)
{
    struct record records[RUNS];
    char *text;

    (void)state;
    open_runs(records);
    struct told told = tell(records, &text);
    assert_int_equal(told.count, RUNS);
    assert_int_equal(told.changes, 1);
    assert_int_equal(told.first, STEP);
    assert_null(strstr(text, "Left out"));
    free(text);
    for (unsigned i = STEP; i < RUNS; i++) {
        struct series *fork = series_of(&records[i], "fork");

        for (size_t k = 0; k < fork->samples.count; k++) {
            fork->samples.items[k].loud = true;
        }
    }
    told = tell(records, &text);
    assert_int_equal(told.count, STEP);
    assert_int_equal(told.changes, 0);
    assert_int_equal(told.doubtful, RUNS - STEP);
    assert_non_null(strstr(text, "Left out: 6 values"));
    free(text);
    files_release(records, RUNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loud_runs_are_no_evidence_of_a_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
