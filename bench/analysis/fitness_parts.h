/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checks are made of. Private to bench/analysis. */
#ifndef TVP_FITNESS_PARTS_H
#define TVP_FITNESS_PARTS_H

#include "analysis/fitness.h"

#include <stdbool.h>

/* A finding is filled by a check; one whose value stays empty is not known and left out. */
struct fitness_finding {
    enum fitness_level level;
    const char *advice;
    char value[FITNESS_VALUE_SIZE];
};
/* The printf-like text is the value. */
__attribute__((format(printf, 4, 5))) void finding_set(struct fitness_finding *finding,
                                                       enum fitness_level level, const char *advice,
                                                       const char *format, ...);
void fitness_add(struct fitness *fitness, const char *name, const struct fitness_finding *finding);

/* Tables of checks end with name NULL. facts as in fitness.h. */
struct fitness_rule {
    const char *name;
    void (*check)(const json_t *facts, struct fitness_finding *finding);
};
extern const struct fitness_rule fitness_clock_rules[];   /* clocks and frequencies, the build */
extern const struct fitness_rule fitness_sharing_rules[]; /* who else is there, how many CPUs */
extern const struct fitness_rule fitness_limit_rules[];   /* memory and number of workers */

void fitness_apply(const struct fitness_rule *rules, const json_t *facts, struct fitness *fitness);

/* facts[section][name], or NULL. */
const json_t *fact(const json_t *facts, const char *section, const char *name);
/* The same of one type; false and *ret_value untouched if there is no such value. */
bool fact_count(const json_t *facts, const char *section, const char *name, json_int_t *ret_value);
bool fact_true(const json_t *facts, const char *section, const char *name);
const char *fact_text(const json_t *facts, const char *section, const char *name); /* or NULL */

#endif
