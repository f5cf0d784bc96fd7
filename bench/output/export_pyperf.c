/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The suite that pyperf reads, version 1.0. Its run is a process of its own with several values:
 * that is an epoch of ours. */
#include "output/export_cells.h"
#include "output/json_parts.h"

#include <errno.h>
#include <string.h>

/* pyperf knows no value of 0, and would refuse the file. */
static int append_value(json_t *values, double seconds, bool as_warmup)
{
    json_t *value = as_warmup ? json_pack("[if]", 1, seconds) : json_real(seconds);

    return seconds > 0 ? json_array_append_new(values, value) : (json_decref(value), 0);
}

/* Where the epoch that begins at a sample ends: samples of one epoch stand together in a file of
 * ours, and one that mixes them gives more runs. */
static size_t epoch_end(const struct sample_list *samples, size_t begin)
{
    size_t end = begin;

    while (end < samples->count && samples->items[end].epoch == samples->items[begin].epoch) {
        end++;
    }
    return end;
}

static json_t *make_values(const struct sample_list *samples, size_t begin, size_t end,
                           enum metric metric, bool as_warmup)
{
    json_t *values = json_array();

    for (size_t i = begin; values && i < end; i++) {
        if (append_value(values, sample_metric(&samples->items[i], metric) / 1e9, as_warmup) < 0) {
            json_decref(values);
            return NULL;
        }
    }
    return values;
}

/* Takes over both. */
static int add_run(json_t *runs, json_t *values, json_t *warmups)
{
    int r = values && warmups ? 0 : -ENOMEM;

    if (r == 0 && json_array_size(values) > 0) {
        json_t *run = json_pack("{s:O}", "values", values);

        if (json_array_size(warmups) > 0) {
            r = json_object_set(run, "warmups", warmups);
        }
        r = json_array_append_new(runs, run) < 0 || r < 0 ? -ENOMEM : 0;
    }
    json_decref(values);
    json_decref(warmups);
    return r;
}

/* The warm-ups are in the order of the samples, so both lists are walked once. */
static int add_runs(json_t *runs, const struct export_cell *cell, enum metric metric)
{
    const struct sample_list *samples = &cell->series->samples, *warmup = &cell->series->warmup;
    size_t warm = 0;
    int r = 0;

    for (size_t i = 0, end; i < samples->count && r == 0; i = end) {
        const struct sample *sample = &samples->items[i];
        size_t from;

        end = epoch_end(samples, i);
        while (warm < warmup->count && warmup->items[warm].epoch < sample->epoch) {
            warm++;
        }
        from = warm;
        if (warm < warmup->count && warmup->items[warm].epoch == sample->epoch) {
            warm = epoch_end(warmup, warm);
        }
        if (export_sample_counts(cell, sample)) {
            r = add_run(runs, make_values(samples, i, end, metric, false),
                        make_values(warmup, from, warm, metric, true));
        }
    }
    return r;
}

static int add_benchmark(json_t *list, const struct export_job *job, const struct export_cell *cell)
{
    json_t *runs = json_array(), *benchmark;
    int r = runs ? add_runs(runs, cell, job->metric) : -ENOMEM;

    if (r == 0 && json_array_size(runs) == 0) {
        fprintf(job->notes, "left out: %s: no time above 0\n", cell->name);
        json_decref(runs);
        return 0;
    }
    benchmark = r == 0 ? json_pack("{s:{s:o}, s:O}", "metadata", "name", json_clean(cell->name),
                                   "runs", runs)
                       : NULL;
    json_decref(runs);
    return json_array_append_new(list, benchmark) < 0 ? -ENOMEM : 0;
}

static int pyperf_write(const struct export_job *job)
{
    struct export_cells cells;
    json_t *list = json_array();
    int r = export_cells_make(job, &cells);

    r = r == 0 && !list ? -ENOMEM : r;
    for (size_t i = 0; i < cells.count && r == 0; i++) {
        if (cells.items[i].good) {
            r = add_benchmark(list, job, &cells.items[i]);
        }
    }
    if (r == 0) {
        export_cells_note(job, &cells);
        if (json_array_size(list) == 0) {
            fputs("pyperf refuses a suite without benchmarks, as this one is\n", job->notes);
        }
        r = export_json_write(json_pack("{s:s, s:{s:s, s:i}, s:O}", "version", "1.0", "metadata",
                                        "unit", "second", "loops", 1, "benchmarks", list),
                              job->out);
    }
    json_decref(list);
    export_cells_release(&cells);
    return r;
}

const struct export_format export_pyperf = {
    .name = "pyperf",
    .summary = "JSON for pyperf: a benchmark is a cell, a run an epoch",
    .write = pyperf_write,
};
