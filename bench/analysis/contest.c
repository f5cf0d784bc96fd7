/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads or processes? The best of either kind meet, epoch by epoch, and the interval of their
 * ratio decides. The margin is that of the table, so that table and verdict never disagree. */
#include "analysis/contest.h"

#include "analysis/claims_parts.h"
#include "analysis/trust.h"

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

bool strategy_is_control(const char *strategy)
{
    return strcmp(strategy, "serial+thread") == 0;
}

static bool has_row(const struct group *group, const char *strategy, const char *options,
                    uint64_t workers)
{
    size_t length = strlen(strategy);

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        const char *name = row->series->strategy;

        if (row_has_time(row) && row->series->workers == workers &&
            strncmp(name, strategy, length) == 0 && strcmp(name + length, options) == 0) {
            return true;
        }
    }
    return false;
}

/* Chunks are no question of threads or processes, and who alone has them wins or loses by them. */
static bool is_handicapped(const struct group *group, const struct row *row)
{
    const char *options = strchr(row->series->strategy, ':');
    const char *other =
        strategy_kind(row->series->strategy) == KIND_THREADS ? "process-pool" : "thread-pool";

    return row_without_chunk(group, row) && !has_row(group, other, options, row->series->workers);
}

static const struct row *group_best_of(const struct group *group, enum kind kind, size_t *ret_count)
{
    const struct row *best = NULL;
    size_t count = 0;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (!row_has_time(row) || strategy_kind(row->series->strategy) != kind ||
            is_handicapped(group, row)) {
            continue;
        }
        count++;
        if (!best || row->time.value < best->time.value) {
            best = row;
        }
    }
    *ret_count = count;
    return best;
}

struct contest contest_begin(const struct group *group)
{
    size_t threads, processes;
    struct contest contest = {
        .threads = group_best_of(group, KIND_THREADS, &threads),
        .processes = group_best_of(group, KIND_PROCESSES, &processes),
        .ratio = {.value = NAN, .low = NAN, .high = NAN},
        .outcome = CONTEST_ONE_SIDED,
    };

    if (contest.threads && contest.processes) {
        /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): who is there runs workers */
        size_t lead = threads > processes ? threads / processes : processes / threads;

        contest.tests = lead < 3 ? 1 : (lead + 1) / 2;
    }
    return contest;
}

/* A group in doubt says so of everything; for any other reason not to know, it is not shown. */
static bool serial_is_beaten(const struct row *serial)
{
    return !serial || !row_has_time(serial) || serial->standing == STANDING_SLOWER ||
           (serial->standing == STANDING_UNSURE &&
            (serial->unsure == UNSURE_LOUD || serial->unsure == UNSURE_UNPROVEN));
}

void contest_decide(struct group *group, const struct row *serial)
{
    static const enum contest_outcome outcomes[] = {
        [STANDING_SLOWER] = CONTEST_THREADS,
        [STANDING_FASTER] = CONTEST_PROCESSES,
        [STANDING_SAME] = CONTEST_EITHER,
        [STANDING_UNSURE] = CONTEST_UNSURE,
    };
    struct contest *contest = &group->contest;

    contest->pays = serial_is_beaten(serial);
    contest->serial_leads = serial && serial->standing == STANDING_FASTEST;
    if (contest->threads && contest->processes) {
        contest->outcome = outcomes[group_standing(group, &contest->ratio, &contest->unsure,
                                                   &contest->more_epochs)];
        if (!estimate_has_interval(&contest->ratio)) {
            contest->outcome = CONTEST_FEW;
        }
    }
}
