/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of all records of an export, each with a name of its own and a word on whether its
 * times may be shown. Private to the export_*.c files. */
#ifndef TVP_EXPORT_CELLS_H
#define TVP_EXPORT_CELLS_H

#include "output/export.h"

struct export_cell {
    size_t run; /* index of its record */
    const struct record *record;
    const struct series *series;
    const struct row *row; /* NULL: the placebo, which is no strategy */
    char *name;            /* clean, unique: "primes/thread-pool/workers:2" and more where needed */
    bool good;             /* it has a time, and no task failed */
    bool loud;             /* all its samples count, disturbed or not: see series_is_loud() */
};

struct export_cells {
    struct groups *groups; /* one for each record; the rows of the cells are here */
    size_t group_count;
    struct export_cell *items; /* in the order of the table */
    size_t count;
};

/* 0 or -ENOMEM; to be released in any case. */
int export_cells_make(const struct export_job *job, struct export_cells *cells);
void export_cells_release(struct export_cells *cells);

/* A note for each strategy that is not good, and one on samples that disturbed epochs took with
 * them: for formats that hold neither. */
void export_cells_note(const struct export_job *job, const struct export_cells *cells);

/* Times of the samples that count, in seconds, in the order in which they were taken: as the table
 * has it, disturbed epochs are left out unless they are most. */
bool export_sample_counts(const struct export_cell *cell, const struct sample *sample);
/* *ret_values is the caller's to free. 0 or -ENOMEM. */
int export_cell_seconds(const struct export_cell *cell, enum metric metric, double **ret_values,
                        size_t *ret_count);

/* "created", "machine.label" and the like, clean; "" where missing. To be freed; NULL: no memory.
 */
char *export_head_text(const struct record *record, const char *path);
/* A clean copy of text, which may be NULL; to be freed. NULL: no memory. */
char *export_text(const char *text);
/* The document in printable ASCII, with a line feed at the end. Takes over the document, which may
 * be NULL: -ENOMEM. */
int export_json_write(json_t *document, FILE *out);

#endif
