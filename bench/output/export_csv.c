/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as RFC 4180 has it: one line a timed sample, failed ones included and called so. */
#include "output/export_cells.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Spreadsheets take a cell that begins so for a formula, quoted or not: + - = @ and their
 * full-width forms. An apostrophe before it makes it text; tabs and line ends are gone already. */
static bool is_formula(const char *text)
{
    static const char *const starts[] = {"+",      "-",      "=",      "@",
                                         "\uff0b", "\uff0d", "\uff1d", "\uff20"};

    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
        if (strncmp(text, starts[i], strlen(starts[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* A field and the comma behind it. */
static int write_field(FILE *out, const char *text)
{
    char *clean = export_text(text);

    if (!clean) {
        return -ENOMEM;
    }
    fprintf(out, "\"%s", is_formula(clean) ? "'" : "");
    for (const char *p = clean; *p; p++) {
        fputs(*p == '"' ? "\"\"" : (char[]){*p, '\0'}, out);
    }
    fputs("\",", out);
    free(clean);
    return 0;
}

/* Of the sample itself: other samples of the cell may have gone well. */
static const char *sample_state(const struct export_cell *cell, const struct sample *sample)
{
    return sample->failed > 0                     ? "failed tasks"
           : cell->row && cell->row->wrong_answer ? "wrong answer"
                                                  : "ok";
}

static void write_sample(FILE *out, const struct export_cell *cell, const struct sample *sample)
{
    const struct parent *parent = &cell->series->parent;

    fprintf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%s,%s,%s,%s", cell->series->workers,
            cell->series->tasks, parent->bytes,
            parent->huge        ? "huge"
            : parent->bytes > 0 ? "small"
                                : "",
            cell->row ? "no" : "yes", sample_state(cell, sample), sample->loud ? "yes" : "no");
    for (const struct sample_column *column = sample_columns; column->name; column++) {
        uint64_t value;

        memcpy(&value, (const char *)sample + column->offset, sizeof(value));
        fprintf(out, ",%" PRIu64, value);
    }
    fputs("\r\n", out);
}

static int write_cell(FILE *out, const struct export_cell *cell)
{
    const struct series *series = cell->series;
    const char *const texts[] = {record_text(cell->record, "machine.label"),
                                 record_text(cell->record, "created"),
                                 series->workload,
                                 series->arguments,
                                 series->strategy,
                                 series->variant};

    for (size_t i = 0; i < series->samples.count; i++) {
        for (size_t n = 0; n < sizeof(texts) / sizeof(*texts); n++) {
            int r = write_field(out, texts[n]);

            if (r < 0) {
                return r;
            }
        }
        write_sample(out, cell, &series->samples.items[i]);
    }
    return 0;
}

static int csv_write(const struct export_job *job)
{
    struct export_cells cells;
    int r = export_cells_make(job, &cells);

    fputs("label,created,workload,arguments,strategy,variant,workers,tasks,parent_bytes,"
          "parent_pages,placebo,state,disturbed",
          job->out);
    for (const struct sample_column *column = sample_columns; column->name; column++) {
        fprintf(job->out, ",%s", column->name);
    }
    fputs("\r\n", job->out);
    for (size_t i = 0; i < cells.count && r == 0; i++) {
        const struct export_cell *cell = &cells.items[i];

        r = write_cell(job->out, cell);
        if (cell->row && cell->series->samples.count == 0) {
            fprintf(job->notes, "no line: %s: ", cell->name);
            write_reason(job->notes, cell->row);
            fputc('\n', job->notes);
        }
    }
    export_cells_release(&cells);
    return r < 0 ? r : text_done(job->out);
}

const struct export_format export_csv = {
    .name = "csv",
    .summary = "every timed sample, a line each; times are integers in ns",
    .write = csv_write,
};
