/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence above a picture of times, made from where the rows stand: who wins for which
 * workload, and where nobody can tell. */
#include "output/plot_data.h"
#include "output/plot_label.h"
#include "output/verdict_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum outcome {
    OUTCOME_THREADS,
    OUTCOME_PROCESSES,
    OUTCOME_SERIAL,
    OUTCOME_ONE_SIDED, /* only threads, or only processes, have a time */
    OUTCOME_EITHER,
    OUTCOME_UNSURE,
    OUTCOME_NO_GAIN,
    OUTCOME_UNBEATEN, /* whether anything beats serial cannot be told */
    OUTCOME_UNPROVEN,
    OUTCOME_LOUD,
    OUTCOME_FEW,
    OUTCOME_NONE,
    OUTCOMES,
};

static const char *const outcome_words[OUTCOMES] = {
    [OUTCOME_THREADS] = "threads win",
    [OUTCOME_PROCESSES] = "processes win",
    [OUTCOME_SERIAL] = "serial wins",
    [OUTCOME_ONE_SIDED] = "threads and processes did not meet",
    [OUTCOME_EITHER] = "threads and processes are equal",
    [OUTCOME_UNSURE] = "cannot tell threads from processes",
    [OUTCOME_NO_GAIN] = "no gain over serial is shown",
    [OUTCOME_UNBEATEN] = "cannot tell whether any beats serial",
    [OUTCOME_UNPROVEN] = "serial differs from itself",
    [OUTCOME_LOUD] = "too disturbed to tell",
    [OUTCOME_FEW] = "too few epochs to tell",
    [OUTCOME_NONE] = "there is no time",
};

/* Who uses less of the processor need not be done sooner. */
static const char *outcome_word(enum outcome outcome, enum metric metric)
{
    static const char *const cpu_words[] = {
        [OUTCOME_THREADS] = "threads use less CPU time",
        [OUTCOME_PROCESSES] = "processes use less CPU time",
        [OUTCOME_SERIAL] = "serial uses the least CPU time",
    };

    if (metric == METRIC_CPU && outcome <= OUTCOME_SERIAL) {
        return cpu_words[outcome];
    }
    /* cppcheck-suppress arrayIndexOutOfBoundsCond ; it takes OUTCOMES for an outcome */
    return outcome_words[outcome];
}

/* Serial leads, and no other is as fast or may be. */
static bool serial_is_alone(const struct group *group)
{
    for (size_t i = 0; i < group->row_count; i++) {
        if (group->rows[i].standing == STANDING_SAME ||
            group->rows[i].standing == STANDING_UNSURE) {
            return false;
        }
    }
    return true;
}

/* The answer of the verdict in words: picture and text cannot disagree. */
static enum outcome group_outcome(const struct group *group)
{
    static const enum outcome outcomes[ANSWER_COUNT] = {
        [ANSWER_EITHER] = OUTCOME_EITHER,       [ANSWER_THREADS] = OUTCOME_THREADS,
        [ANSWER_PROCESSES] = OUTCOME_PROCESSES, [ANSWER_NEITHER] = OUTCOME_NO_GAIN,
        [ANSWER_UNSURE] = OUTCOME_UNSURE,       [ANSWER_UNPROVEN] = OUTCOME_UNPROVEN,
        [ANSWER_LOUD] = OUTCOME_LOUD,           [ANSWER_FEW] = OUTCOME_FEW,
        [ANSWER_ONE_SIDED] = OUTCOME_ONE_SIDED,
    };
    enum answer answer = contest_answer(&group->contest);

    if (group->best >= group->row_count) {
        return OUTCOME_NONE;
    }
    if (answer == ANSWER_NEITHER && serial_is_alone(group)) {
        return OUTCOME_SERIAL;
    }
    return answer == ANSWER_UNSURE && !group->contest.pays ? OUTCOME_UNBEATEN : outcomes[answer];
}

/* "empty", "empty and counter", "empty, file and counter", "5 of 8 workloads" */
static void add_names(const struct groups *groups, const enum outcome *outcomes,
                      enum outcome outcome, size_t members, char *text, size_t size)
{
    size_t named = 0;

    if (members > 3) {
        label_add(text, size, "%zu of %zu workloads", members, groups->count);
        return;
    }
    for (size_t i = 0; i < groups->count; i++) {
        char name[GROUP_NAME_SIZE];

        if (outcomes[i] == outcome) {
            group_name(groups, &groups->items[i], name);
            label_add(text, size, "%s%s",
                      named == 0             ? ""
                      : named + 1 == members ? " and "
                                             : ", ",
                      name);
            named++;
        }
    }
}

/* The nearest row that is certainly slower; NULL if there is none. */
static const struct row *group_next(const struct group *group)
{
    const struct row *next = NULL;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row->standing == STANDING_SLOWER &&
            (!next || row->to_best.value < next->to_best.value)) {
            next = row;
        }
    }
    return next;
}

/* Of threads and processes the ratio is that of their contest, which decided; serial is held
 * against the nearest that is certainly slower. */
static void add_lead(const struct group *group, enum outcome outcome, char *text, size_t size)
{
    const struct contest *contest = &group->contest;
    const struct row *other = outcome == OUTCOME_THREADS     ? contest->processes
                              : outcome == OUTCOME_PROCESSES ? contest->threads
                              : outcome == OUTCOME_SERIAL    ? group_next(group)
                                                             : NULL;
    char name[ROW_NAME_SIZE];

    if (!other) {
        return;
    }
    double ratio = outcome == OUTCOME_THREADS     ? contest->ratio.value
                   : outcome == OUTCOME_PROCESSES ? 1 / contest->ratio.value
                                                  : other->to_best.value;
    int decimals = ratio < 9.95 ? 2 : 0;
    row_name(group, other, name);
    if (group->metric == METRIC_CPU) {
        label_add(text, size, "; %s uses %.*f× as much", name, decimals, ratio);
    } else {
        label_add(text, size, ", %.*f× ahead of %s", decimals, ratio, name);
    }
}

/* One workload: there is room to say by how much. */
static void title_one(const struct group *group, enum outcome outcome, char *text, size_t size)
{
    label_add(text, size, "%.40s: %s", group->workload, outcome_word(outcome, group->metric));
    add_lead(group, outcome, text, size);
}

static void title_many(const struct groups *groups, const enum outcome *outcomes, char *text,
                       size_t size)
{
    size_t members[OUTCOMES] = {0}, kinds = 0;
    enum metric metric = groups->items[0].metric;
    int most = 0;
    bool first = true;

    for (size_t i = 0; i < groups->count; i++) {
        members[outcomes[i]]++;
    }
    for (int i = 0; i < OUTCOMES; i++) {
        kinds += members[i] > 0;
        most = members[i] > members[most] ? i : most;
    }
    if (kinds == 1) {
        if (most == OUTCOME_FEW) {
            label_add(text, size, "too few epochs to tell strategies apart");
        } else {
            label_add(text, size, "%s for all %zu workloads",
                      outcome_word((enum outcome)most, metric), groups->count);
        }
        return;
    }
    bool elsewhere = members[most] > 1;
    for (int i = 0; i < OUTCOMES; i++) {
        if (members[i] > 0 && !(elsewhere && i == most)) {
            label_add(text, size, "%s%s for ", first ? "" : "; ",
                      outcome_word((enum outcome)i, metric));
            add_names(groups, outcomes, (enum outcome)i, members[i], text, size);
            first = false;
        }
    }
    if (elsewhere) {
        label_add(text, size, "; elsewhere %s", outcome_word((enum outcome)most, metric));
    }
}

void plot_title_time(const struct groups *groups, char *text, size_t size)
{
    enum outcome *outcomes = calloc(groups->count + 1, sizeof(*outcomes));

    text[0] = '\0';
    if (!outcomes) {
        label_add(text, size, "Time by strategy");
        return;
    }
    for (size_t i = 0; i < groups->count; i++) {
        outcomes[i] = group_outcome(&groups->items[i]);
    }
    if (groups->count == 1) {
        title_one(&groups->items[0], outcomes[0], text, size);
    } else if (groups->count > 1) {
        title_many(groups, outcomes, text, size);
        text[0] = (char)toupper((unsigned char)text[0]);
    }
    free(outcomes);
}
