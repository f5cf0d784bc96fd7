/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arguments of a workload or the options of a strategy: parsed against its table. */
#ifndef TVP_ARGS_H
#define TVP_ARGS_H

#include "workloads/workload.h"

#include <stddef.h>
#include <stdio.h>

#define ARGS_WHY_SIZE 200u

struct args {
    const struct param *params;
    struct arg *items; /* in the order of params */
    size_t count;
};

/* All at their defaults. params may be NULL. A default that does not parse is -EINVAL. */
int args_init(const struct param *params, struct args *ret_args);
void args_release(struct args *args);

/* Set one of them from "name=value". -EINVAL (no such argument, not such a value, out of range) or
 * -ENOMEM, with a sentence in why (ARGS_WHY_SIZE). */
int args_set(struct args *args, const char *assignment, char *why);
/* The same for several, separated by colons: "chunk=64:channel=pipe". */
int args_set_all(struct args *args, const char *assignments, char *why);

/* "durations=3s,2s,1s repeat=2": all of them as written, defaults included; of a path only the
 * last part. */
void args_print(const struct args *args, FILE *out);
/* The same for one of them. */
void args_print_one(const struct args *args, size_t i, FILE *out);

/* Entries of the first list among them, 0 if there is none. */
unsigned args_first_list(const struct args *args);

#endif
