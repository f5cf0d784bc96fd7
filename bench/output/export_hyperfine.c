/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `hyperfine --export-json` writes: a result a command, times in seconds. */
#include "output/export_cells.h"
#include "output/json_parts.h"

#include <errno.h>
#include <gsl/gsl_statistics_double.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static json_t *number_text(uint64_t number)
{
    return json_sprintf("%" PRIu64, number);
}

static double mean_of(const struct export_cell *cell, bool user)
{
    const struct sample_list *samples = &cell->series->samples;
    double sum = 0;
    size_t count = 0;

    for (size_t i = 0; i < samples->count; i++) {
        const struct sample *sample = &samples->items[i];

        if (export_sample_counts(cell, sample)) {
            sum += (double)(user ? sample->user_ns : sample->system_ns) / 1e9;
            count++;
        }
    }
    return count ? sum / (double)count : 0;
}

/* Arrays of equal length: every sample here is of a cell in which no task failed. */
static json_t *make_lists(const double *values, size_t count, json_t **ret_codes)
{
    json_t *times = json_array(), *codes = json_array();
    int failed = !times || !codes;

    for (size_t i = 0; i < count && !failed; i++) {
        failed |= json_array_append_new(times, json_real(values[i]));
        failed |= json_array_append_new(codes, json_integer(0));
    }
    if (failed) {
        json_decref(times);
        json_decref(codes);
        return NULL;
    }
    *ret_codes = codes;
    return times;
}

/* What else tells cells apart, where it was there: of all others these parameters would say
 * nothing. NULL: no memory. */
static json_t *add_rare(json_t *result, const struct series *series)
{
    json_t *parameters = json_object_get(result, "parameters");
    char parent[PARENT_TEXT_SIZE];

    if (result && ((series->variant &&
                    json_object_set_new(parameters, "variant", json_clean(series->variant)) < 0) ||
                   (series->parent.bytes > 0 &&
                    json_object_set_new(parameters, "parent",
                                        json_string(parent_text(&series->parent, parent) +
                                                    strlen("parent="))) < 0))) {
        json_decref(result);
        return NULL;
    }
    return result;
}

static json_t *make_result(const struct export_cell *cell, const double *values, size_t count)
{
    const struct series *series = cell->series;
    json_t *codes = NULL, *times = make_lists(values, count, &codes);
    /* One sample has no spread. */
    json_t *spread = count > 1 ? json_real(gsl_stats_sd(values, 1, count)) : json_null();

    if (!times) {
        json_decref(spread);
        return NULL;
    }
    json_t *result = json_pack(
        "{s:o, s:f, s:o, s:f, s:f, s:f, s:f, s:f, s:o, s:o, s:{s:o, s:o, s:o, s:o, s:o, s:o}}",
        "command", json_clean(cell->name), "mean", gsl_stats_mean(values, 1, count), "stddev",
        spread, "median", quantile(values, count, 0.5), "user", mean_of(cell, true), "system",
        mean_of(cell, false), "min", gsl_stats_min(values, 1, count), "max",
        gsl_stats_max(values, 1, count), "times", times, "exit_codes", codes, "parameters", "label",
        json_clean(record_text(cell->record, "machine.label")), "workload",
        json_clean(series->workload), "arguments", json_clean(series->arguments), "strategy",
        json_clean(series->strategy), "workers", number_text(series->workers), "tasks",
        number_text(series->tasks));
    return add_rare(result, series);
}

static int add_result(json_t *results, const struct export_job *job, const struct export_cell *cell)
{
    double *values = NULL;
    size_t count = 0;
    int r = export_cell_seconds(cell, job->metric, &values, &count);

    if (r == 0 && json_array_append_new(results, make_result(cell, values, count)) < 0) {
        r = -ENOMEM;
    }
    free(values);
    return r;
}

static int hyperfine_write(const struct export_job *job)
{
    struct export_cells cells;
    json_t *results = json_array();
    int r = export_cells_make(job, &cells);

    r = r == 0 && !results ? -ENOMEM : r;
    for (size_t i = 0; i < cells.count && r == 0; i++) {
        if (cells.items[i].good) {
            r = add_result(results, job, &cells.items[i]);
        }
    }
    if (r == 0) {
        export_cells_note(job, &cells);
        r = export_json_write(json_pack("{s:O}", "results", results), job->out);
    }
    json_decref(results);
    export_cells_release(&cells);
    return r;
}

const struct export_format export_hyperfine = {
    .name = "hyperfine",
    .summary = "JSON as of hyperfine --export-json: a command is a cell",
    .write = hyperfine_write,
};
