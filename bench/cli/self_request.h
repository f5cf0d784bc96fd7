/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `tvp check --self` is asked for. */
#ifndef TVP_SELF_REQUEST_H
#define TVP_SELF_REQUEST_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLANTED_MOST = 8 };

struct self_request {
    const char **workloads; /* ends with NULL; released by self_request_release() */
    const char *strategies; /* comma separated; each comparison takes the next one */
    const char *trial;
    uint64_t comparisons; /* of each workload; 0: as many as there is time for */
    uint64_t epochs, seed, time_ns;
    double planted[PLANTED_MOST]; /* 0.05: also loop with 5 % more to do on one side */
    size_t planted_count;
    bool hog; /* plant a load in the second half of every comparison */
    bool ascii, json, quiet;
};

/* Whether a command line asks for it. */
bool self_is_asked(char **arguments);

/* -1: go on; else the status to end with. Release in any case. */
int self_request_parse(const struct command *command, char **arguments,
                       struct self_request *request);
void self_request_release(struct self_request *request);

#endif
