/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of one CPU, for pinning. */
#ifndef TVP_AFFINITY_H
#define TVP_AFFINITY_H

#include <sched.h>

static inline cpu_set_t affinity_of(int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return set;
}

#endif
