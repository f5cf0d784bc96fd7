/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command of tvp: one file, one const struct. */
#ifndef TVP_COMMAND_H
#define TVP_COMMAND_H

#include "base/options.h"

/* Exit statuses, documented in the README and in --help. */
enum {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,   /* the system said no: a file, a process, memory */
    STATUS_USAGE = 2,    /* wrong use */
    STATUS_DAMAGED = 3,  /* a result file is damaged or not comparable */
    STATUS_TASKS = 4,    /* measured, but a cell failed or gave a wrong answer */
    STATUS_UNFIT = 5,    /* `tvp check --strict` has a warning */
    STATUS_NOTHING = 77, /* nothing could be run here */
    STATUS_INTERRUPTED = 130,
};

struct command {
    const char *name, *arguments, *summary;
    const struct option_spec *options;
    const char *more;              /* at the end of its help; NULL: nothing */
    void (*print_more)(FILE *out); /* what stands there and comes out of a table; NULL: nothing */
    int (*run)(const struct command *command,
               char **arguments); /* after the name; returns a status */
};

extern const struct command command_advise;
extern const struct command command_check;
extern const struct command command_compare;
extern const struct command command_export;
extern const struct command command_help_topics;
extern const struct command command_history;
extern const struct command command_list;
extern const struct command command_merge;
extern const struct command command_plot;
extern const struct command command_report;
extern const struct command command_run;
extern const struct command command_show;
extern const struct command command_sweep;

/* All of them, in the order of the help; ends with NULL. */
extern const struct command *const commands[];
/* What the exit statuses mean, in lines that follow "Exit status: ". */
extern const char command_statuses[];

/* What there is, for `tvp --help`. */
void command_overview(FILE *out);
/* The help of one command, on stdout. */
void command_help(const struct command *command);
/* "tvp run: text" on stderr; returns status. */
__attribute__((format(printf, 3, 4))) int command_complain(const struct command *command,
                                                           int status, const char *format, ...);

#endif
