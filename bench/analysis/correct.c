/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standings of all rows of a table, all contests of a verdict and all placebos: three
 * families of comparisons, each corrected by Holm's rule. If most of a family have too few epochs
 * for that, each comparison stands for itself; if it is only a few, as after a crash, these have no
 * interval and the others are corrected. */
#include "analysis/correct.h"

#include "analysis/holm.h"

#include <errno.h>
#include <stdlib.h>

/* One comparison: the epochs' ratios of two series. */
struct comparison {
    const struct series *upper, *lower;
    size_t tests; /* as so many it counts */
    struct estimate *estimate;
    double *logs; /* of the ratios */
    size_t count;
};

static int comparison_measure(struct comparison *comparison, enum metric metric)
{
    size_t size = comparison->upper->samples.count;

    comparison->logs = malloc((size + 1) * sizeof(*comparison->logs));
    if (!comparison->logs) {
        return -ENOMEM;
    }
    comparison->count =
        series_log_ratios(comparison->upper, comparison->lower, metric, comparison->logs, size);
    return 0;
}

/* Every interval at the level that Holm's rule gives it. */
static int correct_family(struct comparison *family, size_t count, enum metric metric,
                          bool *ret_corrected)
{
    double *p = calloc(count + 1, sizeof(*p));
    double *confidences = malloc((count + 1) * sizeof(*confidences));
    size_t reach = 0; /* have epochs enough for the first of Holm's steps */
    int r = p && confidences ? 0 : -ENOMEM;

    for (size_t i = 0; r == 0 && i < count; i++) {
        r = comparison_measure(&family[i], metric);
        reach += family[i].count >= holm_fewest(count * family[i].tests, CONFIDENCE);
        p[i] = sign_test_logs_p(family[i].logs, family[i].count) * (double)family[i].tests;
    }
    bool enough = 2 * reach >= count;
    if (r == 0 && enough) {
        r = holm_confidences(p, count, CONFIDENCE, confidences) ? 0 : -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        double confidence =
            r == 0 && enough ? 1 - (1 - confidences[i]) / (double)family[i].tests : CONFIDENCE;

        *family[i].estimate =
            estimate_exp(median_estimate(family[i].logs, family[i].count, confidence));
        free(family[i].logs);
    }
    free(p);
    free(confidences);
    *ret_corrected = r == 0 && enough;
    return r;
}

static size_t gather_rows(struct groups *groups, struct comparison *family)
{
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++) {
        struct group *group = &groups->items[i];

        for (size_t j = 0; j < group->row_count; j++) {
            struct row *row = &group->rows[j];

            if (row_has_time(row) && j != group->best) {
                family[count++] = (struct comparison){
                    .upper = row->series,
                    .lower = group->rows[group->best].series,
                    .tests = 1,
                    .estimate = &row->to_best,
                };
            }
        }
    }
    return count;
}

static size_t gather_contests(struct groups *groups, struct comparison *family)
{
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++) {
        struct contest *contest = &groups->items[i].contest;

        if (contest->threads && contest->processes) {
            family[count++] = (struct comparison){
                .upper = contest->processes->series,
                .lower = contest->threads->series,
                .tests = contest->tests,
                .estimate = &contest->ratio,
            };
        }
    }
    return count;
}

static size_t gather_placebos(struct groups *groups, enum metric metric, struct comparison *family)
{
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++) {
        struct group *group = &groups->items[i];

        const struct row *serial = group_find(group, "serial");

        if (group->placebo && serial && row_has_time(serial) &&
            series_ratio(group->placebo, serial->series, metric, CONFIDENCE).count > 0) {
            family[count++] = (struct comparison){
                .upper = group->placebo,
                .lower = serial->series,
                .tests = 1,
                .estimate = &group->placebo_ratio,
            };
        }
    }
    return count;
}

int groups_correct(struct groups *groups, enum metric metric)
{
    size_t rows = 0;
    bool other_corrected;

    for (size_t i = 0; i < groups->count; i++) {
        rows += groups->items[i].row_count;
    }
    struct comparison *family = calloc(rows + groups->count + 1, sizeof(*family));
    if (!family) {
        return -ENOMEM;
    }
    groups->comparisons = gather_rows(groups, family);
    for (size_t i = 0; i < groups->count; i++) {
        groups->items[i].comparisons = groups->comparisons;
    }
    int r = correct_family(family, groups->comparisons, metric, &groups->corrected);
    if (r == 0) {
        r = correct_family(family, gather_contests(groups, family), metric, &other_corrected);
    }
    if (r == 0) {
        r = correct_family(family, gather_placebos(groups, metric, family), metric,
                           &other_corrected);
    }
    free(family);
    return r;
}
