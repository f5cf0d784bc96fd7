/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring for `tvp advise`: the places that a question turns on, each a short run of its own,
 * less than a minute together. */
#ifndef TVP_ADVISE_MEASURE_H
#define TVP_ADVISE_MEASURE_H

#include "analysis/advice.h"
#include "cli/command.h"
#include "record/record.h"

struct advise_records {
    struct record *items;
    size_t count;
};

/* -1: there are records; else the status to end with, after a complaint. Release in any case.
 * trial: NULL: our own program. */
int advise_measure(const struct command *command, const struct advice_question *question,
                   const char *trial, bool quiet, struct advise_records *ret_records);
/* The same for a program, one word each: how it does with 1, 2, 4, ... at once, and what starting a
 * program and a thread costs. The records in this order: the program, `true`, `empty`. */
int advise_measure_program(const struct command *command, char **program, uint64_t tasks,
                           const char *trial, bool quiet, struct advise_records *ret_records);
void advise_records_release(struct advise_records *records);

#endif
