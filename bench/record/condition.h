/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `tvp check` asks of a machine beyond what a result file says of it: limits that bound the
 * number of workers, and settings that hold for this moment or this shell only. */
#ifndef TVP_CONDITION_H
#define TVP_CONDITION_H

#include <jansson.h>

/* A new reference, or NULL without memory. What cannot be read is left out; null is "no limit".
 * root stands before every path, as in probe.h. Members: cpus_online, glibc_tunables (is it set?),
 * max_map_count, memory_available_mib, nofile_limit, nproc_applies (root is exempt from
 * environment.nproc_limit), perf_event_paranoid, pid_max, threads_max, timer_slack_ns. */
json_t *condition_describe(const char *root);

#endif
