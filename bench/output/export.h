/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers in the formats that other tools read. A cell without a time that could be trusted is
 * never written as if all were well: it is left out and noted, or the format says what it is. */
#ifndef TVP_EXPORT_H
#define TVP_EXPORT_H

#include "analysis/analysis.h"

#include <stdio.h>

/* Everything is written from records that somebody else may have made: texts are cleaned of
 * control and direction characters and escaped as the format asks. */
struct export_job {
    const struct record *const *records;
    size_t count;
    enum metric metric; /* which time, where the format holds only one */
    FILE *out, *notes;  /* notes: a line for each thing that the format cannot say, not clean */
};

struct export_format {
    const char *name, *summary;
    int (*write)(const struct export_job *job); /* 0, -ENOMEM or -EIO */
};

extern const struct export_format export_chrome_trace;
extern const struct export_format export_csv;
extern const struct export_format export_google_benchmark;
extern const struct export_format export_hyperfine;
extern const struct export_format export_markdown;
extern const struct export_format export_openmetrics;
extern const struct export_format export_pyperf;

extern const struct export_format *const export_formats[]; /* ends with NULL */
/* NULL: no such format. */
const struct export_format *export_find(const char *name);

#endif
