/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp advise -- PROGRAM: how many runs of it at once? */
#ifndef TVP_ADVISE_PROGRAM_H
#define TVP_ADVISE_PROGRAM_H

#include "cli/advise_request.h"

/* The status to end with. */
int advise_program_run(const struct command *command, const struct advise_request *request);

#endif
