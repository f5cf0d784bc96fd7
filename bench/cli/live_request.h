/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `tvp compare --live` is asked for: its own options, and those of `tvp run`. */
#ifndef TVP_LIVE_REQUEST_H
#define TVP_LIVE_REQUEST_H

#include "analysis/analysis.h"
#include "cli/run_options.h"

#include <limits.h>

#define LIVE_THRESHOLD 0.02 /* inside one run; between runs it is 5 % */

enum live_gate { LIVE_GATE_NONE, LIVE_GATE_SLOWER, LIVE_GATE_DIFFERENT };

struct live_request {
    struct run_command run; /* with everything that tvp run understands */
    struct plan_variant variants[3];
    char names[2][PATH_MAX + 8];
    const char *modules[2]; /* the workload, if two modules are compared; ends with NULL */
    char **rest;            /* words that are left for tvp run */
    enum metric metric;
    double threshold;
    enum live_gate gate;
    bool json, strict;
};

/* -1: go on; else the status to end with. Release in any case. */
int live_request_parse(const struct command *command, char **arguments,
                       struct live_request *request);
void live_request_release(struct live_request *request);

/* Whether a command line asks for a live comparison. */
bool live_is_asked(char **arguments);

#endif
