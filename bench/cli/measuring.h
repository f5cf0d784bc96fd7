/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring for commands that are not `tvp run` but need a record of their own. */
#ifndef TVP_MEASURING_H
#define TVP_MEASURING_H

#include "cli/command.h"
#include "harness/run.h"

/* Measure in a scratch folder of our own, which is gone afterwards whatever happened; the rest of
 * the settings is the caller's, interruption_catch() among it. -1: there is a whole record, to be
 * released; else the status to end with, after a complaint (STATUS_INTERRUPTED: none). */
int measuring_run(const struct command *command, struct run_settings *settings,
                  struct record *ret_record);

#endif
