/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the comparison's table share among themselves; nobody else needs it. */
#ifndef TVP_COMPARE_TABLE_PARTS_H
#define TVP_COMPARE_TABLE_PARTS_H

#include "analysis/compare.h"
#include "output/style.h"

#include <stdio.h>

/* How much of the intervals is written: what fits decides. */
enum detail {
    DETAIL_ALL,    /* of values and of changes */
    DETAIL_VALUES, /* of values; changes as a number */
    DETAIL_LEAST,  /* of values as +-5 % */
    DETAIL_COUNT,
};

#define COMPARE_CELL_SIZE 120u
/* Columns are those of the comparison, and one more for the mean if there is one. */
size_t compare_columns(const struct comparison *comparison);
/* Clean text of one cell: its value, and how it changed ("" for the first column). */
void compare_value_format(const struct comparison *comparison, const struct compare_row *row,
                          size_t column, enum detail detail, const struct style *style,
                          char text[COMPARE_CELL_SIZE]);
void compare_change_format(const struct compare_row *row, size_t column, enum detail detail,
                           const struct style *style, char text[COMPARE_CELL_SIZE]);
/* "slower", "no difference", ... */
const char *change_word(enum change change);
/* "other work", "skipped", "failed", ...: of a cell that is not good, also for the report. */
const char *compare_state_word(const struct compare_cell *cell);

/* The lines before the table: what is shown, and whether over time or across machines. */
int compare_head_write(FILE *out, const struct comparison *comparison, const struct style *style);
/* Why cells have no value or no clear change: rows first .. last, which share a title. */
int compare_notes_write(FILE *out, const struct comparison *comparison, size_t first, size_t last,
                        const struct style *style);
/* Why one cell has no value or is unsure, unclean; writes nothing if it is fine. */
void write_cell_reason(FILE *out, const struct comparison *comparison,
                       const struct compare_row *row, size_t column);
/* The last lines: what the words mean, and warnings. */
int compare_legend_write(FILE *out, const struct comparison *comparison, const struct style *style);
/* What should be known before the numbers are used, one sentence a call; unclean. False: there
 * are no more. */
bool write_warning(FILE *out, const struct comparison *comparison, size_t index);
/* "kernel 6.12 / 6.8": the values of a key in the files, each once; unclean. */
void write_difference_of(FILE *out, const struct comparison *comparison,
                         const struct fingerprint_key *key);

#endif
