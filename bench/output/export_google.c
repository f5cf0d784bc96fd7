/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program built with Google Benchmark writes with --benchmark_format=json: an entry a
 * sample, so that its compare.py can test one file against another. */
#include "output/export_cells.h"
#include "output/json_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static json_t *make_context(const struct record *record)
{
    const char *build = record_text(record, "tool.build.buildtype");
    const char *label = record_text(record, "machine.label");
    const char *governor = record_text(record, "environment.governor");

    return json_pack(
        "{s:o, s:o, s:s, s:I, s:I, s:b, s:[], s:[f], s:s}", "date",
        json_clean(record_text(record, "created")), "host_name", json_clean(label), "executable",
        "tvp", "num_cpus", (json_int_t)record_number(record, "machine.cpu.threads", 0),
        "mhz_per_cpu", (json_int_t)record_number(record, "machine.cpu.max_mhz", 0),
        "cpu_scaling_enabled", governor && strcmp(governor, "performance") != 0, "caches",
        "load_avg", (double)record_number(record, "environment.load_1min_milli", 0) / 1000,
        "library_build_type", build && *build == 'd' ? "debug" : "release");
}

/* family: which cell, from 0. */
static int add_cell(json_t *list, const struct export_job *job, const struct export_cell *cell,
                    json_int_t family)
{
    const struct sample_list *samples = &cell->series->samples;
    const json_int_t repetitions =
        (json_int_t)(cell->loud ? samples->count : series_used_samples(cell->series));
    json_int_t index = 0;

    for (size_t i = 0; i < samples->count; i++) {
        const struct sample *sample = &samples->items[i];

        if (!export_sample_counts(cell, sample)) {
            continue;
        }
        json_t *entry = json_pack(
            "{s:s, s:I, s:I, s:s, s:s, s:I, s:I, s:I, s:I, s:f, s:f, s:s}", "name", cell->name,
            "family_index", family, "per_family_instance_index", (json_int_t)0, "run_name",
            cell->name, "run_type", "iteration", "repetitions", repetitions, "repetition_index",
            index, "threads", (json_int_t)cell->series->workers, "iterations", (json_int_t)1,
            "real_time", sample_metric(sample, job->metric), "cpu_time",
            sample_metric(sample, METRIC_CPU), "time_unit", "ns");

        if (json_array_append_new(list, entry) < 0) {
            return -ENOMEM;
        }
        index++;
    }
    return 0;
}

static int google_write(const struct export_job *job)
{
    struct export_cells cells;
    json_t *list = json_array();
    json_int_t family = 0;
    int r = export_cells_make(job, &cells);

    r = r == 0 && !list ? -ENOMEM : r;
    for (size_t i = 0; i < cells.count && r == 0; i++) {
        if (cells.items[i].good) {
            r = add_cell(list, job, &cells.items[i], family++);
        }
    }
    if (r == 0) {
        export_cells_note(job, &cells);
        if (job->count > 1) {
            fputs("the format has one context: it is that of the first result\n", job->notes);
        }
        json_t *context = make_context(job->records[0]);

        r = export_json_write(
            context ? json_pack("{s:o, s:O}", "context", context, "benchmarks", list) : NULL,
            job->out);
    }
    json_decref(list);
    export_cells_release(&cells);
    return r;
}

const struct export_format export_google_benchmark = {
    .name = "google-benchmark",
    .summary = "JSON as of Google Benchmark: an entry is a sample",
    .write = google_write,
};
