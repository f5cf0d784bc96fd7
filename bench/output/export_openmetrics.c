/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenMetrics 1.0 text: medians with their intervals as gauges. A cell without a time has none of
 * them, but is there all the same, as not usable. */
#include "output/export_cells.h"
#include "output/text.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int write_label(FILE *out, const char *name, const char *text)
{
    char *clean = export_text(text);

    if (!clean) {
        return -ENOMEM;
    }
    fprintf(out, "%s=\"", name);
    for (const char *p = clean; *p; p++) {
        if (*p == '"' || *p == '\\') {
            fputc('\\', out);
        }
        fputc(*p, out);
    }
    fputc('"', out);
    free(clean);
    return 0;
}

static int write_labels(FILE *out, const struct export_cell *cell)
{
    const struct series *series = cell->series;
    const struct {
        const char *name, *text;
    } labels[] = {
        {"{cell", cell->name},           {",label", record_text(cell->record, "machine.label")},
        {",workload", series->workload}, {",arguments", series->arguments},
        {",strategy", series->strategy},
    };

    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        int r = write_label(out, labels[i].name, labels[i].text);

        if (r < 0) {
            return r;
        }
    }
    if (series->parent.bytes > 0) {
        char parent[PARENT_TEXT_SIZE];

        fprintf(out, ",parent=\"%s\"", parent_text(&series->parent, parent) + strlen("parent="));
    }
    if (series->variant && write_label(out, ",variant", series->variant) < 0) {
        return -ENOMEM;
    }
    fprintf(out, ",workers=\"%" PRIu64 "\",tasks=\"%" PRIu64 "\"}", series->workers, series->tasks);
    return 0;
}

/* What each family says of a cell; NaN: nothing. */
static double value_median(const struct export_cell *cell)
{
    return cell->good ? cell->row->time.value / 1e9 : NAN;
}

static double value_low(const struct export_cell *cell)
{
    return cell->good ? cell->row->time.low / 1e9 : NAN;
}

static double value_high(const struct export_cell *cell)
{
    return cell->good ? cell->row->time.high / 1e9 : NAN;
}

static double value_samples(const struct export_cell *cell)
{
    return (double)cell->series->samples.count;
}

static double value_failed(const struct export_cell *cell)
{
    return (double)series_failed_tasks(cell->series);
}

static double value_usable(const struct export_cell *cell)
{
    return cell->good;
}

static const struct family {
    const char *name, *unit, *help;
    double (*value)(const struct export_cell *cell);
} families[] = {
    {"tvp_time_seconds", "seconds", "Median time of all tasks of a cell.", value_median},
    {"tvp_time_low_seconds", "seconds", "Lower end of its 95 % interval.", value_low},
    {"tvp_time_high_seconds", "seconds", "Upper end of its 95 % interval.", value_high},
    {"tvp_samples", NULL, "Timed samples.", value_samples},
    {"tvp_failed_tasks", NULL, "Tasks that failed, most in one sample.", value_failed},
    {"tvp_usable", NULL, "1: all tasks succeeded and gave the right answer.", value_usable},
};

static int write_family(FILE *out, const struct family *family, const struct export_cells *cells)
{
    fprintf(out, "# TYPE %s gauge\n", family->name);
    if (family->unit) {
        fprintf(out, "# UNIT %s %s\n", family->name, family->unit);
    }
    fprintf(out, "# HELP %s %s\n", family->name, family->help);
    for (size_t i = 0; i < cells->count; i++) {
        const struct export_cell *cell = &cells->items[i];
        double value = cell->row ? family->value(cell) : NAN;

        if (isnan(value)) {
            continue;
        }
        fputs(family->name, out);
        if (write_labels(out, cell) < 0) {
            return -ENOMEM;
        }
        fprintf(out, " %.15g\n", value);
    }
    return 0;
}

static int write_runs(const struct export_job *job)
{
    static const struct {
        const char *name, *path;
    } members[] = {
        {",label", "machine.label"},       {",cpu", "machine.cpu.model"},
        {",kernel", "environment.kernel"}, {",version", "tool.version"},
        {",created", "created"},
    };

    fputs("# TYPE tvp_run info\n# HELP tvp_run The results that the numbers come from.\n",
          job->out);
    for (size_t i = 0; i < job->count; i++) {
        fprintf(job->out, "tvp_run_info{run=\"%zu\"", i + 1);
        for (size_t n = 0; n < sizeof(members) / sizeof(*members); n++) {
            const char *text = record_text(job->records[i], members[n].path);

            if (write_label(job->out, members[n].name, text) < 0) {
                return -ENOMEM;
            }
        }
        fputs("} 1\n", job->out);
    }
    return 0;
}

static int openmetrics_write(const struct export_job *job)
{
    struct export_cells cells;
    int r = export_cells_make(job, &cells);

    r = r < 0 ? r : write_runs(job);
    for (size_t i = 0; i < sizeof(families) / sizeof(*families) && r == 0; i++) {
        r = write_family(job->out, &families[i], &cells);
    }
    fputs("# EOF\n", job->out);
    if (r == 0) {
        export_cells_note(job, &cells);
    }
    export_cells_release(&cells);
    return r < 0 ? r : text_done(job->out);
}

const struct export_format export_openmetrics = {
    .name = "openmetrics",
    .summary = "medians and intervals as text for Prometheus and its kin",
    .write = openmetrics_write,
};
