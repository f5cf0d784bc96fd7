/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In random worlds whose costs are known, advice is what is fastest: always if the measurements are
 * exact, and within a tenth of it nearly always if they are not. */
#include "tests/unit/advice_fixture.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#define WORLDS 40u
#define QUESTIONS 20u
#define COSTS 6u
#define NOISE 0.02

static int rng_open(void **state)
{
    const char *text = getenv("TVP_SEED");
    unsigned long seed = text ? strtoul(text, NULL, 10) : 20250115;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    if (!rng) {
        return -1;
    }
    print_message("TVP_SEED=%lu replays this\n", seed);
    gsl_rng_set(rng, seed);
    *state = rng;
    return 0;
}

static int rng_close(void **state)
{
    gsl_rng_free(*state);
    return 0;
}

static double log_flat(gsl_rng *rng, double low, double high)
{
    return exp(gsl_ran_flat(rng, log(low), log(high)));
}

static double noise(void *rng)
{
    return exp(gsl_ran_gaussian(rng, NOISE));
}

/* Two cores. Pools have their price at the beginning, the others with each task. */
static void make_costs(gsl_rng *rng, struct cost costs[COSTS])
{
    static const struct {
        const char *strategy;
        uint64_t workers;
        bool kept;
    } cells[COSTS] = {{"pthread", 2, false},    {"fork", 2, false},
                      {"thread-pool", 2, true}, {"process-pool", 2, true},
                      {"thread-pool", 4, true}, {"process-pool", 4, true}};

    for (size_t i = 0; i < COSTS; i++) {
        bool kept = cells[i].kept;

        costs[i] = (struct cost){.strategy = cells[i].strategy,
                                 .workers = cells[i].workers,
                                 .edge_ns = kept ? log_flat(rng, 20 * US, 500 * US) : 0,
                                 .start_ns = log_flat(rng, 5 * US, 100 * US),
                                 .task_ns = kept ? log_flat(rng, 10, 500)
                                                 : log_flat(rng, 5 * US, 300 * US),
                                 .share = gsl_ran_flat(rng, 0.5, 0.6)};
    }
}

static void measure(struct known *known, const struct cost *costs, double (*factor)(void *),
                    gsl_rng *rng)
{
    static const double lengths[] = {1 * US, 10 * US, 100 * US, 1 * MS};
    static const uint64_t tasks[] = {8, 128, 4096};

    known_begin(known);
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 3; k++) {
            add_costs(&known->record, costs, COSTS, lengths[i], tasks[k], factor, rng);
        }
    }
    assert_int_equal(known_make(known, false), 0);
}

static double least_ns(const struct cost *costs, double length_ns, double tasks)
{
    double least = length_ns * tasks;

    for (size_t i = 0; i < COSTS; i++) {
        least = fmin(least, cost_ns(&costs[i], length_ns, tasks));
    }
    return least;
}

/* Time of what is advised, over that of the best. */
static double regret(const struct known *known, const struct cost *costs, gsl_rng *rng)
{
    const struct advice_question question = {
        .task_ns = round(log_flat(rng, 1 * US, 1 * MS)),
        .tasks = 4 * (uint64_t)log_flat(rng, 2, 20000), /* a whole number of rounds */
    };
    double own_ns = NAN, tasks = (double)question.tasks;
    struct advice advice;

    assert_int_equal(advice_make(&known->world, &question, &advice), 0);
    if (advice.best.kind == KIND_OTHER) {
        own_ns = question.task_ns * tasks;
    }
    for (size_t i = 0; i < COSTS; i++) {
        if (strcmp(costs[i].strategy, advice.best.strategy) == 0 &&
            costs[i].workers == advice.best.workers) {
            own_ns = cost_ns(&costs[i], question.task_ns, tasks);
        }
    }
    advice_release(&advice);
    return own_ns / least_ns(costs, question.task_ns, tasks);
}

/* No batch and no task takes less than no time, whatever the noise says. */
static void check_terms(const struct known *known)
{
    for (size_t i = 0; i < known->world.count; i++) {
        for (size_t k = 0; k < TERM_COUNT; k++) {
            assert_true(known->world.models[i].run[k] >= 0);
        }
    }
}

static void exact_measurements_give_the_best(void **state)
{
    struct cost costs[COSTS];
    struct known known;

    for (unsigned n = 0; n < WORLDS; n++) {
        make_costs(*state, costs);
        measure(&known, costs, no_noise, *state);
        for (unsigned i = 0; i < QUESTIONS; i++) {
            double over = regret(&known, costs, *state);

            if (!(over <= 1 + MARGIN + 0.002)) {
                fail_msg("world %u, question %u: %g of the best", n, i, over);
            }
        }
        known_end(&known);
    }
}

static void noise_costs_a_tenth_at_most(void **state)
{
    struct cost costs[COSTS];
    struct known known;
    unsigned good = 0;

    for (unsigned n = 0; n < WORLDS; n++) {
        make_costs(*state, costs);
        measure(&known, costs, noise, *state);
        check_terms(&known);
        for (unsigned i = 0; i < QUESTIONS; i++) {
            good += regret(&known, costs, *state) <= 1.1;
        }
        known_end(&known);
    }
    print_message("%u of %u within a tenth\n", good, WORLDS * QUESTIONS);
    assert_true(good >= WORLDS * QUESTIONS * 98 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_measurements_give_the_best),
        cmocka_unit_test(noise_costs_a_tenth_at_most),
    };

    return cmocka_run_group_tests(tests, rng_open, rng_close);
}
