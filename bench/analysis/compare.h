/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several result files side by side. By default the ratio of each strategy to a base inside each
 * file, which survives a change of machine; times only if asked for. Rows, columns and tables
 * are projections of keys. The first column is what the others are compared with; of two cells
 * the rule of ruling.h decides, by estimate and interval, and Holm's correction over all rows shown
 * takes back what is called slower or faster; "no difference" it leaves alone. */
#ifndef TVP_COMPARE_H
#define TVP_COMPARE_H

#include "analysis/evidence.h"
#include "analysis/fingerprint.h"

/* What rows, columns and tables can be made of, in the order in which they are written. */
enum compare_key {
    KEY_WORKLOAD,
    KEY_ARGUMENTS, /* with the number of tasks */
    KEY_STRATEGY,
    KEY_WORKERS,
    KEY_LABEL,
    KEY_CREATED,
    KEY_MACHINE, /* CPU model and cores */
    KEY_KERNEL,
    KEY_CONTAINER,
    KEY_FILE, /* the label, with the time of the run where labels are equal */
    KEY_COUNT,
};
extern const char *const compare_key_names[]; /* ends with NULL */
#define KEY_BIT(key) (1u << (key))

/* "workload,strategy" -> bits of keys. 0, or -EINVAL with the wrong word in *ret_wrong (within
 * text). */
int compare_keys_parse(const char *text, unsigned *ret_keys, const char **ret_wrong);

struct compare_settings {
    enum metric metric;
    bool absolute;                  /* times instead of ratios */
    const char *base;               /* strategy; NULL: pthread if every file has it, else serial */
    double threshold;               /* 0.05: smaller differences are none */
    unsigned rows, columns, tables; /* bits of keys; rows 0: chosen; columns 0: file */
    unsigned ignored;               /* keys in which merged series may differ without a word */
    uint32_t ignored_fingerprint;
};

struct compare_file {
    const struct record *record;
    const char *checksum; /* "" if not known */
    struct groups groups; /* made and released by the comparison, like name */
    char *name;
};

enum unit_state {
    UNIT_GOOD,
    UNIT_FAILED,      /* no time, or a wrong answer */
    UNIT_BASE_FAILED, /* the same of its base */
    UNIT_NO_BASE,
    UNIT_NO_EPOCHS, /* shares none with its base */
    UNIT_ARGUMENTS, /* did other work than the first of its row: other arguments, */
    UNIT_TASKS,     /* another number of tasks, */
    UNIT_ANSWER,    /* another answer */
};
bool unit_is_refused(enum unit_state state); /* one of the last three */

/* One strategy of one group of one file. */
struct unit {
    size_t file, column;
    const struct group *group;
    const struct row *row, *base; /* base NULL: none, or absolute */
    enum unit_state state;
    enum unsure trust; /* of trust.h */
    struct evidence evidence;
};

enum change {
    CHANGE_NONE, /* nothing to compare, or the first column */
    CHANGE_SLOWER,
    CHANGE_FASTER,
    CHANGE_SAME,
    CHANGE_UNSURE,
    CHANGE_TAKES, /* times of another machine: the factor is told, and nothing is called slower */
};

struct compare_cell {
    struct unit **members; /* of the comparison's units; more than one: merged */
    size_t count;          /* 0: an empty cell */
    bool good;             /* all members are, so that value is there */
    struct estimate value; /* ratio, or ns */
    enum change change;
    enum unsure unsure; /* of a change that is */
    uint64_t
        epochs; /* FEW, CLEAN, ROWS: needed (ROWS 0: that is not it); WIDE: about so many more */
    struct estimate difference; /* this / the first column, as a factor */
    struct spread spread;       /* absolute: of the runs of this row; freedom 0: not known */
};

struct compare_row {
    char *table, *title, *name; /* texts of keys: of the table; workload, arguments; the rest */
    struct compare_cell *cells; /* one a column */
    struct estimate mean;       /* geometric, over all columns; count 0: none */
    bool first;                 /* of its title */
    size_t ranks[3];            /* what rows are sorted by */
};

struct compare_column {
    char *name;
    size_t file;   /* the first one in it */
    bool mixed;    /* more than that one */
    bool across;   /* of another fingerprint than the first column */
    bool the_same; /* holds the very file that the first column holds */
};

struct comparison {
    struct compare_settings settings; /* completed */
    struct compare_file *files;
    size_t file_count;
    struct unit *units;
    size_t unit_count;
    struct compare_column *columns;
    size_t column_count;
    struct compare_row *rows;
    size_t row_count;
    uint32_t differing;  /* bits of the fingerprint in which any file differs from the first */
    bool means;          /* rows have one: three or more columns, all of different fingerprints */
    unsigned merged;     /* keys not shown in which series of one cell differ */
    bool workers_differ; /* between the columns of a row */
    bool base_workers_differ; /* a row is divided by a base with other workers */
    size_t tested;            /* changes that Holm's correction counts */
};

/* The files stay the caller's and must outlive the comparison. 0, -ENOMEM, or -ENOENT if a file
 * lacks the base asked for in all its groups. */
int compare_make(const struct compare_file *files, size_t count,
                 const struct compare_settings *settings, struct comparison *ret_comparison);
void compare_release(struct comparison *comparison);

/* The first member that is not to be believed, or NULL. */
const struct unit *cell_suspect(const struct compare_cell *cell);

/* Cells with a value. Of two or more columns: those in a row whose first column has one too. */
size_t compare_usable(const struct comparison *comparison);

/* The change that a standing of ruling.h is. */
enum change standing_change(enum standing standing);

/* Whether the whole interval of a change lies beyond the threshold: what a gate asks. */
bool change_is_beyond(const struct compare_cell *cell, double threshold);

#endif
