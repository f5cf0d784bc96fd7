/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads or processes? The best of either kind meet, epoch by epoch, and the interval of their
 * ratio decides. The margin is that of the table, so that table and verdict never disagree. */
#include "analysis/contest.h"

#include <math.h>
#include <string.h>

enum kind strategy_kind(const char *strategy)
{
    static const struct {
        const char *name;
        enum kind kind;
    } strategies[] = {
        {"fork", KIND_PROCESSES},
        {"process-pool", KIND_PROCESSES},
        {"pthread", KIND_THREADS},
        {"thread-pool", KIND_THREADS},
    };
    size_t length = strcspn(strategy, ":");

    for (size_t i = 0; i < sizeof(strategies) / sizeof(strategies[0]); i++) {
        if (strlen(strategies[i].name) == length &&
            strncmp(strategies[i].name, strategy, length) == 0) {
            return strategies[i].kind;
        }
    }
    return KIND_OTHER;
}

static const struct row *group_best_of(const struct group *group, enum kind kind)
{
    const struct row *best = NULL;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row_has_time(row) && strategy_kind(row->series->strategy) == kind &&
            (!best || row->time.value < best->time.value)) {
            best = row;
        }
    }
    return best;
}

static enum contest_outcome ratio_outcome(const struct estimate *ratio)
{
    if (!estimate_has_interval(ratio)) {
        return CONTEST_FEW;
    }
    if (ratio->low > 1 + MARGIN) {
        return CONTEST_THREADS;
    }
    if (ratio->high < 1 / (1 + MARGIN)) {
        return CONTEST_PROCESSES;
    }
    if (ratio->low >= 1 / (1 + MARGIN) && ratio->high <= 1 + MARGIN) {
        return CONTEST_EITHER;
    }
    return CONTEST_UNSURE;
}

struct contest contest_begin(const struct group *group, enum metric metric)
{
    struct contest contest = {
        .threads = group_best_of(group, KIND_THREADS),
        .processes = group_best_of(group, KIND_PROCESSES),
        .ratio = {NAN, NAN, NAN, 0},
        .outcome = CONTEST_ONE_SIDED,
    };

    if (contest.threads && contest.processes) {
        contest.ratio =
            series_ratio(contest.processes->series, contest.threads->series, metric, CONFIDENCE);
    }
    return contest;
}

void contest_decide(struct contest *contest, const struct row *serial)
{
    contest->pays = !serial || !row_has_time(serial) || serial->standing == STANDING_SLOWER ||
                    serial->standing == STANDING_UNKNOWN;
    contest->serial_leads = serial && serial->standing == STANDING_FASTEST;
    if (contest->threads && contest->processes) {
        contest->outcome = ratio_outcome(&contest->ratio);
    }
}
