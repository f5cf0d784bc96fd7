/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the options of `tvp run`, and what they mean together. */
#ifndef TVP_RUN_VALUES_H
#define TVP_RUN_VALUES_H

#include "cli/run_options.h"

/* 1 to most; 0 or -EINVAL. */
int run_parse_positive(const char *text, uint64_t most, uint64_t *ret_value);
/* A duration of more than 0 that a result file can hold, 104 days at the most; 0 or -EINVAL. */
int run_parse_budget(const char *text, uint64_t *ret_ns);
/* "2%" -> 0.02; 0.1 % to 50 %; 0 or -EINVAL. */
int run_parse_until(const char *text, double *ret_value);
/* A list of numbers and "auto". */
int run_check_workers(const char *list);
/* Complains, with the nearest name; the status to end with. */
int run_unknown_profile(const struct command *command, const char *name);

/* All options are read: the profile, and the workload that a sweep varies unless others are named.
 * -1: go on; else the status to end with. */
int run_complete_sweep(const struct command *command, struct run_command *run);
/* The same for the earlier result that is to be repeated, which is read. */
int run_complete_like(const struct command *command, struct run_command *run);

#endif
