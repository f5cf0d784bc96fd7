/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which CPUs we may run. */
#ifndef TVP_AFFINITY_H
#define TVP_AFFINITY_H

#include <sched.h>

/* How many, at least 1. */
unsigned affinity_count(void);

/* A set of one CPU, for pinning. */
static inline cpu_set_t affinity_of(int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return set;
}

#endif
