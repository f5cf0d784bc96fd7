/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Can the numbers of a result file carry a verdict? */
#include "analysis/analysis.h"
#include "analysis/fitness_parts.h"
#include "record/load.h"

#include <inttypes.h>
#include <stdlib.h>

#define SAMPLE_LEAST_NS 10000000u
#define EPOCHS_WARN 6 /* fewer have no interval at 95 %, see median_estimate() */
#define EPOCHS_NOTE 12

static void complete_check(const struct record *record, struct fitness_finding *finding)
{
    const bool complete = record_complete(record);

    finding_set(finding, complete ? FITNESS_OK : FITNESS_WARN,
                "the run was stopped or still goes on: later cells have fewer samples, or none",
                "%s", complete ? "yes" : "no");
}

/* Rows with another answer than their group's; a placebo only if it differs from itself. */
static size_t wrong_answers(const struct groups *groups)
{
    size_t wrong = 0;

    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];

        for (size_t j = 0; j < group->row_count; j++) {
            wrong += group->rows[j].wrong_answer;
        }
        wrong += group->placebo && group->placebo->samples.count > 0 && !group->placebo->consistent;
    }
    return wrong;
}

static void answers_check(const struct record *record, struct fitness_finding *finding)
{
    struct groups groups;
    size_t failed = 0, skipped = 0;

    if (groups_make(record, METRIC_COLD, &groups) < 0) {
        finding_set(finding, FITNESS_WARN, "there was no memory to compare the answers: try again",
                    "not known");
        return;
    }
    size_t wrong = wrong_answers(&groups);
    groups_release(&groups);
    for (size_t i = 0; i < record->series_count; i++) {
        const struct series *series = &record->series[i];

        failed += series->failure_count > 0 || series_failed_tasks(series) > 0;
        skipped += series->skipped != NULL;
    }
    finding_set(finding,
                wrong || failed ? FITNESS_WARN
                : skipped       ? FITNESS_NOTE
                                : FITNESS_OK,
                "`tvp show` tells which cells these are and why; only those with samples that give "
                "the same answer as serial, failed tasks included, are compared",
                "%zu series: %zu with a wrong answer, %zu with failures, %zu skipped",
                record->series_count, wrong, failed, skipped);
}

/* Epochs in which a series has timed samples; -1 without memory. */
static int64_t series_epochs(const struct series *series)
{
    const size_t size = series->samples.count;
    double *medians = malloc(size * sizeof(*medians));
    uint64_t *epochs = malloc(size * sizeof(*epochs));
    int64_t count = -1;

    if (medians && epochs) {
        count = (int64_t)epoch_medians(series, METRIC_COLD, medians, epochs, size);
    }
    free(medians);
    free(epochs);
    return count;
}

static void epochs_check(const struct record *record, struct fitness_finding *finding)
{
    int64_t least = -1;

    for (size_t i = 0; i < record->series_count; i++) {
        if (record->series[i].samples.count > 0) {
            int64_t count = series_epochs(&record->series[i]);

            least = count >= 0 && (least < 0 || count < least) ? count : least;
        }
    }
    if (least < 0) {
        finding_set(finding, FITNESS_WARN, "there is nothing to compare", "no samples");
        return;
    }
    finding_set(finding,
                least < EPOCHS_WARN   ? FITNESS_WARN
                : least < EPOCHS_NOTE ? FITNESS_NOTE
                                      : FITNESS_OK,
                "an interval needs 6 epochs and a good one 12: --profile standard, or a larger "
                "--budget",
                "%" PRId64 " in the shortest series", least);
}

static void samples_check(const struct record *record, struct fitness_finding *finding)
{
    size_t count = 0, low = 0;

    for (size_t i = 0; i < record->series_count; i++) {
        const struct sample_list *list = &record->series[i].samples;

        for (size_t n = 0; n < list->count; n++) {
            low += sample_metric(&list->items[n], METRIC_COLD) < SAMPLE_LEAST_NS;
        }
        count += list->count;
    }
    if (count == 0) {
        return;
    }
    finding_set(finding,
                low * 2 > count ? FITNESS_WARN
                : low           ? FITNESS_NOTE
                                : FITNESS_OK,
                "the shorter a sample, the more of it is interruptions and the cost of the clock: "
                "give each sample more tasks",
                "%zu of %zu under 10 ms", low, count);
}

static bool epoch_contaminated(const json_t *epoch)
{
    const json_t *flag = json_object_get(epoch, "contaminated");
    const json_t *foreign = json_object_get(epoch, "foreign_permille");
    const json_t *steal = json_object_get(epoch, "steal_permille");
    const json_t *pressure = json_object_get(epoch, "pressure_permille");
    const struct load_share share = {
        .foreign_permille = (unsigned)json_integer_value(foreign),
        .steal_permille = (unsigned)json_integer_value(steal),
        .pressure_permille = (unsigned)json_integer_value(pressure),
        .has_foreign = json_is_integer(foreign),
        .has_steal = json_is_integer(steal),
        .has_pressure = json_is_integer(pressure),
    };

    return json_is_boolean(flag) ? json_is_true(flag) : load_contaminated(&share);
}

static void load_check(const struct record *record, struct fitness_finding *finding)
{
    const json_t *epochs = json_object_get(record->head, "epochs"), *epoch;
    const size_t count = json_array_size(epochs);
    size_t i, bad = 0;

    if (count == 0) {
        return;
    }
    json_array_foreach(epochs, i, epoch)
    {
        bad += epoch_contaminated(epoch);
    }
    finding_set(finding,
                bad * 2 > count ? FITNESS_WARN
                : bad           ? FITNESS_NOTE
                                : FITNESS_OK,
                "other programs ran meanwhile: believe ratios inside this file rather than its "
                "times, and measure again on a quiet machine",
                "%zu of %zu epochs contaminated", bad, count);
}

void fitness_check_record(const struct record *record, struct fitness *fitness)
{
    static const struct {
        const char *name;
        void (*check)(const struct record *record, struct fitness_finding *finding);
    } rules[] = {
        {"complete", complete_check}, {"answers", answers_check}, {"epochs", epochs_check},
        {"samples", samples_check},   {"epoch-load", load_check},
    };

    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
        struct fitness_finding finding = {0};

        rules[i].check(record, &finding);
        fitness_add(fitness, rules[i].name, &finding);
    }
    fitness_apply(fitness_clock_rules, record->head, fitness);
    fitness_apply(fitness_sharing_rules, record->head, fitness);
}
