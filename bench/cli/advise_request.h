/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `tvp advise` is asked. */
#ifndef TVP_ADVISE_REQUEST_H
#define TVP_ADVISE_REQUEST_H

#include "analysis/advice.h"
#include "cli/command.h"
#include "cli/manners.h"
#include "cli/result_paths.h"

struct advise_request {
    struct advice_question question;
    struct result_paths paths; /* none: measure */
    char **program;            /* after "--", ends with NULL; NULL: none */
    const char *trial;
    struct manners manners;
    struct style style;
    bool json;
};

extern const struct option_spec advise_options[];

/* -1: go on; else the status to end with. Release in any case. arguments are changed. */
int advise_request_parse(const struct command *command, char **arguments,
                         struct advise_request *request);
void advise_request_release(struct advise_request *request);

#endif
