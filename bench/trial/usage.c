/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/usage.h"

#include <sys/resource.h>

static uint64_t timeval_ns(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u;
}

static void usage_add(struct usage *usage, int who)
{
    struct rusage part;

    if (getrusage(who, &part) == 0) {
        usage->user_ns += timeval_ns(part.ru_utime);
        usage->system_ns += timeval_ns(part.ru_stime);
        usage->minor_faults += (uint64_t)part.ru_minflt;
        usage->major_faults += (uint64_t)part.ru_majflt;
        usage->switches_voluntary += (uint64_t)part.ru_nvcsw;
        usage->switches_forced += (uint64_t)part.ru_nivcsw;
    }
}

void usage_read(struct usage *usage)
{
    *usage = (struct usage){0};
    usage_add(usage, RUSAGE_SELF);
    usage_add(usage, RUSAGE_CHILDREN);
}

struct usage usage_between(const struct usage *before, const struct usage *after)
{
    return (struct usage){
        .user_ns = after->user_ns - before->user_ns,
        .system_ns = after->system_ns - before->system_ns,
        .minor_faults = after->minor_faults - before->minor_faults,
        .major_faults = after->major_faults - before->major_faults,
        .switches_voluntary = after->switches_voluntary - before->switches_voluntary,
        .switches_forced = after->switches_forced - before->switches_forced,
    };
}
