/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result that its own place does not take. */
#ifndef TVP_RESCUE_H
#define TVP_RESCUE_H

#include "cli/command.h"
#include "record/record.h"

/* Say why a run failed. unsaved: what was measured and its file did not take, or NULL; it is kept
 * under a new name in $TMPDIR, /tmp, /var/tmp or the working folder, whichever takes it first, and
 * that is said as well. Returns status. */
int rescue_complain(const struct command *command, int status, const struct record *unsaved,
                    const char *why);

#endif
