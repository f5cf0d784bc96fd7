/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of tvp-trial. */
#ifndef TVP_COMMAND_LINE_H
#define TVP_COMMAND_LINE_H

#include "base/options.h"
#include "trial/trial.h"

#include <stdbool.h>
#include <stdint.h>

#define COMMAND_LINE_WHY_SIZE 200u

extern const struct option_spec command_line_options[];

struct command_line {
    struct trial_request request;
    uint64_t samples, limit_ns;
    bool on_command, examine, timeline, help, list, version;
};

/* Fill line, which holds the defaults; request.sets must have room for every argument. -EINVAL
 * with one sentence in why (COMMAND_LINE_WHY_SIZE bytes). */
int command_line_parse(char **argv, struct command_line *line, char *why);

#endif
