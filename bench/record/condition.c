/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/condition.h"

#include "record/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define LINES_MAX 16u /* of /proc/meminfo; MemAvailable is the third */

static int number_add(json_t *condition, const char *name, long long value)
{
    return json_object_set_new(condition, name, json_integer(value));
}

/* Kernels before 3.14 have no such line. */
static int memory_add(json_t *condition, const char *root)
{
    char path[256], line[128];
    unsigned long long kib;
    int failed = 0;

    (void)snprintf(path, sizeof(path), "%s/proc/meminfo", root);
    FILE *file = fopen(path, "re");
    for (size_t i = 0; file && i < LINES_MAX && fgets(line, sizeof(line), file); i++) {
        if (sscanf(line, "MemAvailable: %llu kB", &kib) == 1) {
            failed |= number_add(condition, "memory_available_mib", (long long)(kib / 1024));
        }
    }
    if (file) {
        (void)fclose(file);
    }
    return failed;
}

static int kernel_add(json_t *condition, const char *root)
{
    static const struct {
        const char *name, *path;
    } files[] = {
        {"max_map_count", "/proc/sys/vm/max_map_count"},
        {"pid_max", "/proc/sys/kernel/pid_max"},
        {"threads_max", "/proc/sys/kernel/threads-max"},
    };
    uint64_t value;
    char line[32];
    int failed = 0;

    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        if (first_number_read(&value, "%s%s", root, files[i].path) == 0) {
            failed |= number_add(condition, files[i].name, (long long)value);
        }
    }
    /* This one may be below zero. */
    if (first_line_read(line, sizeof(line), "%s/proc/sys/kernel/perf_event_paranoid", root) == 0) {
        failed |= number_add(condition, "perf_event_paranoid", strtoll(line, NULL, 10));
    }
    return failed;
}

static int process_add(json_t *condition)
{
    const char *tunables = getenv("GLIBC_TUNABLES");
    struct rlimit files;
    int failed = 0, slack_ns = prctl(PR_GET_TIMERSLACK);

    if (slack_ns >= 0) {
        failed |= number_add(condition, "timer_slack_ns", slack_ns);
    }
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        failed |= json_object_set_new(condition, "nofile_limit",
                                      files.rlim_cur == RLIM_INFINITY
                                          ? json_null()
                                          : json_integer((json_int_t)files.rlim_cur));
    }
    failed |= json_object_set_new(condition, "nproc_applies", json_boolean(getuid() != 0));
    failed |= json_object_set_new(condition, "glibc_tunables", json_boolean(tunables && *tunables));
    return failed;
}

json_t *condition_describe(const char *root)
{
    json_t *condition = json_object();
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    int failed = memory_add(condition, root) | kernel_add(condition, root) | process_add(condition);

    if (online > 0) {
        failed |= number_add(condition, "cpus_online", online);
    }
    if (failed) {
        json_decref(condition);
        return NULL;
    }
    return condition;
}
