/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/export_cells.h"

#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is added to a name until no two are equal. The number, which all get then, always does. */
enum detail { DETAIL_SHORT, DETAIL_ARGUMENTS, DETAIL_CREATED, DETAIL_NUMBER, DETAIL_COUNT };

static void cell_add(const struct export_job *job, struct export_cells *cells, size_t run,
                     const struct series *series, const struct row *row)
{
    cells->items[cells->count++] = (struct export_cell){
        .run = run,
        .record = job->records[run],
        .series = series,
        .row = row,
        .good = row && row_has_time(row) && series_failed_tasks(series) == 0,
        .loud = series_is_loud(series),
    };
}

static int collect(const struct export_job *job, struct export_cells *cells)
{
    size_t most = 0;

    cells->groups = calloc(job->count + 1, sizeof(*cells->groups));
    for (size_t i = 0; cells->groups && i < job->count; i++) {
        int r = groups_make(job->records[i], job->metric, &cells->groups[i]);

        if (r < 0) {
            return r;
        }
        cells->group_count++;
        most += job->records[i]->series_count;
    }
    /* A placebo is a series of its own, so there are at most as many cells as series. */
    cells->items = calloc(most + 1, sizeof(*cells->items));
    if (!cells->groups || !cells->items) {
        return -ENOMEM;
    }
    for (size_t run = 0; run < job->count; run++) {
        for (size_t i = 0; i < cells->groups[run].count; i++) {
            const struct group *group = &cells->groups[run].items[i];

            for (size_t n = 0; n < group->row_count; n++) {
                cell_add(job, cells, run, group->rows[n].series, &group->rows[n]);
            }
            if (group->placebo) {
                cell_add(job, cells, run, group->placebo, NULL);
            }
        }
    }
    return 0;
}

static char *make_name(const struct export_job *job, const struct export_cells *cells, size_t index,
                       enum detail detail)
{
    static const struct style plain = {.width = 80};
    const struct export_cell *cell = &cells->items[index];
    const struct series *series = cell->series;
    const char *label = record_text(cell->record, "machine.label");
    const char *created = record_text(cell->record, "created");
    struct paragraph name;
    char parent[PARENT_TEXT_SIZE];

    if (paragraph_begin(&name) < 0) {
        return NULL;
    }
    if (job->count > 1 && label) {
        fprintf(name.file, "%s/", label);
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): each cell has its series */
    fprintf(name.file, "%s/%s%s/workers:%" PRIu64, series->workload, series->strategy,
            cell->row ? "" : " (placebo)", series->workers);
    if (series->parent.bytes > 0) {
        fprintf(name.file, "/%s", parent_text(&series->parent, parent));
    }
    if (series->variant) {
        fprintf(name.file, "/variant:%s", series->variant);
    }
    if (detail >= DETAIL_ARGUMENTS) {
        fprintf(name.file, "/tasks:%" PRIu64 "/%s", series->tasks, series->arguments);
    }
    if (detail >= DETAIL_CREATED && created) {
        fprintf(name.file, "/%s", created);
    }
    if (detail >= DETAIL_NUMBER) {
        fprintf(name.file, "/#%zu", index + 1);
    }
    return paragraph_take(&name, &plain);
}

/* How often each name occurs: an object of integers. */
static json_t *count_names(const struct export_cells *cells)
{
    json_t *counts = json_object();

    for (size_t i = 0; counts && i < cells->count; i++) {
        const char *name = cells->items[i].name;
        json_int_t count = json_integer_value(json_object_get(counts, name));

        if (json_object_set_new(counts, name, json_integer(count + 1)) < 0) {
            json_decref(counts);
            return NULL;
        }
    }
    return counts;
}

static bool is_settled(const json_t *counts, const struct export_cell *cell)
{
    return counts && json_integer_value(json_object_get(counts, cell->name)) == 1;
}

static int name_cells(const struct export_job *job, struct export_cells *cells)
{
    json_t *counts = NULL;
    size_t unsettled = cells->count;

    for (enum detail detail = DETAIL_SHORT; unsettled > 0 && detail < DETAIL_COUNT; detail++) {
        for (size_t i = 0; i < cells->count; i++) {
            struct export_cell *cell = &cells->items[i];

            if (detail < DETAIL_NUMBER && is_settled(counts, cell)) {
                continue;
            }
            free(cell->name);
            cell->name = make_name(job, cells, i, detail);
            if (!cell->name) {
                json_decref(counts);
                return -ENOMEM;
            }
        }
        json_decref(counts);
        counts = count_names(cells);
        if (!counts) {
            return -ENOMEM;
        }
        unsettled = 0;
        for (size_t i = 0; i < cells->count; i++) {
            unsettled += !is_settled(counts, &cells->items[i]);
        }
    }
    json_decref(counts);
    return 0;
}

int export_cells_make(const struct export_job *job, struct export_cells *cells)
{
    *cells = (struct export_cells){.groups = NULL};
    int r = collect(job, cells);

    return r < 0 ? r : name_cells(job, cells);
}

void export_cells_release(struct export_cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        free(cells->items[i].name);
    }
    for (size_t i = 0; i < cells->group_count; i++) {
        groups_release(&cells->groups[i]);
    }
    free(cells->items);
    free(cells->groups);
}

void export_cells_note(const struct export_job *job, const struct export_cells *cells)
{
    size_t disturbed = 0;

    for (size_t i = 0; i < cells->count; i++) {
        const struct export_cell *cell = &cells->items[i];
        const struct series *series = cell->series;

        disturbed += cell->good ? series->samples.count - series_used_samples(series) : 0;
        if (cell->good || !cell->row) {
            continue;
        }
        fprintf(job->notes, "left out: %s: ", cell->name);
        if (row_has_time(cell->row)) {
            fprintf(job->notes, "up to %" PRIu64 " of %" PRIu64 " tasks failed",
                    series_failed_tasks(series), series->tasks);
        } else {
            write_reason(job->notes, cell->row);
        }
        fputc('\n', job->notes);
    }
    if (disturbed > 0) {
        fprintf(job->notes, "left out: %zu samples of epochs that others disturbed\n", disturbed);
    }
}

bool export_sample_counts(const struct export_cell *cell, const struct sample *sample)
{
    return cell->loud || !sample->loud;
}

int export_cell_seconds(const struct export_cell *cell, enum metric metric, double **ret_values,
                        size_t *ret_count)
{
    const struct sample_list *samples = &cell->series->samples;
    double *values = calloc(samples->count + 1, sizeof(*values));
    size_t count = 0;

    if (!values) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < samples->count; i++) {
        if (export_sample_counts(cell, &samples->items[i])) {
            values[count++] = sample_metric(&samples->items[i], metric) / 1e9;
        }
    }
    *ret_values = values;
    *ret_count = count;
    return 0;
}
