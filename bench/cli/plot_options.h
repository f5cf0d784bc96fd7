/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of tvp plot. */
#ifndef TVP_PLOT_OPTIONS_H
#define TVP_PLOT_OPTIONS_H

#include "cli/manners.h"
#include "cli/pictures.h"

struct plot_options {
    char *const *paths; /* of result files, within the arguments */
    size_t path_count;
    const char *output; /* folder or file; NULL: plots/ beside the first file */
    struct manners manners;
    bool one_kind, terminal;
    struct pictures pictures; /* kinds, formats, theme, metric */
};

extern const struct option_spec plot_option_specs[];
/* arguments is reordered: the files come first, where paths points to. -1: go on; else the status.
 */
int plot_options_parse(const struct command *command, char **arguments,
                       struct plot_options *ret_options);

#endif
