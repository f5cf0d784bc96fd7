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
    OUTCOME_POOLS,
    OUTCOME_SERIAL,
    OUTCOME_OTHER,
    OUTCOME_CLOSE,   /* threads and processes within CLOSE_RATIO for certain */
    OUTCOME_OPEN,    /* not told apart, and the interval allows for more */
    OUTCOME_NO_GAIN, /* serial is among those not told apart from the fastest */
    OUTCOME_UNKNOWN, /* too few epochs */
    OUTCOME_NONE,    /* no time */
    OUTCOMES,
};

#define CLOSE_RATIO 1.05

static const char *const outcome_words[OUTCOMES] = {
    [OUTCOME_THREADS] = "threads win",
    [OUTCOME_PROCESSES] = "processes win",
    [OUTCOME_POOLS] = "pools win",
    [OUTCOME_SERIAL] = "serial wins",
    [OUTCOME_OTHER] = "another strategy wins",
    [OUTCOME_CLOSE] = "threads and processes are close",
    [OUTCOME_OPEN] = "threads and processes are not told apart",
    [OUTCOME_NO_GAIN] = "nothing beats serial",
    [OUTCOME_UNKNOWN] = "too few epochs to tell",
    [OUTCOME_NONE] = "there is no time",
};

enum { FAMILY_SERIAL = 1, FAMILY_THREADS = 2, FAMILY_PROCESSES = 4, FAMILY_OTHER = 8 };

static unsigned row_family(const struct row *row)
{
    const char *look = row_look(row);

    return strcmp(look, "serial") == 0                                        ? FAMILY_SERIAL
           : strcmp(look, "pthread") == 0 || strcmp(look, "thread-pool") == 0 ? FAMILY_THREADS
           : strcmp(look, "other") == 0                                       ? FAMILY_OTHER
                                                                              : FAMILY_PROCESSES;
}

static bool row_leads(const struct row *row)
{
    return row->standing == STANDING_FASTEST || row->standing == STANDING_TIED;
}

/* Threads and processes both lead: is that because they are close, or because it is unknown? */
static enum outcome outcome_shared(const struct group *group)
{
    unsigned winner = row_family(&group->rows[group->best]);

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row->standing == STANDING_TIED && row_family(row) != winner &&
            row->to_best.high <= CLOSE_RATIO) {
            return OUTCOME_CLOSE;
        }
    }
    return OUTCOME_OPEN;
}

static enum outcome group_outcome(const struct group *group)
{
    unsigned leading = 0;
    bool pools = true, others = false;

    if (group->best >= group->row_count) {
        return OUTCOME_NONE;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row->standing == STANDING_UNKNOWN) {
            return OUTCOME_UNKNOWN;
        }
        if (row_leads(row)) {
            leading |= row_family(row);
            pools = pools && strstr(row_look(row), "-pool");
        } else {
            others = others || !(row_family(row) & FAMILY_SERIAL);
        }
    }
    switch (leading) {
    case FAMILY_SERIAL:
        return OUTCOME_SERIAL;
    case FAMILY_THREADS:
        return OUTCOME_THREADS;
    case FAMILY_PROCESSES:
        return OUTCOME_PROCESSES;
    case FAMILY_THREADS | FAMILY_PROCESSES:
        return pools && others ? OUTCOME_POOLS : outcome_shared(group);
    default:
        return leading & FAMILY_SERIAL ? OUTCOME_NO_GAIN : OUTCOME_OTHER;
    }
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
    if (next && outcome <= OUTCOME_OTHER) {
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
        if (most == OUTCOME_UNKNOWN) {
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
