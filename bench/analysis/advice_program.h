/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many runs of a program at once, and what threads in its place could save at most. */
#ifndef TVP_ADVICE_PROGRAM_H
#define TVP_ADVICE_PROGRAM_H

#include "analysis/scaling.h"

struct advice_program {
    const struct group *group;
    struct scaling scaling; /* of thread-pool: that many programs at once */
    struct estimate each;   /* ns of one run, one after the other */
    double start_ns;        /* of a program that does nothing */
    double thread_ns;       /* of creating and joining a thread */
    double saved_ns;        /* of each, at most, by a thread in place of a program */
};

/* Groups, made with METRIC_COLD, of the workload `command` with the program and with `true`, and of
 * `empty` under serial and pthread. They must outlive the result. 0, -ENOMEM, or -ENODATA: one of
 * them has no times. Release it by scaling_release(). */
int advice_program_make(const struct groups *program, const struct groups *idle,
                        const struct groups *empty, struct advice_program *ret_program);
/* The first that failed, in the words of its first error; NULL: none did. */
const char *advice_program_error(const struct groups *program);

#endif
