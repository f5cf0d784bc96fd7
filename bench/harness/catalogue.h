/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the trial program is, and what it says it can run. */
#ifndef TVP_CATALOGUE_H
#define TVP_CATALOGUE_H

#include <jansson.h>
#include <limits.h>
#include <stdbool.h>

#define HARNESS_WHY_SIZE 400u

struct catalogue {
    char trial[PATH_MAX]; /* the program */
    json_t *list;         /* what `tvp-trial --list` prints */
};

/* given: path of the trial program, or NULL: beside this program, else where it was installed.
 * why (HARNESS_WHY_SIZE bytes): one sentence. */
int catalogue_open(const char *given, struct catalogue *ret_catalogue, char *why);
void catalogue_close(struct catalogue *catalogue);

/* The entry of a strategy (what follows ':' is ignored) or workload; NULL if there is none, with
 * a sentence in why that names the nearest. */
const json_t *catalogue_strategy(const struct catalogue *catalogue, const char *words, char *why);
const json_t *catalogue_workload(const struct catalogue *catalogue, const char *name, char *why);

/* In place: whatever is not printable ASCII becomes "?". Text of a result file is anybody's, and a
 * terminal obeys more than it shows. */
void text_disarm(char *text);

/* True if the caller itself runs the tasks: there is one worker, whatever was asked for. */
bool strategy_is_caller(const json_t *strategy);

/* True if its arguments name programs that it starts. */
bool workload_starts_programs(const json_t *workload);

/* True if the workload has an argument of that name. */
bool workload_has_param(const json_t *workload, const char *name, size_t length);

#endif
