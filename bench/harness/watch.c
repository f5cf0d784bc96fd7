/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/watch.h"

#include <sys/resource.h>
#include <unistd.h>

static uint64_t usage_ns(int who)
{
    struct rusage usage;

    if (getrusage(who, &usage) < 0) {
        return 0;
    }
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000u +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000u;
}

static uint64_t own_ns(void)
{
    return usage_ns(RUSAGE_SELF) + usage_ns(RUSAGE_CHILDREN);
}

void watch_open(const char *root, struct watch *watch)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);

    *watch = (struct watch){.cpus = cpus > 0 ? (unsigned)cpus : 1};
    watch->open = load_reader_open(root, &watch->reader) == 0;
}

void watch_close(struct watch *watch)
{
    if (watch->open) {
        load_reader_close(&watch->reader);
        watch->open = false;
    }
}

void watch_begin(struct watch *watch)
{
    watch->own_ns = own_ns();
    if (watch->open && load_read(&watch->reader, &watch->before) < 0) {
        watch_close(watch);
    }
}

bool watch_end(const struct watch *watch, struct load_share *ret_share)
{
    struct load_reading after;

    if (!watch->open || load_read(&watch->reader, &after) < 0) {
        return false;
    }
    load_between(&watch->before, &after, own_ns() - watch->own_ns, watch->cpus, ret_share);
    return true;
}
