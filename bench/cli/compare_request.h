/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_COMPARE_REQUEST_H
#define TVP_COMPARE_REQUEST_H

#include "analysis/compare.h"
#include "cli/manners.h"
#include "cli/result_paths.h"

enum gate { GATE_NONE, GATE_SLOWER, GATE_DIFFERENT };

struct request {
    struct compare_settings settings;
    struct result_paths paths; /* released by the caller, whatever comes back */
    enum gate gate;
    struct manners manners;
    bool json, strict;
};

extern const struct option_spec compare_options[];
/* Into a request with the defaults set. -1: go on; else the status to end with. */
int request_parse(const struct command *command, char **arguments, struct request *request);

#endif
