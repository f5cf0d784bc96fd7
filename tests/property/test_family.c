/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forty rows of equal code, again and again: how often is any of them told apart? */
#include "../unit/made_series.h"
#include "analysis/analysis.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define WORKLOADS 8
#define STRATEGIES 5
#define RUNS 300

static unsigned long seed(void)
{
    const char *given = getenv("TVP_SEED");

    return given ? strtoul(given, NULL, 10) : 20261122;
}

/* Epoch medians with a disturbance that all strategies share and a heavy-tailed one of their own:
 * now and then an epoch of one of them takes much longer. */
static void add_noisy(struct record *record, gsl_rng *random, const char *workload,
                      const char *strategy, const double *shared, unsigned epochs, double slower)
{
    struct series *series = made_add(
        record,
        (struct made){.workload = workload, .strategy = strategy, .workers = 2, .tasks = 4});

    series->answer = strdup("a");
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        double own = gsl_ran_gaussian(random, .01);

        own += gsl_rng_uniform(random) < .1 ? gsl_ran_exponential(random, .3) : 0;
        struct sample sample = {
            .epoch = epoch,
            .run_ns = (uint64_t)(2e7 * slower * exp(shared[epoch] + own)),
        };
        assert_int_equal(sample_list_append(&series->samples, &sample), 0);
    }
}

static void make_run(struct record *record, gsl_rng *random, unsigned epochs, double slower)
{
    static const char *const names[STRATEGIES] = {"serial", "pthread", "fork", "thread-pool",
                                                  "process-pool"};
    char workload[8];
    double shared[64];

    assert_int_equal(record_init(record), 0);
    for (unsigned w = 0; w < WORKLOADS; w++) {
        snprintf(workload, sizeof(workload), "w%u", w);
        for (unsigned epoch = 0; epoch < epochs; epoch++) {
            shared[epoch] = gsl_ran_gaussian(random, .2);
        }
        for (unsigned s = 0; s < STRATEGIES; s++) {
            add_noisy(record, random, workload, names[s], shared, epochs, s == 2 ? slower : 1);
        }
    }
}

/* Rows told apart, and contests decided, in one simulated run. */
struct told {
    unsigned slower, contests, planted;
};

static struct told judge(const struct record *record)
{
    struct told told = {0};
    struct groups groups;

    assert_int_equal(groups_make(record, METRIC_COLD, &groups), 0);
    assert_int_equal(groups.comparisons, WORKLOADS * (STRATEGIES - 1));
    assert_true(groups.corrected);
    for (size_t g = 0; g < groups.count; g++) {
        const struct group *group = &groups.items[g];

        for (size_t i = 0; i < group->row_count; i++) {
            told.slower += group->rows[i].standing == STANDING_SLOWER;
            told.planted += i == 2 && group->rows[i].standing == STANDING_SLOWER;
        }
        told.contests += group->contest.outcome == CONTEST_THREADS ||
                         group->contest.outcome == CONTEST_PROCESSES;
    }
    groups_release(&groups);
    return told;
}

static void equal_code_is_hardly_ever_told_apart(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    unsigned runs_with_rows = 0, runs_with_contests = 0;

    (void)state;
    gsl_rng_set(random, seed());
    for (unsigned run = 0; run < RUNS; run++) {
        struct record record;

        make_run(&record, random, run % 2 ? 12 : 24, 1);
        struct told told = judge(&record);
        runs_with_rows += told.slower > 0;
        runs_with_contests += told.contests > 0;
        record_release(&record);
    }
    gsl_rng_free(random);
    print_message("of %d runs of equal code, %u told a row apart, %u a contest (seed %lu)\n", RUNS,
                  runs_with_rows, runs_with_contests, seed());
    assert_in_range(runs_with_rows, 0, RUNS * 5 / 100);
    assert_in_range(runs_with_contests, 0, RUNS * 5 / 100);
}

static void a_planted_difference_is_found_in_the_crowd(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    unsigned found = 0;

    (void)state;
    gsl_rng_set(random, seed());
    for (unsigned run = 0; run < 50; run++) {
        struct record record;

        make_run(&record, random, 24, 1.10);
        found += judge(&record).planted;
        record_release(&record);
    }
    gsl_rng_free(random);
    print_message("%u of %u planted differences of 10 %% found\n", found, 50 * WORKLOADS);
    assert_in_range(found, 50 * WORKLOADS * 9 / 10, 50 * WORKLOADS);
}

static void too_few_epochs_are_judged_one_by_one_and_said_so(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    struct record record;
    struct groups groups;

    (void)state;
    gsl_rng_set(random, seed());
    make_run(&record, random, 8, 3);
    assert_int_equal(groups_make(&record, METRIC_COLD, &groups), 0);
    assert_false(groups.corrected);
    assert_int_equal(groups.items[0].rows[2].standing, STANDING_SLOWER);
    groups_release(&groups);
    record_release(&record);
    gsl_rng_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_code_is_hardly_ever_told_apart),
        cmocka_unit_test(a_planted_difference_is_found_in_the_crowd),
        cmocka_unit_test(too_few_epochs_are_judged_one_by_one_and_said_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
