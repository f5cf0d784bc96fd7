/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/epoch.h"

#include "harness/intake.h"
#include "harness/order.h"

#include <errno.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#define PADDING_MAX 4096u
#define TIMELINE_TASKS 256u /* more would make the file large and the picture a blot */

struct epoch {
    const struct runner_settings *runners;
    const struct epoch_settings *settings;
    struct cell_set *set;
    struct record *record;
    struct runner *trials; /* by cell */
    bool *alive;
    size_t *order;      /* of cells: who is started, or whose turn it is, next */
    struct order turns; /* of the blocks */
};

static struct series *series_of(const struct epoch *epoch, size_t cell)
{
    return &epoch->record->series[epoch->set->cells[cell].series];
}

/* A trial has failed: remember why, end it, and give its cell up after too many of them. */
static int lose_trial(struct epoch *epoch, size_t i, int error, const char *why)
{
    struct cell *cell = &epoch->set->cells[i];
    struct series *series = series_of(epoch, i);
    char text[HARNESS_WHY_SIZE];

    intake_text(why, text);
    runner_end(&epoch->trials[i]);
    epoch->alive[i] = false;
    if (error == -EOPNOTSUPP) {
        free(series->skipped);
        series->skipped = strdup(text);
        cell->given_up = true;
        return series->skipped ? 0 : -ENOMEM;
    }
    cell->given_up = ++cell->failures >= CELL_TRIES;
    return series_add_failure(series, epoch->settings->number, text);
}

/* A cell whose trial never got ready does the same work as the others all the same: it belongs
 * beside them in the table, not in a group of its own. */
static int adopt_series(const struct epoch *epoch)
{
    const struct series *known = NULL;
    int r = 0;

    /* The last that is known: the first is serial, whose number of workers says nothing. */
    for (size_t i = 0; i < epoch->set->count; i++) {
        known = series_of(epoch, i)->tasks > 0 ? series_of(epoch, i) : known;
    }
    for (size_t i = 0; r == 0 && known && i < epoch->set->count; i++) {
        if (series_of(epoch, i)->tasks == 0) {
            r = intake_adopt(series_of(epoch, i), known, epoch->set->cells[i].workers);
        }
    }
    return r;
}

static int start_trials(struct epoch *epoch)
{
    const struct epoch_settings *settings = epoch->settings;
    char why[HARNESS_WHY_SIZE];
    int r = 0;

    gsl_ran_shuffle(settings->random, epoch->order, epoch->set->count, sizeof(*epoch->order));
    for (size_t n = 0; r == 0 && n < epoch->set->count; n++) {
        size_t i = epoch->order[n], padding = gsl_rng_uniform_int(settings->random, PADDING_MAX);

        if (epoch->set->cells[i].given_up) {
            continue;
        }
        epoch->alive[i] = true;
        int error = runner_start(epoch->runners, &epoch->set->cells[i], padding, &epoch->trials[i]);
        if (error < 0) {
            snprintf(why, sizeof(why), "cannot start a trial: %s", strerror(-error));
            r = lose_trial(epoch, i, error, why);
        }
    }
    for (size_t i = 0; r == 0 && i < epoch->set->count; i++) {
        json_t *ready = NULL;
        int error = 0;

        if (epoch->alive[i]) {
            error = runner_ready(&epoch->trials[i], &ready, why);
            error = error < 0 ? error : intake_ready(series_of(epoch, i), ready, why);
            json_decref(ready);
        }
        if (error == -EINTR) {
            return error;
        }
        if (error < 0) {
            r = lose_trial(epoch, i, error, why);
        }
    }
    return r < 0 ? r : adopt_series(epoch);
}

static int take_sample(struct epoch *epoch, size_t i, const struct place *place, enum look look)
{
    struct series *series = series_of(epoch, i);
    char why[HARNESS_WHY_SIZE];
    json_t *sample = NULL;
    if (look == LOOK_TIMELINE && series->tasks > TIMELINE_TASKS) {
        look = LOOK_TIME;
    }
    int error = runner_sample(&epoch->trials[i], look, &sample, why);

    error = error < 0 ? error : intake_sample(series, sample, place, why);
    json_decref(sample);
    if (error == 0 || error == -ENOMEM || error == -EINTR) {
        return error;
    }
    return lose_trial(epoch, i, error, why);
}

static int run_block(struct epoch *epoch, uint64_t block)
{
    const struct epoch_settings *settings = epoch->settings;
    struct place place = {
        .epoch = settings->number,
        .block = block,
        .warmup = block < settings->warmup_blocks,
        .examined = block == settings->warmup_blocks + settings->blocks,
        .origin_ns = settings->origin_ns,
        .before_ns = settings->before_ns,
    };
    bool last = block + 1 == settings->warmup_blocks + settings->blocks;
    enum look look = place.examined ? LOOK_EXAMINE : last ? LOOK_TIMELINE : LOOK_TIME;
    int r = 0;

    order_next(&epoch->turns, epoch->order);
    for (size_t n = 0; r == 0 && n < epoch->set->count; n++) {
        size_t i = epoch->order[n];

        if (*settings->stopped) {
            return -EINTR;
        }
        if (epoch->alive[i]) {
            r = take_sample(epoch, i, &place, look);
            place.position++;
        }
    }
    return r;
}

static int run_blocks(struct epoch *epoch)
{
    const struct epoch_settings *settings = epoch->settings;
    uint64_t blocks = settings->warmup_blocks + settings->blocks + 1; /* the last examines */
    int r = start_trials(epoch);

    for (uint64_t block = 0; r == 0 && block < blocks; block++) {
        if (settings->between) {
            settings->between(settings->context);
        }
        r = run_block(epoch, block);
    }
    return r;
}

int epoch_run(const struct runner_settings *runners, const struct epoch_settings *settings,
              struct cell_set *set, struct record *record)
{
    struct epoch epoch = {
        .runners = runners,
        .settings = settings,
        .set = set,
        .record = record,
        .trials = calloc(set->count, sizeof(*epoch.trials)),
        .alive = calloc(set->count, sizeof(*epoch.alive)),
        .order = calloc(set->count, sizeof(*epoch.order)),
    };
    int r = order_init(&epoch.turns, set->count, settings->random);

    r = r == 0 && epoch.trials && epoch.alive && epoch.order ? 0 : -ENOMEM;
    if (r == 0) {
        for (size_t i = 0; i < set->count; i++) {
            epoch.order[i] = i;
        }
        r = run_blocks(&epoch);
        for (size_t i = 0; i < set->count; i++) {
            runner_let_go(&epoch.trials[i]);
        }
        for (size_t i = 0; i < set->count; i++) {
            runner_end(&epoch.trials[i]);
        }
    }
    free(epoch.trials);
    free(epoch.alive);
    free(epoch.order);
    order_release(&epoch.turns);
    return r;
}
