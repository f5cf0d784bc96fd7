/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp run --json, where that is no file to be saved after every round: stdout, a pipe, /dev/null.
 */
#ifndef TVP_RUN_JSON_H
#define TVP_RUN_JSON_H

#include "cli/run_options.h"

bool run_json_is_stdout(const struct run_command *run);

/* The document alone, at the end of a run. What does not take it is told, and what was measured is
 * kept elsewhere. The status to end with. */
int run_json_write(const struct command *command, const struct run_command *run,
                   const struct record *record);

#endif
