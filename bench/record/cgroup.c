/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits that affinity does not show: a container of "half a CPU" sees all cores and is stopped
 * for half of the time. The tightest limit from the own group up to the root counts. */
#include "record/probe.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOUNT "/sys/fs/cgroup"

/* Reads one folder: 0, -ENODATA (no limit here) or -ENOENT (it says nothing). */
typedef int limit_reader(const char *folder, uint64_t *ret_value);

static int cpu_quota_of(const char *folder, uint64_t *ret_value)
{
    uint64_t quota, period;
    char line[64], *end;

    if (!first_line_read(line, sizeof(line), "%s/cpu.max", folder)) {
        quota = strtoull(line, &end, 10);
        if (!isdigit((unsigned char)line[0])) {
            return -ENODATA;
        }
        period = strtoull(end, NULL, 10);
    } else {
        if (first_line_read(line, sizeof(line), "%s/cpu.cfs_quota_us", folder) ||
            first_number_read(&period, "%s/cpu.cfs_period_us", folder)) {
            return -ENOENT;
        }
        if (!isdigit((unsigned char)line[0])) {
            return -ENODATA; /* -1 */
        }
        quota = strtoull(line, NULL, 10);
    }
    /* A quota is microseconds: below 2^53 it cannot overflow here. */
    if (!period || quota > UINT64_MAX / 2048) {
        return -ENOENT;
    }
    *ret_value = (quota * 1000 + period / 2) / period;
    return 0;
}

static int pids_max_of(const char *folder, uint64_t *ret_value)
{
    int r = first_number_read(ret_value, "%s/pids.max", folder);

    return r == -EINVAL ? -ENODATA : (r ? -ENOENT : 0);
}

/* In a container the path may be that of the host, of which only the end is mounted; then the
 * upper folders are missing and the walk ends at the container's own root. */
static int hierarchy_read(const char *base, const char *path, limit_reader *reader,
                          uint64_t *ret_value)
{
    char folder[PATH_MAX];
    uint64_t value;
    int length, result = -ENOENT;
    size_t base_length = strlen(base);

    length = snprintf(folder, sizeof(folder), "%s%s", base, path);
    if (length < 0 || (size_t)length >= sizeof(folder)) {
        return -ENOENT;
    }
    for (;;) {
        int r = reader(folder, &value);
        char *slash;

        if (!r && (result || value < *ret_value)) {
            *ret_value = value;
            result = 0;
        } else if (r == -ENODATA && result == -ENOENT) {
            result = -ENODATA;
        }
        slash = strrchr(folder, '/');
        if (!slash || slash < folder + base_length) {
            return result;
        }
        *slash = '\0';
    }
}

static bool word_in_list(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (; *list; list += strcspn(list, ","), list += *list == ',') {
        if (strcspn(list, ",") == length && !strncmp(list, word, length)) {
            return true;
        }
    }
    return false;
}

/* One line of /proc/self/cgroup: "4:cpu,cpuacct:/path" (version 1) or "0::/path" (version 2). */
static int line_limit_read(const char *root, char *line, const char *controller,
                           limit_reader *reader, uint64_t *ret_value)
{
    char base[PATH_MAX];
    char *controllers = strchr(line, ':'), *path;
    const char *folder;
    int length;

    path = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!path) {
        return -ENOENT;
    }
    controllers++;
    *path++ = '\0';
    path[strcspn(path, "\n")] = '\0';
    folder = "";
    if (*controllers) {
        if (!word_in_list(controllers, controller)) {
            return -ENOENT;
        }
        folder = controllers;
    }
    length = snprintf(base, sizeof(base), "%s" MOUNT "%s%s", root, *folder ? "/" : "", folder);
    if (length < 0 || (size_t)length >= sizeof(base)) {
        return -ENOENT;
    }
    return hierarchy_read(base, path, reader, ret_value);
}

static int limit_read(const char *root, const char *controller, limit_reader *reader,
                      uint64_t *ret_value)
{
    char name[PATH_MAX], *line = NULL;
    size_t capacity = 0;
    uint64_t value = 0, best = UINT64_MAX;
    int length, result = -ENOENT;
    FILE *file;

    length = snprintf(name, sizeof(name), "%s/proc/self/cgroup", root);
    if (length < 0 || (size_t)length >= sizeof(name)) {
        return -ENOENT;
    }
    file = fopen(name, "re");
    if (!file) {
        return -ENOENT;
    }
    while (getline(&line, &capacity, file) > 0) {
        int r = line_limit_read(root, line, controller, reader, &value);

        if (!r) {
            best = value < best ? value : best;
            result = 0;
        } else if (r == -ENODATA && result) {
            result = -ENODATA;
        }
    }
    free(line);
    (void)fclose(file);
    if (!result) {
        *ret_value = best;
    }
    return result;
}

int cgroup_cpu_quota_read(const char *root, uint64_t *ret_thousandths)
{
    return limit_read(root, "cpu", cpu_quota_of, ret_thousandths);
}

int cgroup_pids_max_read(const char *root, uint64_t *ret_count)
{
    return limit_read(root, "pids", pids_max_of, ret_count);
}
