/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run leaves beside its result for people to look at. */
#ifndef TVP_RUN_REPORT_H
#define TVP_RUN_REPORT_H

#include "cli/command.h"
#include "cli/run_options.h"
#include "record/record.h"

/* Pictures in plots/, unless the run was told --no-plots, and report.html, in the folder of the
 * result. The last line says where the page is, for it is what people open. Neither is worth
 * failing for: what cannot be had is said in one sentence. */
void run_report_leave(const struct command *command, const struct run_command *run,
                      const struct record *record, const char *folder);

#endif
