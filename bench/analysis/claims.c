/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/claims.h"

#include "analysis/claims_parts.h"
#include "analysis/trust.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_workload(const struct group *group, const char *const *names)
{
    for (; *names; names++) {
        if (strcmp(group->workload, *names) == 0) {
            return true;
        }
    }
    return false;
}

static int claim_add(struct claim *claim, const struct claim_evidence *evidence)
{
    struct claim_evidence *items =
        reallocarray(claim->items, claim->count + 1, sizeof(*claim->items));

    if (!items) {
        return -ENOMEM;
    }
    items[claim->count++] = *evidence;
    claim->items = items;
    return 0;
}

/* What a ratio says in its group, which may be loud or unproven. */
static enum standing standing_of(const struct group *group, const struct estimate *ratio)
{
    enum unsure unsure;
    uint64_t more_epochs;

    return group_standing(group, ratio, &unsure, &more_epochs);
}

static enum claim_state io_state(const struct group *group)
{
    const struct contest *contest = &group->contest;
    /* What serial's time is to that of threads. */
    const enum standing serial = standing_of(group, &contest->threads->to_serial);

    if (contest->outcome == CONTEST_PROCESSES || serial == STANDING_SAME ||
        serial == STANDING_FASTER) {
        return CLAIM_FAILS;
    }
    return serial == STANDING_SLOWER &&
                   (contest->outcome == CONTEST_THREADS || contest->outcome == CONTEST_EITHER)
               ? CLAIM_HOLDS
               : CLAIM_UNSURE;
}

/* Threads gain over serial, and processes are not better. */
static int io_add(const struct group *group, struct claim *claim)
{
    static const char *const names[] = {"file", "http", "sleep", NULL};
    const struct contest *contest = &group->contest;

    if (!is_workload(group, names) || !contest->threads || !contest->processes) {
        return 0;
    }
    const struct claim_evidence evidence = {.group = group,
                                            .state = io_state(group),
                                            .ratio = contest->ratio,
                                            .gain = contest->threads->to_serial};
    return claim_add(claim, &evidence);
}

/* Processes are the better of the two. That they are as good as threads is not what is claimed. */
static int cpu_add(const struct group *group, struct claim *claim)
{
    static const char *const names[] = {"loop", "primes", NULL};
    const struct contest *contest = &group->contest;

    if (!is_workload(group, names) || !contest->threads || !contest->processes) {
        return 0;
    }
    const enum contest_outcome outcome = contest->outcome;
    const struct claim_evidence evidence = {
        .group = group,
        .state = outcome == CONTEST_PROCESSES                              ? CLAIM_HOLDS
                 : outcome == CONTEST_THREADS || outcome == CONTEST_EITHER ? CLAIM_FAILS
                                                                           : CLAIM_UNSURE,
        .ratio = contest->ratio,
    };
    return claim_add(claim, &evidence);
}

/* Of every strategy of a kind: how many updates of an unguarded counter were lost. */
static int race_add(const struct group *group, enum kind kind, enum claim_state lost,
                    struct claim *claim)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        struct claim_evidence evidence = {.group = group, .row = row, .state = CLAIM_UNSURE};

        if (strategy_kind(row->series->strategy) != kind || row->series->workers == 1 ||
            !series_lost_share(row->series, &evidence.ratio)) {
            continue;
        }
        evidence.samples = row->series->samples.count;
        evidence.lost_samples = series_lost_samples(row->series);
        /* One update that was lost proves it, however rare that is. */
        if (evidence.lost_samples > 0) {
            evidence.state = lost;
        }
        int r = claim_add(claim, &evidence);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int threads_race_add(const struct group *group, struct claim *claim)
{
    return race_add(group, KIND_THREADS, CLAIM_HOLDS, claim);
}

/* A lost update is one that another process overwrote: so they do share. */
static int processes_private_add(const struct group *group, struct claim *claim)
{
    return race_add(group, KIND_PROCESSES, CLAIM_FAILS, claim);
}

/* Tasks of such lengths that a later one has reason to end first. */
static int order_add(const struct group *group, struct claim *claim)
{
    static const char *const names[] = {"sleep", NULL};

    for (size_t i = 0; i < group->row_count && is_workload(group, names); i++) {
        const struct row *row = &group->rows[i];
        struct claim_evidence evidence = {.group = group, .row = row};

        evidence.state = series_order_state(row->series, &evidence.ratio);
        int r = evidence.state == CLAIM_NO_DATA ? 0 : claim_add(claim, &evidence);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int chunks_add(const struct group *group, struct claim *claim)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        const struct row *plain = row_without_chunk(group, row);

        if (!plain || strategy_kind(row->series->strategy) != KIND_PROCESSES) {
            continue;
        }
        const struct estimate ratio =
            series_ratio(plain->series, row->series, METRIC_COLD, CONFIDENCE);
        const enum standing standing = standing_of(group, &ratio);
        const struct claim_evidence evidence = {
            .group = group,
            .row = row,
            .state = standing == STANDING_SLOWER                                ? CLAIM_HOLDS
                     : standing == STANDING_SAME || standing == STANDING_FASTER ? CLAIM_FAILS
                                                                                : CLAIM_UNSURE,
            .ratio = ratio,
        };
        int r = claim_add(claim, &evidence);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* What cannot tell says nothing against what can. */
static enum claim_state claim_judge(const struct claim *claim)
{
    size_t holds = 0, fails = 0;

    for (size_t i = 0; i < claim->count; i++) {
        holds += claim->items[i].state == CLAIM_HOLDS;
        fails += claim->items[i].state == CLAIM_FAILS;
    }
    return claim->count == 0 ? CLAIM_NO_DATA
           : holds && fails  ? CLAIM_PART
           : holds           ? CLAIM_HOLDS
           : fails           ? CLAIM_FAILS
                             : CLAIM_UNSURE;
}

int claims_make(const struct groups *cold, struct claims *ret_claims)
{
    static int (*const adders[CLAIM_COUNT])(const struct group *, struct claim *) = {
        [CLAIM_THREADS_IO] = io_add,
        [CLAIM_PROCESSES_CPU] = cpu_add,
        [CLAIM_THREADS_RACE] = threads_race_add,
        [CLAIM_PROCESSES_PRIVATE] = processes_private_add,
        [CLAIM_COMPLETION_ORDER] = order_add,
        [CLAIM_CHUNKS] = chunks_add,
    };
    struct claims claims = {0};

    for (enum claim_name name = 0; name < CLAIM_COUNT; name++) {
        for (size_t i = 0; i < cold->count; i++) {
            if (adders[name](&cold->items[i], &claims.items[name]) < 0) {
                claims_release(&claims);
                return -ENOMEM;
            }
        }
        claims.items[name].state = claim_judge(&claims.items[name]);
    }
    *ret_claims = claims;
    return 0;
}

void claims_release(struct claims *claims)
{
    if (!claims) {
        return;
    }
    for (enum claim_name name = 0; name < CLAIM_COUNT; name++) {
        free(claims->items[name].items);
    }
    *claims = (struct claims){0};
}
