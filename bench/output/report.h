/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTML page that answers "threads or processes, and how many?" with its pictures, its tables
 * and its own data inside. It asks for nothing from outside and runs nothing: its policy forbids
 * both. Made for people who get it by mail, so it works from a disk, on a phone, printed, in the
 * dark and read aloud; and `tvp show page.html` reads its data again. */
#ifndef TVP_REPORT_H
#define TVP_REPORT_H

#include "record/record.h"

#include <stdio.h>

/* Between files, a difference below this is none. */
#define REPORT_THRESHOLD 0.05

struct report_file {
    const struct record *record;
    const char *pictures; /* folder with the SVGs of plot_draw() of this record, or NULL */
};

struct report {
    const struct report_file *files;
    size_t count;            /* several make a report across machines */
    const char *machines;    /* folder with machines.svg, of all files; NULL: none */
    const char *no_pictures; /* why there are none, one sentence; NULL: said nothing */
};

/* The whole page. Pictures are those that end in ".svg", with their data files beside them. 0,
 * -ENOMEM, -EIO, or what the system said of a folder of pictures. */
int report_write(FILE *out, const struct report *report);

#endif
