/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up samples with the noise of a shared machine, in the order in which they would be taken:
 * a slow wave and bursts that hit whoever runs, another identity of every process (address layout,
 * placement), and a sample's own noise, autocorrelated and heavy tailed. */
#ifndef TVP_TEST_NOISE_H
#define TVP_TEST_NOISE_H

#include "../unit/made_series.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

/* Standard deviations are of logarithms. */
struct noise {
    const char *name;
    double wave, wave_rho;         /* AR(1) from sample to sample, shared by all strategies */
    double burst, burst_size;      /* chance that one begins at a sample; mean of its logarithm */
    double burst_length;           /* in samples, on average */
    double identity;               /* of a process, once an epoch */
    double own, own_rho;           /* AR(1) within a process */
    double tail, tail_size;        /* chance and mean of what one sample may take longer */
    double epoch_tail, epoch_size; /* the same of a process */
};

/* Spreads that give the noise floor of interleaved samples seen on a shared virtual machine: an
 * epoch's log ratio varies by 0.4 % (prime) to 5 % (thread creation). */
static const struct noise noises[] = {
    {"quiet", .02, .9, .001, .1, 20, .003, .005, .3, .01, .1, 0, 0},
    {"autocorrelated", .20, .99, 0, 0, 0, .005, .02, .8, 0, 0, 0, 0},
    {"bursty", .05, .9, .02, .6, 12, .012, .02, .2, .05, .3, .02, .3},
    {"epoch effect", .10, .95, .002, .3, 30, .025, .01, .2, 0, 0, 0, 0},
    {"heavy tailed", .05, .9, .005, .4, 10, .010, .02, .2, .20, .8, .10, .3},
    {"everything", .15, .98, .01, .5, 15, .020, .03, .5, .10, .5, .05, .3},
};
#define NOISES (sizeof(noises) / sizeof(*noises))
#define NOISE_BLOCKS 8u
#define NOISE_MOST 16u

/* One workload being measured; epochs can be added to. */
struct noise_run {
    const struct noise *noise;
    gsl_rng *random;
    struct record *record;
    size_t first, count; /* its series */
    double ns[NOISE_MOST];
    double wave, burst;
    unsigned burst_left, epochs;
};

static inline double noise_ar(gsl_rng *random, double last, double sd, double rho)
{
    return rho * last + gsl_ran_gaussian_ziggurat(random, sd * sqrt(1 - rho * rho));
}

static inline double noise_tail(gsl_rng *random, double chance, double mean)
{
    return chance > 0 && gsl_rng_uniform(random) < chance ? gsl_ran_exponential(random, mean) : 0;
}

/* What hits whoever runs now. */
static inline double noise_machine(struct noise_run *run)
{
    const struct noise *noise = run->noise;

    run->wave = noise_ar(run->random, run->wave, noise->wave, noise->wave_rho);
    if (run->burst_left == 0 && noise->burst > 0 && gsl_rng_uniform(run->random) < noise->burst) {
        run->burst = gsl_ran_exponential(run->random, noise->burst_size);
        run->burst_left = 1 + (unsigned)gsl_ran_exponential(run->random, noise->burst_length);
    }
    run->burst_left -= run->burst_left > 0;
    return run->wave + (run->burst_left > 0 ? run->burst : 0);
}

static inline struct noise_run noise_begin(struct record *record, gsl_rng *random,
                                           const struct noise *noise)
{
    return (struct noise_run){.noise = noise,
                              .random = random,
                              .record = record,
                              .first = record->series_count,
                              .wave = gsl_ran_gaussian_ziggurat(random, noise->wave)};
}

/* All strategies before the first epoch. */
static inline void noise_add(struct noise_run *run, const char *workload, const char *strategy,
                             double ns)
{
    struct series *series = made_add(
        run->record,
        (struct made){.workload = workload, .strategy = strategy, .workers = 2, .tasks = 4});

    series->answer = strdup("a");
    run->ns[run->count++] = ns;
}

static inline void noise_epoch(struct noise_run *run)
{
    const struct noise *noise = run->noise;
    double identity[NOISE_MOST], own[NOISE_MOST];
    size_t order[NOISE_MOST];

    for (size_t i = 0; i < run->count; i++) {
        identity[i] = gsl_ran_gaussian_ziggurat(run->random, noise->identity) +
                      noise_tail(run->random, noise->epoch_tail, noise->epoch_size);
        own[i] = gsl_ran_gaussian_ziggurat(run->random, noise->own);
        order[i] = i;
    }
    for (unsigned block = 0; block < NOISE_BLOCKS; block++) {
        gsl_ran_shuffle(run->random, order, run->count, sizeof(*order));
        for (size_t i = 0; i < run->count; i++) {
            size_t which = order[i];

            own[which] = noise_ar(run->random, own[which], noise->own, noise->own_rho);
            double log_time = noise_machine(run) + identity[which] + own[which] +
                              noise_tail(run->random, noise->tail, noise->tail_size);
            struct sample sample = {.epoch = run->epochs,
                                    .block = 2 + block,
                                    .run_ns = (uint64_t)(run->ns[which] * exp(log_time))};
            struct series *series = &run->record->series[run->first + which];

            if (sample_list_append(&series->samples, &sample) < 0) {
                abort();
            }
        }
    }
    run->epochs++;
}

static inline void noise_epochs(struct noise_run *run, unsigned epochs)
{
    while (run->epochs < epochs) {
        noise_epoch(run);
    }
}

static inline gsl_rng *noise_random(void)
{
    const char *given = getenv("TVP_SEED");
    gsl_rng *random = gsl_rng_alloc(gsl_rng_taus2);

    if (!random) {
        abort();
    }
    gsl_rng_set(random, given ? strtoul(given, NULL, 10) : 20261122);
    return random;
}

#endif
