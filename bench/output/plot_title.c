/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence above a picture of times, made from where the rows stand: who wins for which
 * workload, and where nobody can tell. */
#include "output/plot_data.h"
#include "output/plot_label.h"

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
    OUTCOME_NO_GAIN, /* serial is among those not told apart from the fastest */
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
    [OUTCOME_NO_GAIN] = "nothing is told apart from serial",
    [OUTCOME_FEW] = "too few epochs to tell",
    [OUTCOME_NONE] = "there is no time",
};

/* The same contest that decides the verdict in words: picture and text cannot disagree. */
static enum outcome group_outcome(const struct group *group)
{
    static const enum outcome outcomes[] = {
        [CONTEST_THREADS] = OUTCOME_THREADS, [CONTEST_PROCESSES] = OUTCOME_PROCESSES,
        [CONTEST_EITHER] = OUTCOME_EITHER,   [CONTEST_UNSURE] = OUTCOME_UNSURE,
        [CONTEST_FEW] = OUTCOME_FEW,         [CONTEST_ONE_SIDED] = OUTCOME_ONE_SIDED,
    };
    bool alone = true;

    if (group->best >= group->row_count) {
        return OUTCOME_NONE;
    }
    if (group->contest.outcome == CONTEST_FEW || group->contest.pays) {
        return outcomes[group->contest.outcome];
    }
    for (size_t i = 0; i < group->row_count; i++) {
        alone = alone && group->rows[i].standing != STANDING_SAME &&
                group->rows[i].standing != STANDING_UNSURE;
    }
    return alone ? OUTCOME_SERIAL : OUTCOME_NO_GAIN;
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

/* One workload: there is room to say by how much. */
static void title_one(const struct group *group, enum outcome outcome, char *text, size_t size)
{
    const struct row *next = group_next(group);
    char name[ROW_NAME_SIZE];

    label_add(text, size, "%.40s: %s", group->workload, outcome_words[outcome]);
    if (next && outcome <= OUTCOME_SERIAL) {
        row_name(group, next, name);
        label_add(text, size, ", %.*f× ahead of %s", next->to_best.value < 9.95 ? 2 : 0,
                  next->to_best.value, name);
    }
}

static void title_many(const struct groups *groups, const enum outcome *outcomes, char *text,
                       size_t size)
{
    size_t members[OUTCOMES] = {0}, kinds = 0;
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
            label_add(text, size, "%s for all %zu workloads", outcome_words[most], groups->count);
        }
        return;
    }
    bool elsewhere = members[most] > 1;
    for (int i = 0; i < OUTCOMES; i++) {
        if (members[i] > 0 && !(elsewhere && i == most)) {
            label_add(text, size, "%s%s for ", first ? "" : "; ", outcome_words[i]);
            add_names(groups, outcomes, (enum outcome)i, members[i], text, size);
            first = false;
        }
    }
    if (elsewhere) {
        label_add(text, size, "; elsewhere %s", outcome_words[most]);
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
