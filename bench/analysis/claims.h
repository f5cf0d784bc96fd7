/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The article that this project started from makes six claims about threads and processes in
 * Python. What do the numbers of a file say of each, in C, where no interpreter lock stands
 * between threads? Pure functions of the groups of a record. */
#ifndef TVP_CLAIMS_H
#define TVP_CLAIMS_H

#include "analysis/analysis.h"

enum claim_name {
    CLAIM_THREADS_IO,        /* threads suit work that waits */
    CLAIM_PROCESSES_CPU,     /* processes suit work that computes */
    CLAIM_THREADS_RACE,      /* threads share memory, so unguarded updates are lost */
    CLAIM_PROCESSES_PRIVATE, /* processes do not share */
    CLAIM_COMPLETION_ORDER,  /* results come back in the order of completion */
    CLAIM_CHUNKS,            /* chunks make a process pool faster */
    CLAIM_COUNT,
};

enum claim_state {
    CLAIM_NO_DATA, /* this file measured nothing that could tell */
    CLAIM_UNSURE,
    CLAIM_FAILS,
    CLAIM_PART, /* holds for some workloads and fails for others */
    CLAIM_HOLDS,
};

/* What one group says of a claim. */
struct claim_evidence {
    const struct group *group;
    const struct row *row; /* whom it is about; NULL: the best rows of both kinds */
    enum claim_state state;
    /* THREADS_IO, PROCESSES_CPU: time of processes / time of threads. CHUNKS: time without chunks /
     * time with them. THREADS_RACE, PROCESSES_PRIVATE: lost updates / all updates of a sample.
     * COMPLETION_ORDER: results that came back before one that was submitted earlier / all, of one
     * sample, so it has no interval. */
    struct estimate ratio;
    struct estimate gain;         /* THREADS_IO: time of serial / time of threads */
    size_t lost_samples, samples; /* THREADS_RACE, PROCESSES_PRIVATE: with a lost update; of all */
};

struct claim {
    enum claim_state state;
    struct claim_evidence *items;
    size_t count;
};

struct claims {
    struct claim items[CLAIM_COUNT];
};

/* cold: groups made with METRIC_COLD, which must outlive the claims. 0 or -ENOMEM. */
int claims_make(const struct groups *cold, struct claims *ret_claims);
void claims_release(struct claims *claims);

#endif
