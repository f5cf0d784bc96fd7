/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All the records that the arguments of a comparison or an export name, kept together. */
#ifndef TVP_COMPARE_INPUT_H
#define TVP_COMPARE_INPUT_H

#include "analysis/compare.h"
#include "cli/command.h"
#include "cli/result_paths.h"

struct compare_input {
    struct compare_file *files; /* records and checksums are owned here */
    size_t count;
    int unreadable; /* status for a file that cannot be read; 0: STATUS_DAMAGED */
};

/* Loads everything into a zeroed input. -1: go on; else the status to end with, after a complaint
 * about each document that is damaged: a comparison that leaves out files in silence is none. */
int compare_input_load(const struct command *command, const struct result_paths *paths,
                       struct compare_input *input);
void compare_input_release(struct compare_input *input);

#endif
