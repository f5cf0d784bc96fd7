/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sample used: the caller, its threads, and the processes it has reaped. */
#ifndef TVP_USAGE_H
#define TVP_USAGE_H

#include <stdint.h>

struct usage {
    uint64_t user_ns, system_ns;
    uint64_t minor_faults, major_faults;
    uint64_t switches_voluntary, switches_forced;
};

/* Everything so far. Helpers of a workload do not count: they are not reaped between samples. */
void usage_read(struct usage *usage);
/* What came between two readings. */
struct usage usage_between(const struct usage *before, const struct usage *after);

#endif
