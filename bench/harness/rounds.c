/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/rounds.h"

#include "base/clock.h"
#include "harness/epoch.h"
#include "record/epochs.h"

#include <errno.h>
#include <gsl/gsl_randist.h>
#include <string.h>

uint64_t set_planned(const struct cell_set *set)
{
    return set->epochs - set->repeats;
}

void set_took(struct cell_set *set, uint64_t took_ns)
{
    set->expected_ns = set->expected_ns > 0 ? (set->expected_ns + took_ns) / 2 : took_ns;
}

uint64_t round_expected_ns(const struct run *run)
{
    uint64_t sum_ns = 0;

    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *set = &run->plan.sets[i];

        sum_ns += set->ended_by ? 0 : set->expected_ns;
    }
    return sum_ns;
}

static uint64_t expected_left_ns(const struct run *run)
{
    uint64_t sum_ns = 0;

    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *set = &run->plan.sets[i];
        uint64_t left = run->settings->epochs - set_planned(set);

        sum_ns += set->ended_by ? 0 : set->expected_ns * left;
    }
    return sum_ns;
}

void round_report(void *context)
{
    const struct run *run = context;
    const struct run_settings *settings = run->settings;
    struct run_progress progress = {
        .workload = run->workload,
        .epoch = run->round,
        .epochs = settings->epochs,
        .elapsed_ns = run_elapsed_ns(run),
    };

    if (settings->progress) {
        const uint64_t expected_ns = run->round > 1 ? expected_left_ns(run) : 0;
        const uint64_t most_ns = progress.elapsed_ns < settings->budget_ns
                                     ? settings->budget_ns - progress.elapsed_ns
                                     : 0;

        progress.left_ns = expected_ns < most_ns ? expected_ns : most_ns;
        settings->progress(&progress, settings->context);
    }
}

static const char *workload_of(const struct run *run, const struct cell_set *set)
{
    return run->record->series[set->cells[0].series].workload;
}

/* A module is called by its path until its first trial has told its name. */
static bool share_workload(const struct run *run, const struct cell_set *a,
                           const struct cell_set *b)
{
    return strcmp(a->cells[0].workload, b->cells[0].workload) == 0 ||
           strcmp(workload_of(run, a), workload_of(run, b)) == 0;
}

/* Epochs are numbered by workload: sets that share one, share the count. */
static uint64_t next_number(const struct run *run, const struct cell_set *set)
{
    uint64_t number = 0;

    for (size_t i = 0; i < run->plan.count; i++) {
        const struct cell_set *other = &run->plan.sets[i];

        if (share_workload(run, other, set) && other->next > number) {
            number = other->next;
        }
    }
    return number;
}

static int run_epoch(struct run *run, struct cell_set *set, bool repeat)
{
    const struct run_settings *settings = run->settings;
    struct epoch_settings epoch = {
        .number = next_number(run, set),
        .warmup_blocks = settings->plan.profile->warmup_blocks,
        .blocks = settings->plan.profile->blocks,
        .origin_ns = run->origin_ns,
        .before_ns = run->before_ns,
        .random = run->random,
        .stopped = settings->stopped,
        .between = round_report,
        .context = run,
    };
    uint64_t start_ns = clock_ns();
    struct load_share share = {0};

    run->workload = set->cells[0].workload;
    watch_begin(&run->watch);
    int r = epoch_run(&run->runners, &epoch, set, run->record), added = 0;
    /* Also of an epoch that was interrupted: its samples are kept. */
    if (watch_end(&run->watch, &share)) {
        added = record_add_epoch(run->record, workload_of(run, set), epoch.number, &share, repeat);
    }
    set->next = epoch.number + 1;
    if (r == -EINTR) {
        return r; /* half an epoch is kept, but does not count */
    }
    set_took(set, clock_ns() - start_ns);
    set->epochs++;
    set->repeats += repeat;
    set->quiet += !load_contaminated(&share);
    return r < 0 ? r : added;
}

/* The times play no part in it: measuring again what looks slow would make everything look fast. A
 * set that others disturb all the time gets some more epochs, not an endless number of them. */
static bool lacks_epoch(const struct run *run, const struct cell_set *set)
{
    uint64_t planned = set_planned(set);

    return !run->settings->no_repeats && !set->ended_by && set->quiet < planned &&
           (set->repeats + 1) * 1000 <= planned * REPEATS_MOST_PERMILLE &&
           run_elapsed_ns(run) + set->expected_ns + expected_left_ns(run) <=
               run->settings->budget_ns;
}

/* One for each set that lacks one. *ret_count: how many that were. */
static int run_repeats(struct run *run, size_t *ret_count)
{
    size_t count = 0;
    int r = 0;

    for (size_t i = 0; r == 0 && i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[run->order[i]];

        if (lacks_epoch(run, set)) {
            r = run_epoch(run, set, true);
            count++;
        }
    }
    *ret_count = count;
    return r;
}

int round_run(struct run *run)
{
    size_t repeated = 0;
    int r = 0;

    run->round++;
    gsl_ran_shuffle(run->random, run->order, run->plan.count, sizeof(*run->order));
    for (size_t i = 0; r == 0 && i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[run->order[i]];

        r = set->ended_by ? 0 : run_epoch(run, set, false);
    }
    /* What one round cannot make up for the next ones may; after the last there is none. */
    do {
        r = r < 0 ? r : run_repeats(run, &repeated);
    } while (r == 0 && repeated > 0 && expected_left_ns(run) == 0);
    return r;
}
