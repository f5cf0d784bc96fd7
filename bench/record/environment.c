/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member "environment" of a result: what can differ between two runs on one machine and
 * change their times. Read at the start of a run. */
#include "base/affinity.h"
#include "base/clock.h"
#include "base/event.h"
#include "record/machine.h"
#include "record/probe.h"
#include "record/record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#define COST_LOOPS 101u /* odd: the median is one of them */
#define COST_CALLS 32u  /* in a loop, so that the clock's resolution does not round the cost */

static int system_add(json_t *environment)
{
    struct utsname names;
    char line[128];
    int failed = 0;

    /* Only these two: the node name is the host's, the version may name who built the kernel. */
    if (!uname(&names)) {
        (void)snprintf(line, sizeof(line), "%.60s %.60s", names.sysname, names.release);
        failed |= member_add_text(environment, "kernel", line);
    }
#ifdef __GLIBC__
    (void)snprintf(line, sizeof(line), "glibc %s", gnu_get_libc_version());
    failed |= member_add_text(environment, "libc", line);
#endif
    return failed;
}

static int frequency_add(json_t *environment)
{
    uint64_t value;
    char line[64];
    int failed = 0;

    if (!first_line_read(line, sizeof(line),
                         "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")) {
        failed |= member_add_text(environment, "governor", line);
    }
    if (!first_number_read(&value, "/sys/devices/system/cpu/intel_pstate/no_turbo")) {
        failed |= json_object_set_new(environment, "turbo", json_boolean(!value));
    } else if (!first_number_read(&value, "/sys/devices/system/cpu/cpufreq/boost")) {
        failed |= json_object_set_new(environment, "turbo", json_boolean(value));
    }
    if (!first_number_read(&value, "/sys/devices/system/cpu/smt/active")) {
        failed |= json_object_set_new(environment, "smt", json_boolean(value));
    }
    return failed;
}

/* Zero is a value here, so member_add_count() is of no use. What no file can hold, as a limit of
 * 2^60 processes, is left out: it would spoil all the rest. */
static int number_add(json_t *environment, const char *name, uint64_t value)
{
    return value > RECORD_NUMBER_MAX
               ? 0
               : json_object_set_new(environment, name, json_integer((json_int_t)value));
}

static int memory_add(json_t *environment)
{
    const char *perturb = getenv("MALLOC_PERTURB_");
    uint64_t value;
    char line[128];
    int failed = 0;

    if (!first_number_read(&value, "/proc/sys/kernel/randomize_va_space")) {
        failed |= number_add(environment, "aslr", value);
    }
    if (!first_number_read(&value, "/proc/sys/vm/overcommit_memory")) {
        failed |= number_add(environment, "overcommit", value);
    }
    if (!first_line_read(line, sizeof(line), "/sys/kernel/mm/transparent_hugepage/enabled")) {
        failed |= member_add_text(environment, "thp", bracketed_word(line));
    }
    /* `meson test` sets it; it makes malloc fill memory, so such times compare with no others. */
    failed |= json_object_set_new(environment, "malloc_perturb",
                                  json_boolean(perturb && strtol(perturb, NULL, 10) != 0));
    return failed;
}

/* null: there is no limit. Left out: not known. */
static int limit_add(json_t *environment, const char *name, int r, uint64_t value)
{
    if (!r) {
        return number_add(environment, name, value);
    }
    return r == -ENODATA ? json_object_set_new(environment, name, json_null()) : 0;
}

static int limits_add(json_t *environment)
{
    struct rlimit processes;
    uint64_t value = 0;
    int failed, r;

    failed = member_add_count(environment, "cpus_allowed", affinity_count());
    r = cgroup_cpu_quota_read("", &value);
    failed |= limit_add(environment, "cgroup_cpu_quota_milli", r, value);
    r = cgroup_pids_max_read("", &value);
    failed |= limit_add(environment, "cgroup_pids_max", r, value);
    if (!getrlimit(RLIMIT_NPROC, &processes)) {
        r = processes.rlim_cur == RLIM_INFINITY ? -ENODATA : 0;
        failed |= limit_add(environment, "nproc_limit", r, processes.rlim_cur);
    }
    return failed;
}

/* Who else was at work: load in thousandths, and the share of CPU time since the start of the
 * machine that its hypervisor gave to others. */
static int load_add(json_t *environment)
{
    unsigned long long cpu[8] = {0}, total = 0;
    unsigned whole, hundredths;
    char line[256];
    size_t i;
    int failed = 0;

    if (!first_line_read(line, sizeof(line), "/proc/loadavg") &&
        sscanf(line, "%u.%2u", &whole, &hundredths) == 2) {
        failed |= number_add(environment, "load_1min_milli",
                             (uint64_t)whole * 1000 + (uint64_t)hundredths * 10);
    }
    /* user nice system idle iowait irq softirq steal; guest time is in user time already. */
    if (!first_line_read(line, sizeof(line), "/proc/stat") &&
        sscanf(line, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &cpu[0], &cpu[1], &cpu[2],
               &cpu[3], &cpu[4], &cpu[5], &cpu[6], &cpu[7]) == 8) {
        for (i = 0; i < 8; i++) {
            total += cpu[i];
        }
        if (total) {
            failed |= number_add(environment, "steal_permille", cpu[7] * 1000 / total);
        }
    }
    return failed;
}

static int cost_compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return (left > right) - (left < right);
}

static uint64_t clock_cost_ns(void)
{
    uint64_t costs[COST_LOOPS];
    size_t i, call;

    for (i = 0; i < COST_LOOPS; i++) {
        uint64_t start_ns = clock_ns(), end_ns = start_ns;

        for (call = 0; call < COST_CALLS; call++) {
            end_ns = clock_ns();
        }
        costs[i] = end_ns - start_ns;
    }
    qsort(costs, COST_LOOPS, sizeof(*costs), cost_compare);
    return (costs[COST_LOOPS / 2] + COST_CALLS / 2) / COST_CALLS;
}

static int clock_add(json_t *environment)
{
    json_t *clock = json_object();
    struct timespec resolution;
    char line[32];
    int failed;

    failed = member_add_text(clock, "id", "CLOCK_MONOTONIC");
    if (!first_line_read(line, sizeof(line),
                         "/sys/devices/system/clocksource/clocksource0/current_clocksource")) {
        failed |= member_add_text(clock, "source", line);
    }
    if (!clock_getres(CLOCK_MONOTONIC, &resolution)) {
        failed |=
            number_add(clock, "resolution_ns",
                       (uint64_t)resolution.tv_sec * 1000000000u + (uint64_t)resolution.tv_nsec);
    }
    failed |= number_add(clock, "cost_ns", clock_cost_ns());
    return failed | json_object_set_new(environment, "clock", clock);
}

/* What the samples can say nothing about, and why; left out where all can be counted. */
static int events_add(json_t *environment)
{
    json_t *missing = json_object();
    int failed = 0;

    for (enum event event = 0; event < EVENT_COUNT; event++) {
        int r = event_probe(event);

        if (r < 0) {
            failed |= member_add_text(missing, event_names[event], event_why(r));
        }
    }
    if (json_object_size(missing) > 0) {
        failed |= json_object_set(environment, "not_counted", missing);
    }
    json_decref(missing);
    return failed;
}

json_t *environment_describe(void)
{
    json_t *environment = json_object();

    if (system_add(environment) | frequency_add(environment) | memory_add(environment) |
        limits_add(environment) | load_add(environment) | clock_add(environment) |
        events_add(environment)) {
        json_decref(environment);
        return NULL;
    }
    return environment;
}
