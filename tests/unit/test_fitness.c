/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is every check right about machines that are made up for it? */
#include "analysis/fitness.h"
#include "output/fitness_text.h"

#include "tests/unit/text_fixture.h"

static const struct fitness_check *find(const struct fitness *fitness, const char *name)
{
    for (size_t i = 0; i < fitness->count; i++) {
        if (strcmp(fitness->checks[i].name, name) == 0) {
            return &fitness->checks[i];
        }
    }
    return NULL;
}

/* One check of a machine of which only this is known. level -1: it is left out. */
struct machine_case {
    const char *name, *facts;
    int level;
    const char *value; /* NULL: not looked at */
};

#define ENVIRONMENT(text) "{'environment': {" text "}}"
#define CLOCK(text) ENVIRONMENT("'clock': {" text "}")
#define CONDITION(text) "{'condition': {" text "}}"
#define BUILD(text) "{'tool': {'build': {" text "}}}"
#define LOAD(text) "{'load': {" text "}}"

static const struct machine_case machine_cases[] = {
    {"build", BUILD("'buildtype': 'release', 'sanitizers': []"), FITNESS_OK, "release"},
    {"build", BUILD("'buildtype': 'debug', 'options': '-O0'"), FITNESS_WARN, "debug"},
    {"build", BUILD("'buildtype': 'plain', 'options': '-O2 -g'"), FITNESS_OK, "plain"},
    {"build", BUILD("'buildtype': 'release', 'sanitizers': ['thread']"), FITNESS_WARN,
     "release, sanitizer thread"},
    {"clock", CLOCK("'source': 'tsc', 'cost_ns': 100, 'resolution_ns': 1"), FITNESS_OK,
     "tsc, 100 ns a call"},
    {"clock", CLOCK("'source': 'tsc', 'cost_ns': 101, 'resolution_ns': 1"), FITNESS_NOTE, NULL},
    {"clock", CLOCK("'source': 'hpet', 'cost_ns': 1001, 'resolution_ns': 1"), FITNESS_WARN, NULL},
    {"clock", CLOCK("'cost_ns': 9, 'resolution_ns': 4000000"), FITNESS_WARN,
     "source not known, 9 ns a call"},
    {"governor", ENVIRONMENT("'governor': 'performance'"), FITNESS_OK, "performance"},
    {"governor", ENVIRONMENT("'governor': 'schedutil'"), FITNESS_NOTE, NULL},
    {"governor", ENVIRONMENT("'governor': 'powersave'"), FITNESS_WARN, NULL},
    {"governor", "{'condition': {}}", FITNESS_OK, "not to be seen from here"},
    {"governor", "{'environment': {}}", -1, NULL},
    {"turbo", ENVIRONMENT("'turbo': true"), FITNESS_NOTE, "on"},
    {"turbo", ENVIRONMENT("'turbo': false"), FITNESS_OK, "off"},
    {"thp", ENVIRONMENT("'thp': 'always'"), FITNESS_NOTE, "always"},
    {"thp", ENVIRONMENT("'thp': 'madvise'"), FITNESS_OK, NULL},
    {"aslr", ENVIRONMENT("'aslr': 0"), FITNESS_NOTE, "off"},
    {"aslr", ENVIRONMENT("'aslr': 2"), FITNESS_OK, "on"},
    {"malloc", ENVIRONMENT("'malloc_perturb': true"), FITNESS_WARN, NULL},
    {"malloc", ENVIRONMENT("'malloc_perturb': false"), FITNESS_OK, NULL},
    {"malloc", CONDITION("'glibc_tunables': true"), FITNESS_NOTE, NULL},
    {"timer-slack", CONDITION("'timer_slack_ns': 50000"), FITNESS_OK,
     "50 us here, trials set 1 ns"},
    {"perf", CONDITION("'perf_event_paranoid': 2"), FITNESS_OK, NULL},
    {"perf", CONDITION("'perf_event_paranoid': -1"), FITNESS_OK, "perf_event_paranoid -1"},
    {"perf", CONDITION("'perf_event_paranoid': 3"), FITNESS_NOTE, NULL},
    {"cpus", ENVIRONMENT("'cpus_allowed': 1"), FITNESS_WARN, NULL},
    {"cpus", "{'environment': {'cpus_allowed': 4}, 'condition': {'cpus_online': 4}}", FITNESS_OK,
     "4 of 4 allowed"},
    {"cpus", "{'environment': {'cpus_allowed': 3}, 'condition': {'cpus_online': 4}}", FITNESS_NOTE,
     "3 of 4 allowed"},
    {"smt", ENVIRONMENT("'smt': true"), FITNESS_NOTE, "on"},
    {"smt", ENVIRONMENT("'smt': false"), FITNESS_OK, "off"},
    {"cpu-quota", ENVIRONMENT("'cpus_allowed': 2, 'cgroup_cpu_quota_milli': null"), FITNESS_OK,
     "none"},
    {"cpu-quota", ENVIRONMENT("'cpus_allowed': 2, 'cgroup_cpu_quota_milli': 2000"), FITNESS_OK,
     "2.00 CPUs"},
    {"cpu-quota", ENVIRONMENT("'cpus_allowed': 2, 'cgroup_cpu_quota_milli': 1999"), FITNESS_WARN,
     "1.99 CPUs"},
    {"cpu-quota", ENVIRONMENT("'cpus_allowed': 2"), -1, NULL},
    {"virtual", "{'machine': {'virtualisation': 'none', 'container': 'none'}}", FITNESS_OK, "none"},
    {"virtual", "{'machine': {'virtualisation': 'kvm', 'container': 'docker'}}", FITNESS_NOTE,
     "kvm, container docker"},
    {"virtual", "{'machine': {'virtualisation': 'none', 'container': 'podman'}}", FITNESS_OK,
     "container podman"},
    {"load-average", ENVIRONMENT("'cpus_allowed': 2, 'load_1min_milli': 500"), FITNESS_OK, "0.50"},
    {"load-average", ENVIRONMENT("'cpus_allowed': 2, 'load_1min_milli': 510"), FITNESS_NOTE, NULL},
    {"foreign-load", LOAD("'foreign_permille': 100"), FITNESS_OK, "10.0 % of a CPU"},
    {"foreign-load", LOAD("'foreign_permille': 101"), FITNESS_NOTE, NULL},
    {"foreign-load", LOAD("'foreign_permille': 250"), FITNESS_NOTE, NULL},
    {"foreign-load", LOAD("'foreign_permille': 251"), FITNESS_WARN, "25.1 % of a CPU"},
    {"foreign-load", LOAD(""), -1, NULL},
    {"steal", LOAD("'steal_permille': 0"), FITNESS_OK, NULL},
    {"steal", LOAD("'steal_permille': 10"), FITNESS_NOTE, NULL},
    {"steal", LOAD("'steal_permille': 11"), FITNESS_WARN, "1.1 %"},
    {"pressure", LOAD("'pressure_permille': 250, 'foreign_permille': 900"), FITNESS_OK, NULL},
    {"pressure", LOAD("'pressure_permille': 251, 'foreign_permille': 75"), FITNESS_NOTE, NULL},
    {"pressure", LOAD("'pressure_permille': 251, 'foreign_permille': 76"), FITNESS_WARN, NULL},
    {"memory", CONDITION("'memory_available_mib': 1024"), FITNESS_OK, "1024 MiB available"},
    {"memory", CONDITION("'memory_available_mib': 1023"), FITNESS_NOTE, NULL},
    {"memory", CONDITION("'memory_available_mib': 255"), FITNESS_WARN, NULL},
    {"threads", CONDITION("'pid_max': 32768, 'max_map_count': 65530"), FITNESS_OK,
     "at most 32765, by vm.max_map_count"},
    {"threads", "{'environment': {'nproc_limit': 4095}, 'condition': {'pid_max': 32768}}",
     FITNESS_NOTE, "at most 4095, by ulimit -u"},
    {"threads",
     "{'environment': {'nproc_limit': 99}, 'condition': {'pid_max': 32768, 'nproc_applies': "
     "false}}",
     FITNESS_OK, "at most 32768, by kernel.pid_max"},
    {"threads", ENVIRONMENT("'cgroup_pids_max': 255, 'nproc_limit': null"), FITNESS_WARN,
     "at most 255, by pids.max of the cgroup"},
    {"threads", CONDITION("'threads_max': 4096"), FITNESS_OK, NULL},
    {"threads", "{}", -1, NULL},
    {"processes", CONDITION("'pid_max': 32768, 'nofile_limit': 1024"), FITNESS_NOTE,
     "at most 992, by ulimit -n"},
    {"processes", CONDITION("'pid_max': 32768, 'nofile_limit': 20"), FITNESS_WARN,
     "at most 0, by ulimit -n"},
    {"processes", CONDITION("'pid_max': 32768, 'nofile_limit': null"), FITNESS_OK, NULL},
};

static void each_check_of_a_machine_knows_its_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(machine_cases) / sizeof(*machine_cases); i++) {
        const struct machine_case *test = &machine_cases[i];
        struct fitness fitness = {.count = 0};
        char text[256];

        (void)snprintf(text, sizeof(text), "%s", test->facts);
        for (char *c = strchr(text, '\''); c; c = strchr(c, '\'')) {
            *c = '"';
        }
        json_t *facts = json_loads(text, 0, NULL);
        assert_non_null(facts);
        fitness_check_machine(facts, &fitness);
        const struct fitness_check *check = find(&fitness, test->name);

        if ((check ? (int)check->level : -1) != test->level) {
            fail_msg("%s of %s: %d", test->name, text, check ? (int)check->level : -1);
        }
        if (check) {
            assert_string_equal(check->value, test->value ? test->value : check->value);
            /* Whoever is told of something is told what to do. */
            assert_int_equal(check->advice == NULL, check->level == FITNESS_OK);
        }
        json_decref(facts);
    }
}

static void text_of_a_file_cannot_reach_the_terminal(void **state)
{
    struct fitness fitness = {.count = 0};
    struct capture capture;
    json_t *facts =
        json_pack("{s:{s:s, s:b}}", "environment", "governor", "\033[2J\xc3\xa9", "smt", 1);

    (void)state;
    fitness_check_machine(facts, &fitness);
    assert_string_equal(find(&fitness, "governor")->value, "?[2J??");
    capture_begin(&capture);
    assert_int_equal(fitness_write(capture.file, "a\033b", &fitness, &ascii), 0);
    capture_end(&capture, &ascii,
                "a?b\n"
                "  note  governor      ?[2J??: the frequency follows the load, so short samples\n"
                "                      run slower than long ones: cpupower frequency-set -g\n"
                "                      performance\n"
                "  note  smt           on: two workers on one core are each slower than one\n"
                "                      alone: --pin uses one hardware thread a core first\n"
                "0 warnings and 2 notes in 2 checks: nothing stands in the way.\n");
    json_decref(facts);
}

/* However many there are, they are summed up in one line. */
static void the_last_line_sums_up(void **state)
{
    struct fitness fitness = {.count = FITNESS_CHECKS_MAX};
    struct capture capture;

    (void)state;
    for (size_t i = 0; i < FITNESS_CHECKS_MAX; i++) {
        fitness.checks[i] = (struct fitness_check){
            .name = "x", .level = i < 16 ? FITNESS_WARN : FITNESS_NOTE, .value = "y"};
    }
    capture_begin(&capture);
    assert_int_equal(fitness_write(capture.file, "z", &fitness, &ascii), 0);
    (void)fflush(capture.file);
    assert_non_null(strstr(capture.text,
                           "y\n16 warnings and 16 notes in 32 checks: mind the warnings first.\n"));
    capture_end(&capture, &ascii, NULL);
}

static void json_has_all_that_the_text_has(void **state)
{
    struct fitness fitness = {.count = 0};
    json_t *facts = json_pack("{s:{s:s, s:b}}", "environment", "governor", "powersave", "smt", 0);

    (void)state;
    fitness_check_machine(facts, &fitness);
    json_t *checks = fitness_to_json(&fitness), *first = json_array_get(checks, 0);
    assert_int_equal(json_array_size(checks), 2);
    assert_int_equal(fitness_count(&fitness, FITNESS_WARN), 1);
    assert_int_equal(fitness_count(&fitness, FITNESS_OK), 1);
    assert_string_equal(json_string_value(json_object_get(first, "id")), "governor");
    assert_string_equal(json_string_value(json_object_get(first, "level")), "warn");
    assert_string_equal(json_string_value(json_object_get(first, "value")), "powersave");
    assert_non_null(json_string_value(json_object_get(first, "advice")));
    assert_true(json_is_null(json_object_get(json_array_get(checks, 1), "advice")));
    json_decref(checks);
    json_decref(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_of_a_machine_knows_its_limits),
        cmocka_unit_test(text_of_a_file_cannot_reach_the_terminal),
        cmocka_unit_test(the_last_line_sums_up),
        cmocka_unit_test(json_has_all_that_the_text_has),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
