/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of `tvp run`. */
#ifndef TVP_RUN_OPTIONS_H
#define TVP_RUN_OPTIONS_H

#include "cli/command.h"
#include "harness/run.h"

#include <stdbool.h>

extern const struct option_spec run_options[];

struct run_command {
    struct run_settings settings;
    const char **workloads, **sets; /* for settings.plan */
    const char *results, *json, *label, *color;
    char default_label[64];
    struct sweep sweep;
    const char *like; /* path of an earlier result, or NULL */
    struct record earlier;
    const char *resume; /* path of a run to go on with, or NULL */
    struct record resumed;
    struct record_file file; /* for settings.file */
    char why[SWEEP_WHY_SIZE];
    uint64_t given; /* bits of the options that were, by their place in run_options */
    bool ascii, quiet, no_plots, seeded;
};

/* -1: go on; else the status to end with. Release in any case. */
int run_options_parse(const struct command *command, char **arguments, struct run_command *run);
void run_options_release(struct run_command *run);

#endif
