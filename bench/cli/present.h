/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as people see it: what `tvp run` ends with and `tvp show` repeats. */
#ifndef TVP_PRESENT_H
#define TVP_PRESENT_H

#include "analysis/analysis.h"
#include "output/style.h"
#include "record/record.h"

#include <stdio.h>

struct presentation {
    enum metric metric;
    const char
        *timeline; /* of all groups of this workload; NULL: of the one with the fewest tasks */
    bool brief;    /* the verdict alone */
    bool counters; /* what a task took alone */
    bool claims;   /* what is said of threads and processes alone, held against the record */
};

/* Verdict, table, timeline. 0 or a negative errno. */
int present_record(FILE *out, const struct record *record, const struct presentation *what,
                   const struct style *style);

/* The pictures that a run ends with and a report shows: all but the order of samples. formats: see
 * cli/pictures.h, and for what comes back. */
int present_pictures(const struct record *record, unsigned formats, const char *folder,
                     int *ret_failed, char *why);

/* STATUS_DONE, or STATUS_TASKS if a cell has no time that could be trusted, or STATUS_NOTHING if
 * none has. */
int present_status(const struct record *record);

#endif
