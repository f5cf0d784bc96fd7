/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines from a table: the table parses and is the help text. */
#ifndef TVP_OPTIONS_H
#define TVP_OPTIONS_H

#include <stddef.h>
#include <stdio.h>

/* A table ends with an empty entry. */
struct option_spec {
    const char *name;  /* without the dashes */
    char letter;       /* short form, or 0 */
    const char *value; /* what it takes ("N", "FILE"), or NULL for a switch */
    const char *help;
};

enum {
    OPTION_END = -1,      /* nothing is left */
    OPTION_ARGUMENT = -2, /* not an option: see value */
    OPTION_WRONG = -3,    /* see why */
};

#define OPTIONS_WHY_SIZE 200u

/* Where we are in an argument vector. */
struct options {
    const struct option_spec *table;
    char **arguments;   /* those left; ends with NULL */
    int only_arguments; /* after "--" */
    const char *value;  /* of the option or argument just read */
    char why[OPTIONS_WHY_SIZE];
};

void options_init(struct options *options, const struct option_spec *table, char **arguments);
/* The index in the table of the next option, or one of the values above. "--name=value",
 * "--name value", "-n value", "-nvalue"; "-" alone is an argument. */
int options_next(struct options *options);

/* The table as help, wrapped to 80 columns. */
void options_print(const struct option_spec *table, FILE *out);

/* The one of names (ends with NULL) that word may have been meant to be, or NULL. */
const char *nearest_name(const char *word, const char *const *names);

#endif
