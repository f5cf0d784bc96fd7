/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run.h"

#include "base/clock.h"
#include "harness/calibrate.h"
#include "harness/footprint.h"
#include "harness/length.h"
#include "harness/pinning.h"
#include "harness/resume.h"
#include "harness/rounds.h"
#include "harness/run_head.h"
#include "harness/stopping.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE_LIMIT_NS 60000000000u

/* A series for each cell, in the order of the plan. */
static int add_series(struct run *run)
{
    for (size_t i = 0; i < run->plan.count; i++) {
        struct cell_set *set = &run->plan.sets[i];

        for (size_t j = 0; j < set->count; j++) {
            const struct cell *cell = &set->cells[j];
            const char *slash = strrchr(cell->workload, '/');
            struct series *series = record_add_series(run->record);

            if (!series) {
                return -ENOMEM;
            }
            set->cells[j].series = run->record->series_count - 1;
            series->placebo = cell->placebo;
            series->parent = cell->parent;
            series->skipped = cell->skip ? strdup(cell->skip) : NULL;
            series->workload = strdup(slash ? slash + 1 : cell->workload);
            series->strategy = strdup(cell->strategy);
            series->arguments = strdup("");
            series->summary = strdup("");
            series->variant = cell->variant ? strdup(cell->variant) : NULL;
            if (!series->workload || !series->strategy || !series->arguments || !series->summary ||
                (cell->variant && !series->variant)) {
                return -ENOMEM;
            }
        }
    }
    return 0;
}

static int open_run(struct run *run, const struct run_settings *settings, char *why)
{
    int r = catalogue_open(settings->trial, &run->catalogue, why);

    r = r < 0 ? r : plan_make(&settings->plan, &run->catalogue, &run->plan, why);
    if (r == 0 && settings->pin) {
        r = pinning_cpus(&run->cpus, why);
        run->runners.cpus = run->cpus;
    }
    if (r < 0) {
        return r;
    }
    watch_open(settings->load_root ? settings->load_root : "", &run->watch);
    run->runners.trial = run->catalogue.trial;
    run->runners.scratch = settings->scratch;
    run->runners.task_limit = settings->task_limit;
    run->runners.no_stamps = settings->no_stamps;
    run->runners.sample_limit_ns = SAMPLE_LIMIT_NS;
    run->runners.stopped = settings->stopped;
    run->random = gsl_rng_alloc(gsl_rng_mt19937);
    run->order = calloc(run->plan.count, sizeof(*run->order));
    if (!run->random || !run->order) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < run->plan.count; i++) {
        run->order[i] = i;
    }
    if (settings->resumed) {
        return resume_sets(run, why);
    }
    gsl_rng_set(run->random, (unsigned long)settings->seed);
    r = add_series(run);
    return r < 0 ? r : run_head_begin(run->record, settings);
}

static void close_run(struct run *run)
{
    watch_close(&run->watch);
    gsl_rng_free(run->random);
    free(run->order);
    free(run->cpus);
    plan_release(&run->plan);
    catalogue_close(&run->catalogue);
}

static int calibrate(struct run *run, char *why)
{
    run->workload = run->plan.sets[0].cells[0].workload;
    round_report(run);
    int r = length_calibrate(&run->runners, &run->plan, run->settings->stopped, why);

    for (size_t i = 0; r == 0 && i < run->plan.count; i++) {
        run->workload = run->plan.sets[i].cells[0].workload;
        round_report(run);
        r = calibrate_set(&run->runners, &run->plan.sets[i], run->settings->stopped, why);
    }
    return r;
}

static int save(struct run *run, bool complete, const char *reason, char *why)
{
    int r = run_head_update(run->record, run_elapsed_ns(run), complete, reason);

    r = r < 0 ? r : stopping_describe(run, reason);
    if (r == 0 && run->file) {
        r = record_file_save(run->file, run->record);
        if (r < 0) {
            snprintf(why, HARNESS_WHY_SIZE, "cannot write %.250s: %s", run->file->path,
                     r == -ESTALE ? "another file was put in its place" : strerror(-r));
        }
    }
    return r;
}

/* Before the end; r: why, or 0. An interruption is no news, a file that is not there is. */
static int save_unfinished(struct run *run, int r, char *why)
{
    int saved = save(run, false, r == -EINTR ? "interrupt" : NULL, why);

    return saved < 0 ? saved : r;
}

static int run_rounds(struct run *run, char *why)
{
    /* A run that goes on may lack nothing but its end. */
    bool done = stopping_done(run);
    int r = 0;

    while (r == 0 && !done) {
        if (stopping_too_late(run)) {
            run->reason = "budget";
            break;
        }
        r = round_run(run);
        done = r == 0 && stopping_look(run);
        r = done ? 0 : save_unfinished(run, r, why);
    }
    /* What is read of the memory afterwards is a part of the result. */
    return r < 0 ? r : save(run, !run->settings->memory, run->reason, why);
}

static int read_memory(struct run *run, char *why)
{
    int r = footprints_take(run);

    return r < 0 ? save_unfinished(run, r, why) : save(run, true, run->reason, why);
}

/* A new record, or that of the run which goes on, and then the plan is its plan. */
static int take_record(struct run_settings *settings, struct record *record)
{
    if (!settings->resumed) {
        return record_init(record);
    }
    *record = *settings->resumed;
    *settings->resumed = (struct record){0};
    settings->plan.like = record;
    settings->plan.resumes = true;
    return 0;
}

int run_execute(const struct run_settings *settings, struct record *ret_record, bool *ret_measured,
                char *why)
{
    struct run_settings filled = *settings;
    struct record record = {0};
    struct run run = {
        .settings = &filled, .record = &record, .file = settings->file, .origin_ns = clock_ns()};

    *ret_measured = false;
    filled.epochs = settings->epochs ? settings->epochs : settings->plan.profile->epochs;
    if (settings->until > 0 && !settings->epochs) {
        filled.epochs = UNTIL_EPOCHS;
    }
    filled.budget_ns =
        settings->budget_ns ? settings->budget_ns : settings->plan.profile->budget_ns;
    int r = take_record(&filled, &record);
    r = r < 0 ? r : open_run(&run, &filled, why);
    r = r < 0 ? r : calibrate(&run, why);
    *ret_measured = r == 0 || r == -EINTR;
    if (r == 0) {
        r = run_rounds(&run, why);
        r = r == 0 && settings->memory ? read_memory(&run, why) : r;
    } else if (r == -EINTR) {
        r = save_unfinished(&run, r, why);
    }
    close_run(&run);
    if (*ret_measured) {
        *ret_record = record;
    } else {
        record_release(&record);
    }
    return r;
}
