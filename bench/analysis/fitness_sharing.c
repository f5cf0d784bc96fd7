/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many CPUs are there for us, and who else wants them? */
#include "analysis/fitness_parts.h"
#include "record/load.h"

#include <string.h>

#define FOREIGN_NOTE 100 /* permille of a CPU */

static void cpus_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t allowed, online;

    if (!fact_count(facts, "environment", "cpus_allowed", &allowed)) {
        return;
    }
    if (!fact_count(facts, "condition", "cpus_online", &online)) {
        online = allowed;
    }
    if (allowed < 2) {
        finding_set(finding, FITNESS_WARN,
                    "nothing can run at the same time, so only waiting can overlap: allow more "
                    "CPUs (taskset, cpuset)",
                    "1 of %lld allowed", (long long)online);
    } else {
        finding_set(finding, allowed < online ? FITNESS_NOTE : FITNESS_OK,
                    "results hold for this part of the machine; look at taskset or the cpuset if "
                    "you did not want that",
                    "%lld of %lld allowed", (long long)allowed, (long long)online);
    }
}

static void smt_check(const json_t *facts, struct fitness_finding *finding)
{
    const json_t *smt = fact(facts, "environment", "smt");

    if (!json_is_boolean(smt)) {
        return;
    }
    finding_set(finding, json_is_true(smt) ? FITNESS_NOTE : FITNESS_OK,
                "two workers on one core are each slower than one alone: --pin uses one hardware "
                "thread a core first",
                "%s", json_is_true(smt) ? "on" : "off");
}

static void quota_check(const json_t *facts, struct fitness_finding *finding)
{
    const json_t *known = fact(facts, "environment", "cgroup_cpu_quota_milli");
    json_int_t allowed = 0, quota = json_integer_value(known);

    if (!known) {
        return;
    }
    (void)fact_count(facts, "environment", "cpus_allowed", &allowed);
    if (json_is_null(known)) {
        finding_set(finding, FITNESS_OK, NULL, "none");
    } else {
        finding_set(finding, quota < allowed * 1000 ? FITNESS_WARN : FITNESS_OK,
                    "whoever uses more is stopped for the rest of every period, which hits "
                    "parallel strategies only: lift it (docker --cpus, CPUQuota=) or pin to fewer "
                    "CPUs",
                    "%lld.%02lld CPUs", (long long)quota / 1000, (long long)quota % 1000 / 10);
    }
}

static void virtual_check(const json_t *facts, struct fitness_finding *finding)
{
    const char *hypervisor = fact_text(facts, "machine", "virtualisation");
    const char *container = fact_text(facts, "machine", "container");
    const bool is_virtual = hypervisor && strcmp(hypervisor, "none") != 0;
    const bool contained = container && strcmp(container, "none") != 0;

    if (!hypervisor && !container) {
        return;
    }
    finding_set(finding, is_virtual ? FITNESS_NOTE : FITNESS_OK,
                "neighbours that cannot be seen from here share caches and CPUs: mind steal, and "
                "believe ratios inside a run rather than times between runs",
                "%.30s%s%.30s",
                is_virtual  ? hypervisor
                : contained ? ""
                            : "none",
                is_virtual && contained ? ", container "
                : contained             ? "container "
                                        : "",
                contained ? container : "");
}

static void load_average_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t load, allowed = 1;

    if (!fact_count(facts, "environment", "load_1min_milli", &load)) {
        return;
    }
    (void)fact_count(facts, "environment", "cpus_allowed", &allowed);
    finding_set(finding, load > 250 * allowed ? FITNESS_NOTE : FITNESS_OK,
                "someone used this machine in the last minutes (or you did): let it come to rest",
                "%lld.%02lld", (long long)load / 1000, (long long)load % 1000 / 10);
}

static void foreign_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t share;

    if (!fact_count(facts, "load", "foreign_permille", &share)) {
        return;
    }
    finding_set(finding,
                share > LOAD_FOREIGN_LIMIT ? FITNESS_WARN
                : share > FOREIGN_NOTE     ? FITNESS_NOTE
                                           : FITNESS_OK,
                "other programs take CPU time; epochs above 25 % are left out: find "
                "them with top and wait, or expect \"cannot tell\"",
                "%lld.%lld %% of a CPU", (long long)share / 10, (long long)share % 10);
}

static void steal_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t share;

    if (!fact_count(facts, "load", "steal_permille", &share)) {
        return;
    }
    finding_set(finding,
                share > LOAD_STEAL_LIMIT ? FITNESS_WARN
                : share > 0              ? FITNESS_NOTE
                                         : FITNESS_OK,
                "the hypervisor gave our CPUs to others; nothing inside the machine helps: measure "
                "longer, at another time, or on a machine of your own",
                "%lld.%lld %%", (long long)share / 10, (long long)share % 10);
}

static void pressure_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t share, foreign = 0;

    if (!fact_count(facts, "load", "pressure_permille", &share)) {
        return;
    }
    (void)fact_count(facts, "load", "foreign_permille", &foreign);
    finding_set(finding,
                share <= LOAD_PRESSURE_LIMIT      ? FITNESS_OK
                : foreign > LOAD_PRESSURE_FOREIGN ? FITNESS_WARN
                                                  : FITNESS_NOTE,
                "programs wait for a free CPU, and so will the trials: see foreign-load",
                "%lld.%lld %% of the time", (long long)share / 10, (long long)share % 10);
}

const struct fitness_rule fitness_sharing_rules[] = {
    {"cpus", cpus_check},
    {"smt", smt_check},
    {"cpu-quota", quota_check},
    {"virtual", virtual_check},
    {"load-average", load_average_check},
    {"foreign-load", foreign_check},
    {"steal", steal_check},
    {"pressure", pressure_check},
    {NULL, NULL},
};
