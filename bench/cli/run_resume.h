/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp run --resume FILE: the run that is gone on with. */
#ifndef TVP_RUN_RESUME_H
#define TVP_RUN_RESUME_H

#include "cli/run_options.h"

#include <limits.h>

/* Lock and read the file; all settings of the run come out of it, but for a budget that was given.
 * folder: that of the file if it is called as tvp run calls it, so that what belongs beside it gets
 * there; else "". -1: go on; else the status to end with, after a complaint. */
int run_resume_open(const struct command *command, struct run_command *run, char folder[PATH_MAX]);

#endif
