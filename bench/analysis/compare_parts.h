/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the comparison share among themselves; nobody else needs it. */
#ifndef TVP_COMPARE_PARTS_H
#define TVP_COMPARE_PARTS_H

#include "analysis/compare.h"

/* The text of a key of a unit; a new string, or NULL without memory. */
char *key_text(const struct comparison *comparison, const struct unit *unit, enum compare_key key);
/* The same for several keys, joined by blanks; "" for none. */
char *keys_text(const struct comparison *comparison, const struct unit *unit, unsigned keys);
/* Names of the files, told apart. 0 or -ENOMEM. */
int files_name(struct compare_file *files, size_t count);

/* Completes settings.base. 0, or -ENOENT if a file lacks the one asked for. */
int base_choose(struct comparison *comparison);
/* Whether any other row of the group is divided by this one, and what a row is divided by, NULL:
 * there is nothing. The strategy's very name counts before the same with options. */
bool row_is_base(const struct group *group, const struct row *row, const char *strategy);
const struct row *row_base(const struct group *group, const struct row *row, const char *strategy);
/* More than the strategy differs; serial has no choice. */
bool base_workers_differ(const struct row *row, const struct row *base);
/* The units of all files, the base chosen, work not yet compared. 0, -ENOMEM, -ENOENT. */
int units_make(struct comparison *comparison);
/* Columns, rows and cells. 0 or -ENOMEM. */
int grid_make(struct comparison *comparison);
void row_release(struct compare_row *row, size_t columns);
/* The keys of the rows if none were asked for. */
unsigned rows_default(const struct comparison *comparison);
/* Whether both units did the same work, and by the same strategy. */
bool unit_same_work(const struct unit *a, const struct unit *b);
bool unit_same_series(const struct unit *a, const struct unit *b);
/* The same, and with as many workers, but for those of the two that are columns. */
bool unit_same_but(const struct unit *a, const struct unit *b, unsigned columns);
/* Whether two cells hold the same series, in whatever number of runs. */
bool cells_match(const struct compare_settings *settings, const struct compare_cell *a,
                 const struct compare_cell *b);
/* Of a row: units of other work than the first of the same workload are no longer good. */
void row_refuse(struct compare_row *row, size_t columns);

/* Values, changes, Holm's correction, means. 0 or -ENOMEM. */
int compare_judge(struct comparison *comparison);
/* The logarithm of a cell's value; half of alpha in either tail at the most, whatever the
 * distribution. Several runs of one series, or numbers of workers, give the hull of their
 * intervals, several series the mean of theirs. */
struct estimate cell_estimate(const struct compare_cell *cell, double alpha);
/* The same for ln(after / before). Times are held against each other series by series, so that
 * none counts for more because it has more epochs; no value if the series do not match. confidence
 * is that of either side, for its ranks are what more epochs would change. */
struct estimate change_estimate(const struct compare_cell *before, const struct compare_cell *after,
                                const struct compare_settings *settings, double alpha);
/* Whether it holds several runs, or numbers of workers, of one series: by how much these differ no
 * epoch more can change. */
bool cell_is_hull(const struct compare_cell *cell);
/* Whether no member before this one is of the same series. */
bool cell_begins_series(const struct compare_cell *cell, size_t index, unsigned columns);
/* How much runs of the first column's machine differ in this row: those of the column around their
 * mean, and all others around theirs. Known from two degrees of freedom on: three runs beside one
 * that is new. */
struct spread runs_spread(const struct comparison *comparison, const struct compare_row *row,
                          size_t column);
/* alpha of one comparison before Holm's correction. */
double change_alpha(bool absolute);

#endif
