/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where to measure for a question, so that it takes less than a minute: at the question itself or,
 * where that would take too long, with fewer tasks; with tasks an eighth and eight times as long,
 * for what would change the answer; and with a parent and a payload. */
#ifndef TVP_ADVISE_PLACES_H
#define TVP_ADVISE_PLACES_H

#include "analysis/advice.h"

#define ADVISE_PLACES_MAX 12u
#define ADVISE_STRATEGIES_SIZE 200u
/* Trials that live side by side, each with all of the parent's memory. */
#define ADVISE_PARENTS 3u

/* One run, as the options of tvp run would ask for it. */
struct advise_place {
    const char *workload, *set; /* set: "name=value", borrowed; NULL: none */
    char strategies[ADVISE_STRATEGIES_SIZE], workers[64];
    char axis[64];  /* of a sweep: "task=200000ns"; "": none */
    uint64_t tasks; /* 0: calibrated */
};

struct advise_places {
    struct advise_place items[ADVISE_PLACES_MAX];
    size_t count;
};

void advise_places_make(const struct advice_question *question, unsigned cores,
                        struct advise_places *ret_places);
/* Of a program; line is that of advise_program_argument(), and kept. tasks 0: calibrated. */
void advise_places_program(const char *line, uint64_t tasks, unsigned cores,
                           struct advise_places *ret_places);
/* "argv=..." as the workload `command` takes it, to be freed; NULL: out of memory. */
char *advise_program_argument(char **program);

#endif
