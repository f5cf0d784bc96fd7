/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a task took, by counter: the numbers among which the why line chooses. */
#ifndef TVP_COUNTERS_TABLE_H
#define TVP_COUNTERS_TABLE_H

#include "analysis/why.h"
#include "output/style.h"

#include <stdio.h>

/* The counters that at least one row of the group has and is not 0 in; returns how many. */
size_t counters_shown(const struct group *group, enum counter shown[COUNTER_COUNT]);
/* "user", "page faults", ...: the header of a column, and what stands in it: "2.1 us", "12.4",
 * "0", "-" where it was not counted. Returns text (UNITS_SIZE bytes). */
const char *counter_header(enum counter counter);
char *counter_cell(const struct series *series, enum counter counter, char *text);
/* What could not be counted where it was measured: "not available here: cycles: not supported by
 * this machine", unclean UTF-8; nothing if all was, or if the record does not say. */
void counters_missing_write(FILE *out, const struct record *record);

/* A table for every group with a time. 0 or a negative errno. */
int counters_table_write(FILE *out, const struct record *record, const struct groups *groups,
                         const struct style *style);

#endif
