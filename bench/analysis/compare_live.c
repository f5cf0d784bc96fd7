/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/compare_live.h"

#include "analysis/holm.h"
#include "analysis/ruling.h"
#include "analysis/trust.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool live_variants(const struct record *record, const char **ret_a, const char **ret_b)
{
    const char *a = NULL, *b = NULL;

    for (size_t i = 0; i < record->series_count; i++) {
        const char *name = record->series[i].variant;

        if (!name) {
            return false;
        }
        a = a ? a : name;
        if (strcmp(name, a) != 0) {
            b = b ? b : name;
            if (strcmp(name, b) != 0) {
                return false;
            }
        }
    }
    if (b) {
        *ret_a = a;
        *ret_b = b;
    }
    return b;
}

static bool is_cell_of(const struct row *row, const struct row *other)
{
    return same_text(row->series->strategy, other->series->strategy) &&
           row->series->workers == other->series->workers &&
           parent_same(&row->series->parent, &other->series->parent);
}

/* The cell of B that is held against this one: of the same work if there is one. */
static const struct row *find_partner(const struct live *live, const struct group *group,
                                      const struct row *row, bool *ret_same_work)
{
    const struct row *found = NULL;

    *ret_same_work = false;
    for (size_t i = 0; i < live->groups.count && !*ret_same_work; i++) {
        const struct group *other = &live->groups.items[i];

        for (size_t j = 0; j < other->row_count && !*ret_same_work; j++) {
            if (same_text(other->variant, live->b) && same_text(other->workload, group->workload) &&
                is_cell_of(row, &other->rows[j])) {
                found = &other->rows[j];
                *ret_same_work =
                    other->tasks == group->tasks && same_text(other->arguments, group->arguments);
            }
        }
    }
    return found;
}

static enum pair_state judge_state(const struct live_pair *pair, bool same_work)
{
    if (!pair->b) {
        return PAIR_MISSING;
    }
    if (!same_work) {
        return PAIR_WORK;
    }
    if (!row_has_time(pair->a) || !row_has_time(pair->b)) {
        return row_has_time(pair->a) ? PAIR_FAILED_B : PAIR_FAILED_A;
    }
    return same_text(pair->a->series->answer, pair->b->series->answer) &&
                   series_failed_tasks(pair->a->series) == series_failed_tasks(pair->b->series)
               ? PAIR_GOOD
               : PAIR_ANSWER;
}

static int find_pairs(struct live *live, const struct record *record)
{
    live->pairs = calloc(record->series_count + 1, sizeof(*live->pairs));
    if (!live->pairs) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < live->groups.count; i++) {
        const struct group *group = &live->groups.items[i];

        for (size_t j = 0; j < group->row_count && same_text(group->variant, live->a); j++) {
            struct live_pair *pair = &live->pairs[live->count++];
            bool same_work;

            *pair = (struct live_pair){.group = group, .a = &group->rows[j]};
            pair->b = find_partner(live, group, pair->a, &same_work);
            pair->state = judge_state(pair, same_work);
            live->good += pair->state == PAIR_GOOD;
        }
    }
    return 0;
}

/* What the interval at the row's own level says, and what would help where it says nothing. */
static void pair_decide(const struct live *live, struct live_pair *pair, double confidence)
{
    enum unsure trust = group_trust(pair->group, pair->a->series);

    pair->unsure = trust != UNSURE_NOT ? trust : group_trust(pair->group, pair->b->series);
    pair->change = CHANGE_UNSURE;
    if (pair->unsure != UNSURE_NOT) {
        return;
    }
    pair->change = standing_change(ratio_standing(&pair->ratio, live->threshold));
    if (pair->change == CHANGE_UNSURE) {
        pair->unsure = ratio_unsure(&pair->ratio, live->threshold);
    }
    if (pair->unsure == UNSURE_FEW) {
        pair->unsure = pair->ratio.count < evidence_needed(CONFIDENCE) ? UNSURE_FEW : UNSURE_ROWS;
        pair->epochs = evidence_needed(confidence);
    } else if (pair->unsure == UNSURE_WIDE) {
        pair->epochs = ratio_more_epochs(&pair->ratio, live->threshold);
    }
}

static int judge_pairs(struct live *live, enum metric metric)
{
    double *p = calloc(live->good + 1, sizeof(*p));
    double *confidences = calloc(live->good + 1, sizeof(*confidences));
    size_t n = 0;
    int r = p && confidences ? 0 : -ENOMEM;

    for (size_t i = 0; i < live->count && r == 0; i++) {
        struct evidence evidence;

        if (live->pairs[i].state == PAIR_GOOD) {
            /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a good pair has both */
            r = evidence_make(live->pairs[i].b->series, live->pairs[i].a->series, metric,
                              &evidence);
            p[n++] = r == 0 ? sign_test_logs_p(evidence.logs, evidence.count) : 1;
            if (r == 0) {
                evidence_release(&evidence);
            }
        }
    }
    r = r == 0 && !holm_confidences(p, live->good, CONFIDENCE, confidences) ? -ENOMEM : r;
    n = 0;
    for (size_t i = 0; i < live->count && r == 0; i++) {
        struct live_pair *pair = &live->pairs[i];

        if (pair->state == PAIR_GOOD) {
            pair->ratio = series_ratio(pair->b->series, pair->a->series, metric, confidences[n]);
            pair_decide(live, pair, confidences[n++]);
        }
    }
    free(confidences);
    free(p);
    return r;
}

int live_make(const struct record *record, enum metric metric, double threshold,
              struct live *ret_live)
{
    struct live live = {.threshold = threshold};

    if (!live_variants(record, &live.a, &live.b)) {
        return -EINVAL;
    }
    int r = groups_make(record, metric, &live.groups);
    r = r < 0 ? r : find_pairs(&live, record);
    r = r < 0 ? r : judge_pairs(&live, metric);
    if (r < 0) {
        live_release(&live);
        return r;
    }
    *ret_live = live;
    return 0;
}

void live_release(struct live *live)
{
    if (!live) {
        return;
    }
    groups_release(&live->groups);
    free(live->pairs);
    *live = (struct live){.count = 0};
}

bool live_is_beyond(const struct live *live, const struct live_pair *pair, bool slower_only)
{
    return (pair->change == CHANGE_SLOWER && pair->ratio.low >= 1 + live->threshold) ||
           (!slower_only && pair->change == CHANGE_FASTER &&
            pair->ratio.high <= 1 / (1 + live->threshold));
}
