/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far can the number of workers grow before the system says no? The tightest limit counts, and
 * is named, because it is the one to raise. */
#include "analysis/fitness_parts.h"

#define MEMORY_NOTE_MIB 1024
#define MEMORY_WARN_MIB 256
#define WORKERS_NOTE 4096
#define WORKERS_WARN 256
#define FILES_OF_TRIAL 32 /* pipes, modules and standard streams, generously */

struct bound {
    json_int_t workers;
    const char *name; /* NULL: none is known yet */
};

static void bound_tighten(struct bound *bound, json_int_t workers, const char *name)
{
    if (!bound->name || workers < bound->workers) {
        *bound = (struct bound){workers > 0 ? workers : 0, name};
    }
}

/* The limits that threads and processes share: the kernel counts both as tasks. */
static struct bound tasks_bound(const json_t *facts)
{
    static const struct {
        const char *section, *member, *name;
    } limits[] = {
        {"environment", "nproc_limit", "ulimit -u"},
        {"environment", "cgroup_pids_max", "pids.max of the cgroup"},
        {"condition", "pid_max", "kernel.pid_max"},
        {"condition", "threads_max", "kernel.threads-max"},
    };
    struct bound bound = {0};
    json_int_t value;

    for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
        /* ulimit -u does not hold for root. */
        const bool exempt = i == 0 && json_is_false(fact(facts, "condition", "nproc_applies"));

        if (!exempt && fact_count(facts, limits[i].section, limits[i].member, &value)) {
            bound_tighten(&bound, value, limits[i].name);
        }
    }
    return bound;
}

static void bound_report(const struct bound *bound, struct fitness_finding *finding)
{
    if (!bound->name) {
        return;
    }
    finding_set(finding,
                bound->workers < WORKERS_WARN   ? FITNESS_WARN
                : bound->workers < WORKERS_NOTE ? FITNESS_NOTE
                                                : FITNESS_OK,
                "cells with more workers than this will fail (and what runs already counts too): "
                "raise this limit, or ask for fewer workers",
                "at most %lld, by %s", (long long)bound->workers, bound->name);
}

/* A thread takes two mappings, its stack and the guard page below it. */
static void threads_check(const json_t *facts, struct fitness_finding *finding)
{
    struct bound bound = tasks_bound(facts);
    json_int_t maps;

    if (fact_count(facts, "condition", "max_map_count", &maps)) {
        bound_tighten(&bound, maps / 2, "vm.max_map_count");
    }
    bound_report(&bound, finding);
}

/* A worker process takes a descriptor in the trial: the pidfd that tells of its death. */
static void processes_check(const json_t *facts, struct fitness_finding *finding)
{
    struct bound bound = tasks_bound(facts);
    json_int_t files;

    if (fact_count(facts, "condition", "nofile_limit", &files)) {
        bound_tighten(&bound, files - FILES_OF_TRIAL, "ulimit -n");
    }
    bound_report(&bound, finding);
}

static void memory_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t mib;

    if (!fact_count(facts, "condition", "memory_available_mib", &mib)) {
        return;
    }
    finding_set(finding,
                mib < MEMORY_WARN_MIB   ? FITNESS_WARN
                : mib < MEMORY_NOTE_MIB ? FITNESS_NOTE
                                        : FITNESS_OK,
                "many workers will make the machine swap or be killed: end other programs",
                "%lld MiB available", (long long)mib);
}

const struct fitness_rule fitness_limit_rules[] = {
    {"memory", memory_check},
    {"threads", threads_check},
    {"processes", processes_check},
    {NULL, NULL},
};
