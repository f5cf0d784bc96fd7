/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named sets of settings: what `tvp run` does unless told otherwise. */
#ifndef TVP_PROFILE_H
#define TVP_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

/* How one workload is run under a profile. */
struct profile_workload {
    const char *name;
    const char *sets;       /* "name=value", one a line, or "" */
    const char *workers;    /* as --workers */
    const char *strategies; /* beside those of the profile, "" or NULL: none */
};

struct profile {
    const char *name, *summary;
    uint64_t epochs, warmup_blocks, blocks, budget_ns;
    bool looks;             /* a set that is precise enough is measured no longer */
    bool placebo;           /* measure serial twice, and see whether it comes out equal */
    const char *strategies; /* as --strategies */
    const struct profile_workload *workloads; /* ends with an empty entry */
};

/* All of them; ends with NULL. The first is the default. */
extern const struct profile *const profiles[];

const struct profile *profile_find(const char *name);
/* The entry of a workload in the profile, or NULL. */
const struct profile_workload *profile_workload(const struct profile *profile, const char *name);

#endif
