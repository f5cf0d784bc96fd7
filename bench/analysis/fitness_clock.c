/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a second mean the same thing all the time? Build, clock, frequency, memory layout. */
#include "analysis/fitness_parts.h"

#include <string.h>

#define CLOCK_COST_NOTE_NS 100
#define CLOCK_COST_WARN_NS 1000

static void build_check(const json_t *facts, struct fitness_finding *finding)
{
    const json_t *build = fact(facts, "tool", "build");
    const char *type = json_string_value(json_object_get(build, "buildtype"));
    const char *options = json_string_value(json_object_get(build, "options"));
    const json_t *sanitizers = json_object_get(build, "sanitizers");

    if (!type) {
        return;
    }
    /* Distributions build "plain" and bring their own options. */
    const bool optimised = strcmp(type, "release") == 0 || strcmp(type, "debugoptimized") == 0 ||
                           (options && (strstr(options, "-O2") || strstr(options, "-O3")));
    if (json_array_size(sanitizers) > 0) {
        finding_set(finding, FITNESS_WARN,
                    "sanitizers make everything slower, and some things more than others: "
                    "rebuild without -Db_sanitize",
                    "%.20s, sanitizer %.40s", type,
                    json_string_value(json_array_get(sanitizers, 0)));
    } else if (!optimised) {
        finding_set(finding, FITNESS_WARN,
                    "without optimisation the harness itself is what is measured: rebuild with "
                    "--buildtype=release",
                    "%.40s", type);
    } else {
        finding_set(finding, FITNESS_OK, NULL, "%.40s", type);
    }
}

static void clock_check(const json_t *facts, struct fitness_finding *finding)
{
    const json_t *clock = fact(facts, "environment", "clock");
    const char *source = json_string_value(json_object_get(clock, "source"));
    const json_int_t cost_ns = json_integer_value(json_object_get(clock, "cost_ns"));
    enum fitness_level level = FITNESS_OK;

    if (!clock) {
        return;
    }
    if (cost_ns > CLOCK_COST_WARN_NS ||
        json_integer_value(json_object_get(clock, "resolution_ns")) > 1000) {
        level = FITNESS_WARN;
    } else if (cost_ns > CLOCK_COST_NOTE_NS) {
        level = FITNESS_NOTE;
    }
    finding_set(finding, level,
                "every stamp is a system call or waits for a slow device: see "
                "/sys/devices/system/clocksource for a faster source, and do not trust times per "
                "task below 100 times the cost",
                "%.40s, %lld ns a call", source ? source : "source not known", (long long)cost_ns);
}

/* Said of the machine at hand only: who looks for a governor is to know that it was looked for. */
static void hidden_report(const json_t *facts, struct fitness_finding *finding)
{
    if (json_object_get(facts, "condition")) {
        finding_set(finding, FITNESS_OK, NULL, "not to be seen from here");
    }
}

static void governor_check(const json_t *facts, struct fitness_finding *finding)
{
    const char *governor = fact_text(facts, "environment", "governor");

    if (!governor) {
        hidden_report(facts, finding);
        return;
    }
    finding_set(finding,
                strcmp(governor, "performance") == 0 ? FITNESS_OK
                : strcmp(governor, "powersave") == 0 ? FITNESS_WARN
                                                     : FITNESS_NOTE,
                "the frequency follows the load, so short samples run slower than long ones: "
                "cpupower frequency-set -g performance",
                "%.40s", governor);
}

static void turbo_check(const json_t *facts, struct fitness_finding *finding)
{
    const json_t *turbo = fact(facts, "environment", "turbo");

    if (!json_is_boolean(turbo)) {
        hidden_report(facts, finding);
        return;
    }
    finding_set(finding, json_is_true(turbo) ? FITNESS_NOTE : FITNESS_OK,
                "few busy CPUs run faster than many, so serial looks better than it is at an even "
                "frequency: write 1 to intel_pstate/no_turbo or 0 to cpufreq/boost",
                "%s", json_is_true(turbo) ? "on" : "off");
}

static void thp_check(const json_t *facts, struct fitness_finding *finding)
{
    const char *thp = fact_text(facts, "environment", "thp");

    if (!thp) {
        return;
    }
    finding_set(finding, strcmp(thp, "always") == 0 ? FITNESS_NOTE : FITNESS_OK,
                "a first touch may clear 2 MiB instead of 4 KiB, which costs forks and new stacks "
                "more: compare only with runs that have the same setting",
                "%.40s", thp);
}

static void aslr_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t level;

    if (!fact_count(facts, "environment", "aslr", &level)) {
        return;
    }
    finding_set(finding, level > 0 ? FITNESS_OK : FITNESS_NOTE,
                "all trials have the same memory layout, which may favour one strategy by chance: "
                "sysctl kernel.randomize_va_space=2",
                "%s", level > 0 ? "on" : "off");
}

static void malloc_check(const json_t *facts, struct fitness_finding *finding)
{
    const json_t *perturb = fact(facts, "environment", "malloc_perturb");

    if (json_is_true(perturb)) {
        finding_set(finding, FITNESS_WARN,
                    "malloc fills all memory it hands out (`meson test` asks for that): unset "
                    "MALLOC_PERTURB_",
                    "MALLOC_PERTURB_ is set");
    } else if (fact_true(facts, "condition", "glibc_tunables")) {
        finding_set(finding, FITNESS_NOTE,
                    "the allocator and locks may behave as nowhere else: unset it unless that is "
                    "what you study",
                    "GLIBC_TUNABLES is set");
    } else if (json_is_boolean(perturb)) {
        finding_set(finding, FITNESS_OK, NULL, "as usual");
    }
}

/* What the trials inherit does not matter: they set 1 ns for themselves. */
static void slack_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t slack_ns;

    if (fact_count(facts, "condition", "timer_slack_ns", &slack_ns)) {
        finding_set(finding, FITNESS_OK, NULL, "%lld us here, trials set 1 ns",
                    (long long)slack_ns / 1000);
    }
}

static void perf_check(const json_t *facts, struct fitness_finding *finding)
{
    json_int_t paranoid;

    if (!fact_count(facts, "condition", "perf_event_paranoid", &paranoid)) {
        return;
    }
    finding_set(finding, paranoid > 2 ? FITNESS_NOTE : FITNESS_OK,
                "tvp needs no counters, but `perf stat tvp-trial ...` will not work: sysctl "
                "kernel.perf_event_paranoid=2",
                "perf_event_paranoid %lld", (long long)paranoid);
}

const struct fitness_rule fitness_clock_rules[] = {
    {"build", build_check},       {"clock", clock_check},
    {"governor", governor_check}, {"turbo", turbo_check},
    {"thp", thp_check},           {"aslr", aslr_check},
    {"malloc", malloc_check},     {"timer-slack", slack_check},
    {"perf", perf_check},         {NULL, NULL},
};
