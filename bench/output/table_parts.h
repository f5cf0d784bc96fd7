/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the table share among themselves and with the table in Markdown. */
#ifndef TVP_TABLE_PARTS_H
#define TVP_TABLE_PARTS_H

#include "analysis/analysis.h"
#include "output/text.h"

#include <stdio.h>

enum column {
    COLUMN_WORKERS,
    COLUMN_TIME,
    COLUMN_INTERVAL,
    COLUMN_SPEEDUP,
    COLUMN_CPU,
    COLUMN_BEST, /* ratio and verdict; the last, and the only one that begins at the left */
    COLUMN_COUNT,
};

#define CELL_SIZE 80u

struct layout {
    enum metric metric;
    const struct style *style;
    unsigned name;                 /* columns of the first column, */
    unsigned narrow;               /* and if it has to be narrow */
    unsigned widths[COLUMN_COUNT]; /* 0: left out */
};

const char *column_header(enum metric metric, enum column column);
/* The text of one cell, clean. */
void cell_format(const struct layout *layout, const struct row *row, enum column column,
                 char cell[CELL_SIZE]);

/* Lines below a group: what its numbers alone would hide. */
int table_notes_write(FILE *out, const struct group *group, const struct style *style);
/* Of these: why one cannot tell, and cells that have two speeds. */
int table_doubts_write(FILE *out, const struct group *group, const struct style *style);
#define TABLE_NOTE_INDENT 2u
/* Ends a paragraph as a note. */
int table_note_end(struct paragraph *note, FILE *out, const struct style *style);
/* The last lines: what the marks mean and what the numbers rest on. */
int table_legend_write(FILE *out, const struct groups *groups, enum metric metric,
                       const struct style *style);

#endif
