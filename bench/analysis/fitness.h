/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a machine fit to measure, is a result file fit to be believed? Pure functions of what was
 * described, so that every check can be shown machines that nobody here has. */
#ifndef TVP_FITNESS_H
#define TVP_FITNESS_H

#include "record/record.h"

#include <stddef.h>

enum fitness_level {
    FITNESS_OK,
    FITNESS_NOTE, /* worth knowing when the numbers are read */
    FITNESS_WARN, /* the numbers will be wrong, or too loud to tell small differences */
};
extern const char *const fitness_level_names[]; /* "ok", "note", "warn" */

#define FITNESS_VALUE_SIZE 96u
#define FITNESS_CHECKS_MAX 32u

struct fitness_check {
    const char *name; /* of the table of checks */
    enum fitness_level level;
    char value[FITNESS_VALUE_SIZE]; /* what was found, printable ASCII */
    const char *advice;             /* what it does to the numbers, and what to do; NULL: nothing */
};

struct fitness {
    struct fitness_check checks[FITNESS_CHECKS_MAX];
    size_t count;
};

/* Both add their checks to what is there already, and leave out what the description does not
 * tell. facts: "tool", "machine" and "environment" as in a result file; "condition", see
 * record/condition.h; "load": what load_describe() says of the last second or so. */
void fitness_check_machine(const json_t *facts, struct fitness *fitness);
/* A file that record_load() took is whole and undamaged; this is about its worth. Ends with the
 * checks of its machine, but for the limits, which would have shown as failures. */
void fitness_check_record(const struct record *record, struct fitness *fitness);

size_t fitness_count(const struct fitness *fitness, enum fitness_level level);
/* [{"id", "level", "value", "advice"}, ...]; a new reference, or NULL without memory. */
json_t *fitness_to_json(const struct fitness *fitness);

#endif
