/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fastest row, and the best of threads and of processes, are chosen by the data that then judge
 * them. With many equal rows that must not make winners. Fixed seed; TVP_SEED= tries another. */
#include "noise.h"

#include "analysis/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define EPOCHS 12u

struct told {
    unsigned sets, rows, verdicts, decided, threads;
};

/* Rows of threads and of processes, all equal; or processes longer by the factor. */
static void judge_set(gsl_rng *random, const struct noise *noise, unsigned threads,
                      unsigned processes, double slower, struct told *told)
{
    struct record record;
    struct groups groups;

    assert_int_equal(record_init(&record), 0);
    struct noise_run run = noise_begin(&record, random, noise);
    for (unsigned i = 0; i < threads + processes; i++) {
        noise_add(&run, "w", i < threads ? "pthread" : "fork", 2e7 * (i < threads ? 1 : slower));
    }
    noise_epochs(&run, EPOCHS);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    const struct group *group = &groups.items[0];
    for (size_t i = 0; i < group->row_count; i++) {
        told->verdicts += group->rows[i].standing == STANDING_SLOWER ||
                          group->rows[i].standing == STANDING_FASTER;
    }
    told->sets++;
    told->rows += (unsigned)group->row_count - 1;
    told->threads += group->contest.outcome == CONTEST_THREADS;
    told->decided +=
        group->contest.outcome == CONTEST_THREADS || group->contest.outcome == CONTEST_PROCESSES;
    groups_release(&groups);
    record_release(&record);
}

static struct told judge(gsl_rng *random, unsigned threads, unsigned processes, double slower,
                         unsigned sets)
{
    struct told told = {0};

    for (size_t i = 0; i < NOISES; i++) {
        for (unsigned s = 0; s < sets; s++) {
            judge_set(random, &noises[i], threads, processes, slower, &told);
        }
    }
    return told;
}

static void more_rows_make_no_winners_among_equals(void **state)
{
    static const unsigned sides[][2] = {{1, 1}, {2, 2}, {4, 4}, {6, 6}, {3, 1}, {1, 4}, {6, 1}};
    gsl_rng *random = noise_random();

    (void)state;
    for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); i++) {
        struct told told = judge(random, sides[i][0], sides[i][1], 1, 400);

        print_message("%u rows of threads, %u of processes: %u of %u contests and %u of %u rows "
                      "told apart\n",
                      sides[i][0], sides[i][1], told.decided, told.sets, told.verdicts, told.rows);
        assert_in_range(told.decided, 0, told.sets * 2 / 100);
        assert_in_range(told.verdicts, 0, told.rows * 2 / 100);
    }
    gsl_rng_free(random);
}

static void among_many_rows_a_real_winner_is_found(void **state)
{
    gsl_rng *random = noise_random();
    struct told five = judge(random, 4, 4, 1.05, 150), ten = judge(random, 4, 4, 1.10, 150);

    (void)state;
    gsl_rng_free(random);
    print_message("4 rows a side: 5 %% found in %u of %u, 10 %% in %u\n", five.threads, five.sets,
                  ten.threads);
    assert_in_range(five.threads, five.sets * 75 / 100, five.sets);
    assert_in_range(ten.threads, ten.sets * 94 / 100, ten.sets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_rows_make_no_winners_among_equals),
        cmocka_unit_test(among_many_rows_a_real_winner_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
