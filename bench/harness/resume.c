/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/resume.h"

#include "harness/epoch.h"
#include "harness/rounds.h"
#include "harness/run_head.h"
#include "harness/stopping.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What one cell, and then what all cells of a set, left of an epoch. */
struct trace {
    uint64_t epoch, begin_ns, end_ns;
    size_t cell;
    size_t cells, failed; /* how many of them left something, how many trials failed */
    bool ended, loud;     /* there is a sample of the last block; others disturbed it */
    bool repeat;
};

struct traces {
    struct trace *items;
    size_t count;
};

static void add_samples(struct traces *traces, const struct sample_list *list, size_t cell,
                        uint64_t last_block)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct sample *sample = &list->items[i];

        traces->items[traces->count++] = (struct trace){
            .epoch = sample->epoch,
            .begin_ns = sample->at_ns,
            .end_ns = sample->at_ns + sample->open_ns + sample->run_ns + sample->close_ns,
            .cell = cell,
            .cells = 1,
            .ended = sample->block == last_block,
            .loud = sample->loud,
        };
    }
}

static int compare_traces(const void *a, const void *b)
{
    const struct trace *left = a, *right = b;

    return left->epoch != right->epoch ? (left->epoch > right->epoch) - (left->epoch < right->epoch)
                                       : (left->cell > right->cell) - (left->cell < right->cell);
}

static void merge_trace(struct trace *sum, const struct trace *more)
{
    bool timed = more->end_ns > 0, empty = sum->end_ns == 0;

    sum->begin_ns =
        timed && (empty || more->begin_ns < sum->begin_ns) ? more->begin_ns : sum->begin_ns;
    sum->end_ns = more->end_ns > sum->end_ns ? more->end_ns : sum->end_ns;
    sum->cells += more->cell != sum->cell;
    sum->failed += more->failed;
    sum->cell = more->cell;
    sum->ended |= more->ended;
    sum->loud |= more->loud;
}

/* One trace for each epoch, in their order. */
static void merge_traces(struct traces *traces)
{
    size_t count = 0;

    qsort(traces->items, traces->count, sizeof(*traces->items), compare_traces);
    for (size_t i = 0; i < traces->count; i++) {
        if (count > 0 && traces->items[count - 1].epoch == traces->items[i].epoch) {
            merge_trace(&traces->items[count - 1], &traces->items[i]);
        } else {
            traces->items[count++] = traces->items[i];
        }
    }
    traces->count = count;
}

static int make_traces(const struct run *run, const struct cell_set *set, struct traces *traces)
{
    const struct profile *profile = run->settings->plan.profile;
    uint64_t last_block = profile->warmup_blocks + profile->blocks - 1;
    size_t most = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct series *series = &run->record->series[set->cells[i].series];

        most += series->warmup.count + series->samples.count + series->failure_count;
    }
    traces->items = calloc(most + 1, sizeof(*traces->items));
    if (!traces->items) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < set->count; i++) {
        const struct series *series = &run->record->series[set->cells[i].series];

        add_samples(traces, &series->warmup, i, last_block);
        add_samples(traces, &series->samples, i, last_block);
        for (size_t j = 0; j < series->failure_count; j++) {
            traces->items[traces->count++] = (struct trace){
                .epoch = series->failures[j].epoch, .cell = i, .cells = 1, .failed = 1};
        }
    }
    merge_traces(traces);
    return 0;
}

static int find_epoch(const void *key, const void *item)
{
    const uint64_t *epoch = key;
    const struct trace *trace = item;

    return (*epoch > trace->epoch) - (*epoch < trace->epoch);
}

/* What the member "epochs" tells: which were repeats, and of one that was cut short before its
 * first sample at least the number. Returns the next number. */
static uint64_t read_epochs(const struct record *record, const char *workload,
                            struct traces *traces)
{
    uint64_t next = 0;
    const json_t *entry;
    size_t i;

    json_array_foreach(json_object_get(record->head, "epochs"), i, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "workload"));
        uint64_t epoch = (uint64_t)json_integer_value(json_object_get(entry, "epoch"));

        if (name && strcmp(name, workload) == 0) {
            next = epoch >= next ? epoch + 1 : next;
            struct trace *trace =
                bsearch(&epoch, traces->items, traces->count, sizeof(*traces->items), find_epoch);

            if (trace) {
                trace->repeat |= json_is_true(json_object_get(entry, "repeat"));
            }
        }
    }
    return next;
}

static int count_epochs(struct run *run, struct cell_set *set)
{
    const char *workload = run->record->series[set->cells[0].series].workload;
    struct traces traces = {.count = 0};
    int r = make_traces(run, set, &traces);

    set->next = read_epochs(run->record, workload, &traces);
    for (size_t i = 0; r == 0 && i < traces.count; i++) {
        const struct trace *trace = &traces.items[i];
        uint64_t took_ns = trace->end_ns - trace->begin_ns;

        set->next = trace->epoch >= set->next ? trace->epoch + 1 : set->next;
        run->before_ns = trace->end_ns > run->before_ns ? trace->end_ns : run->before_ns;
        /* Cut short: neither was it ended, nor had all of its trials failed. */
        if (!trace->ended && trace->failed < trace->cells) {
            continue;
        }
        set->epochs++;
        set->quiet += !trace->loud;
        set->repeats += trace->repeat;
        set_took(set, took_ns);
    }
    free(traces.items);
    return r;
}

/* A cell that never got ready does not say what its work would have been. */
static int restore_cells(struct run *run, struct cell_set *set, char *why)
{
    for (size_t i = 0; i < set->count; i++) {
        struct cell *cell = &set->cells[i];
        const struct series *series = &run->record->series[cell->series];

        if (series->tasks == 0 && !series->skipped && series->failure_count == 0) {
            snprintf(why, HARNESS_WHY_SIZE,
                     "%.200s: it ended in its first round, before all was measured once: run it "
                     "anew",
                     run->file->path);
            return -EINVAL;
        }
        cell->failures = (unsigned)series->failure_count;
        cell->given_up = series->skipped || series->tasks == 0 || cell->failures >= CELL_TRIES;
    }
    return 0;
}

/* No stream of random numbers is used twice, and the same file goes on in the same way. */
static unsigned long seed_of_part(const struct run *run, size_t part)
{
    return (unsigned long)(uint32_t)(run->settings->seed + part * 2654435761u);
}

int resume_sets(struct run *run, char *why)
{
    uint64_t most = 0;
    int r = 0;

    run->before_ns = (uint64_t)record_number(run->record, "duration_ns", 0);
    for (size_t i = 0; r == 0 && i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[i];

        r = restore_cells(run, set, why);
        r = r < 0 ? r : count_epochs(run, set);
        most = r == 0 && set_planned(set) > most ? set_planned(set) : most;
    }
    if (r == 0 && run->before_ns > RECORD_NUMBER_MAX / 2) {
        snprintf(why, HARNESS_WHY_SIZE, "%.200s: its times cannot be: it would have taken years",
                 run->file->path);
        r = -EINVAL;
    }
    r = r < 0 ? r : run_head_resume(run->record, most);
    if (r == 0) {
        run->round = most;
        gsl_rng_set(
            run->random,
            seed_of_part(run, json_array_size(json_object_get(run->record->head, "resumed"))));
        (void)stopping_look(run);
    }
    return r;
}
