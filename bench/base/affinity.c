/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/affinity.h"

#include <stddef.h>

unsigned affinity_count(void)
{
    /* The kernel refuses a set smaller than its own; no Linux has more than 8192 CPUs. */
    for (size_t cpus = 1024; cpus <= 65536; cpus *= 4) {
        cpu_set_t *set = CPU_ALLOC(cpus);
        size_t size = CPU_ALLOC_SIZE(cpus);
        int count = 0;

        if (!set) {
            break;
        }
        if (!sched_getaffinity(0, size, set)) {
            count = CPU_COUNT_S(size, set);
        }
        CPU_FREE(set);
        if (count > 0) {
            return (unsigned)count;
        }
    }
    return 1;
}
