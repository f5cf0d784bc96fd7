/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs of made-up times, stopped as real ones are: at the looks of the protocol, as soon as
 * all ratios are precise enough. Epochs share a disturbance with their neighbours, which is an
 * AR(1), and rows have bursts of their own. What is then said must be as true as without looks.
 * TVP_SEED replays a run. */
#include "../unit/made_series.h"
#include "analysis/precision.h"
#include "harness/stopping.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define RUNS 1200u
#define ROWS_MOST 5u

/* Noise of a row in its epoch median, as a standard deviation of logarithms. */
static const double noises[] = {.002, .007, .015, .03, .1, .5};
#define NOISES (sizeof(noises) / sizeof(*noises))

static int open_random(void **state)
{
    const char *given = getenv("TVP_SEED");
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);

    if (random) {
        gsl_rng_set(random, given ? strtoul(given, NULL, 10) : 20261122);
    }
    *state = random;
    return random ? 0 : -1;
}

static int close_random(void **state)
{
    gsl_rng_free(*state);
    return 0;
}

struct simulation {
    gsl_rng *random;
    struct record record;
    unsigned rows;
    uint64_t epochs;
    double noise, factor; /* the last row takes factor as long as the others */
    double shared, own[ROWS_MOST];
};

static const char *const names[ROWS_MOST] = {"serial", "pthread", "fork", "thread-pool",
                                             "process-pool"};

static void begin(struct simulation *simulation)
{
    assert_int_equal(record_init(&simulation->record), 0);
    for (unsigned i = 0; i < simulation->rows; i++) {
        /* Two rows are threads and processes. */
        const char *name = names[simulation->rows == 2 ? i + 1 : i];
        struct series *series =
            made_add(&simulation->record,
                     (struct made){.workload = "w", .strategy = name, .workers = 2, .tasks = 4});

        series->answer = strdup("a");
        simulation->own[i] = 0;
    }
    simulation->epochs = 0;
    simulation->shared = 0;
}

static void measure_epoch(struct simulation *simulation)
{
    gsl_rng *random = simulation->random;

    simulation->shared = .6 * simulation->shared + gsl_ran_gaussian(random, .2);
    for (unsigned i = 0; i < simulation->rows; i++) {
        bool last = i + 1 == simulation->rows;
        double noise = gsl_ran_gaussian(random, simulation->noise);

        /* A burst that hits one row and not the others: one epoch in ten. */
        noise +=
            gsl_rng_uniform(random) < .1 ? gsl_ran_exponential(random, 10 * simulation->noise) : 0;
        /* Neighbouring epochs resemble each other a little in what is a row's own as well. */
        simulation->own[i] = .05 * simulation->own[i] + noise;
        struct sample sample = {
            .epoch = simulation->epochs,
            .run_ns = (uint64_t)(2e8 * (last ? simulation->factor : 1) *
                                 exp(simulation->shared + simulation->own[i])),
        };
        assert_int_equal(sample_list_append(&simulation->record.series[i].samples, &sample), 0);
    }
    simulation->epochs++;
}

/* Measure until a look stops it; the groups are the caller's. */
static void measure(struct simulation *simulation, struct groups *ret_groups)
{
    begin(simulation);
    for (const uint64_t *look = stopping_looks; *look; look++) {
        struct precision precision;

        while (simulation->epochs < *look) {
            measure_epoch(simulation);
        }
        assert_int_equal(groups_make(&simulation->record, METRIC_COLD, ret_groups), 0);
        assert_true(
            group_precision(ret_groups, &ret_groups->items[0], METRIC_COLD, MARGIN, &precision));
        if (look[1] == 0 || precision_reached(&precision)) {
            return;
        }
        groups_release(ret_groups);
    }
}

static void forget(struct simulation *simulation, struct groups *groups)
{
    groups_release(groups);
    record_release(&simulation->record);
}

/* Answers that tell equal rows apart, of how many there are: every row, and threads or processes.
 */
struct wrong {
    unsigned answers, of, runs;
    uint64_t epochs;
};

static void count_wrong(const struct group *group, struct wrong *wrong)
{
    unsigned before = wrong->answers;

    wrong->answers +=
        group->contest.outcome == CONTEST_THREADS || group->contest.outcome == CONTEST_PROCESSES;
    for (size_t i = 0; i < group->row_count; i++) {
        wrong->answers += group->rows[i].standing == STANDING_SLOWER ||
                          group->rows[i].standing == STANDING_FASTER;
    }
    wrong->of += (unsigned)group->row_count;
    wrong->runs += wrong->answers > before;
}

static struct wrong judge_equals(gsl_rng *random, unsigned rows)
{
    struct wrong wrong = {0};

    for (unsigned run = 0; run < RUNS; run++) {
        struct simulation simulation = {
            .random = random, .rows = rows, .noise = noises[run % NOISES], .factor = 1};
        struct groups groups;

        measure(&simulation, &groups);
        count_wrong(&groups.items[0], &wrong);
        wrong.epochs += simulation.epochs;
        forget(&simulation, &groups);
    }
    print_message("%u equal rows: %.2f %% of answers are wrong, in %.2f %% of runs of %.0f "
                  "epochs\n",
                  rows, 100. * wrong.answers / wrong.of, 100. * wrong.runs / RUNS,
                  (double)wrong.epochs / RUNS);
    return wrong;
}

/* In all noises together, those included in which no look stops a run. */
static void false_verdicts_stay_rare(void **state)
{
    for (unsigned rows = 2; rows <= ROWS_MOST; rows += 3) {
        struct wrong wrong = judge_equals(*state, rows);

        assert_in_range(wrong.answers, 0, wrong.of * 2 / 100);
        assert_in_range(wrong.runs, 0, RUNS * 5 / 100);
    }
}

/* One ratio, which is what it is: how often is it outside of its 95 % interval? */
static unsigned misses(gsl_rng *random, double noise, double factor, double *ret_epochs)
{
    unsigned missed = 0;
    uint64_t epochs = 0;

    for (unsigned run = 0; run < RUNS; run++) {
        struct simulation simulation = {
            .random = random, .rows = 2, .noise = noise, .factor = factor};
        struct groups groups;

        measure(&simulation, &groups);
        const struct group *group = &groups.items[0];
        const struct estimate *ratio = &group->rows[1 - group->best].to_best;
        double truth = group->best == 0 ? factor : 1 / factor;
        missed += ratio->low > truth || ratio->high < truth;
        epochs += simulation.epochs;
        forget(&simulation, &groups);
    }
    *ret_epochs = (double)epochs / RUNS;
    return missed;
}

static void intervals_keep_their_promise(void **state)
{
    static const double factors[] = {1, 1.05, 1.5, 1000};

    for (size_t f = 0; f < sizeof(factors) / sizeof(*factors); f++) {
        unsigned sum = 0;

        for (size_t n = 0; n < NOISES; n++) {
            double epochs;
            unsigned missed = misses(*state, noises[n], factors[f], &epochs);

            print_message("factor %g, noise %g %%: %.2f %% of intervals miss, %.0f epochs\n",
                          factors[f], 100 * noises[n], 100. * missed / RUNS, epochs);
            sum += missed;
        }
        print_message("factor %g: %.2f %%\n", factors[f], 100. * sum / (double)(RUNS * NOISES));
        assert_in_range(sum, RUNS * NOISES * 3 / 100, RUNS * NOISES * 6 / 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(false_verdicts_stay_rare),
        cmocka_unit_test(intervals_keep_their_promise),
    };

    return cmocka_run_group_tests(tests, open_random, close_random);
}
