/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of made-up files: epochs with noise that all strategies of an epoch share, and noise of
 * their own. The generator is splitmix64, so that a seed means the same everywhere. */
#ifndef TVP_TEST_COMPARE_FIXTURE_H
#define TVP_TEST_COMPARE_FIXTURE_H

#include "analysis/compare.h"
#include "tests/unit/made_series.h"
#include "tests/unit/near.h"

#include <math.h>

#define STRATEGIES 5
static const char *const strategies[STRATEGIES] = {"serial", "pthread", "fork", "thread-pool",
                                                   "process-pool"};

/* One file to be made up. */
struct model {
    unsigned epochs;
    uint64_t epoch_step_ns;     /* from the beginning of one epoch to that of the next */
    double shared, own, sample; /* standard deviations of logarithms */
    double factors[STRATEGIES]; /* 0: 1 */
};

static inline double uniform(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static inline double gauss(uint64_t *seed)
{
    double radius = sqrt(-2 * log(uniform(seed)));

    return radius * cos(2 * acos(-1) * uniform(seed));
}

static inline void model_fill(struct record *record, const struct model *model, uint64_t *seed)
{
    struct made made = {.workload = "w", .arguments = "n=1", .workers = 2, .tasks = 4};

    assert_int_equal(record_init(record), 0);
    made_machine(record, "here", 2, true);
    for (unsigned s = 0; s < STRATEGIES; s++) {
        made.strategy = strategies[s];
        free(made_add(record, made)->answer);
        record->series[s].answer = strdup("a");
    }
    for (unsigned epoch = 0; epoch < model->epochs; epoch++) {
        double shared = model->shared * gauss(seed);

        for (unsigned s = 0; s < STRATEGIES; s++) {
            double own = model->own * gauss(seed);
            double factor = model->factors[s] > 0 ? model->factors[s] : 1;

            for (unsigned block = 0; block < 4; block++) {
                double noise = exp(shared + own + model->sample * gauss(seed));
                struct sample sample = {.epoch = epoch,
                                        .block = block,
                                        .at_ns = epoch * model->epoch_step_ns,
                                        .run_ns = (uint64_t)(2e7 * factor * noise)};

                assert_int_equal(sample_list_append(&record->series[s].samples, &sample), 0);
            }
        }
    }
}

static inline void head_put(struct record *record, const char *object, const char *member,
                            const char *text)
{
    json_t *inner = json_object_get(record->head, object);

    if (!inner) {
        inner = json_object();
        assert_int_equal(json_object_set_new(record->head, object, inner), 0);
    }
    assert_int_equal(json_object_set_new(inner, member, json_string(text)), 0);
}

static const struct compare_settings by_default = {.metric = METRIC_COLD, .threshold = 0.05};

/* Compares records that the caller still owns. */
static inline void compare_records(const struct record *records, size_t count,
                                   const struct compare_settings *settings,
                                   struct comparison *ret_comparison)
{
    struct compare_file files[12] = {0};
    char checksums[12][2] = {0};

    assert_true(count <= 12);
    for (size_t i = 0; i < count; i++) {
        checksums[i][0] = (char)('a' + i);
        files[i] = (struct compare_file){.record = &records[i], .checksum = checksums[i]};
    }
    assert_int_equal(compare_make(files, count, settings, ret_comparison), 0);
    /* They point into this function's frame, and are not needed any more. */
    for (size_t i = 0; i < count; i++) {
        ret_comparison->files[i].checksum = "";
    }
}

static const struct model still = {.epochs = 12, .own = .005};

static inline void files_make(struct record *records, size_t count, const struct model *model)
{
    uint64_t seed = 3;

    for (size_t i = 0; i < count; i++) {
        model_fill(&records[i], model, &seed);
    }
}

static inline void files_release(struct record *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        record_release(&records[i]);
    }
}

static inline const struct compare_row *row_of(const struct comparison *comparison,
                                               const char *name)
{
    for (size_t i = 0; i < comparison->row_count; i++) {
        if (strcmp(comparison->rows[i].name, name) == 0) {
            return &comparison->rows[i];
        }
    }
    fail_msg("no row %s", name);
    return NULL;
}

static inline const struct compare_cell *cell_of(const struct comparison *comparison,
                                                 const char *name)
{
    return &row_of(comparison, name)->cells[1];
}

static inline struct series *series_of(struct record *record, const char *strategy)
{
    for (size_t i = 0; i < record->series_count; i++) {
        if (strcmp(record->series[i].strategy, strategy) == 0) {
            return &record->series[i];
        }
    }
    fail_msg("no series %s", strategy);
    return NULL;
}

static inline void put(char **text, const char *other)
{
    free(*text);
    *text = other ? strdup(other) : NULL;
}

#endif
