/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is this machine described, without telling whose it is? */
#include "record/machine.h"

#include "base/affinity.h"
#include "record/probe.h"
#include "record/record.h"

#include <errno.h>
#include <pwd.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define SECRET "tvp-secret-8271"

static void labels_are_safe_as_names_of_folders(void **state)
{
    static const char *const bad[] = {"",    ".",        "..",  ".hidden", "-o",       "a/b",
                                      "a b", "\xc3\xa9", "a\n", "a:b",     "$(reboot)"};
    char label[80], edge[66];
    size_t i;

    (void)state;
    machine_default_label(label, sizeof(label));
    assert_int_equal(machine_label_check(label), 0);
    assert_int_equal(machine_label_check("laptop-8c_2.0"), 0);
    assert_int_equal(machine_label_check("_"), 0);
    for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        assert_int_equal(machine_label_check(bad[i]), -EINVAL);
    }
    memset(edge, 'x', sizeof(edge));
    edge[64] = '\0';
    assert_int_equal(machine_label_check(edge), 0);
    edge[64] = 'x';
    edge[65] = '\0';
    assert_int_equal(machine_label_check(edge), -EINVAL);
}

static void a_short_label_is_cut_and_stays_inside(void **state)
{
    char label[8];

    (void)state;
    memset(label, 0x5a, sizeof(label));
    machine_default_label(label, 5);
    assert_int_equal(strlen(label), 4);
    assert_int_equal(label[5], 0x5a);
}

static void cores_are_those_of_the_affinity(void **state)
{
    cpu_set_t before, one;
    int cpus[4096], first = 0;
    size_t count;

    (void)state;
    assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
    assert_int_equal(affinity_count(), CPU_COUNT(&before));
    count = machine_pin_order(cpus, 4096);
    assert_true(count >= 1 && count <= affinity_count());
    for (size_t i = 0; i < count; i++) {
        assert_true(CPU_ISSET(cpus[i], &before));
        for (size_t other = 0; other < i; other++) {
            assert_int_not_equal(cpus[i], cpus[other]);
        }
    }
    assert_int_equal(machine_pin_order(cpus, 1), 1);
    assert_int_equal(machine_pin_order(cpus, 0), 0);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        first = CPU_ISSET(cpu, &before) ? cpu : first;
    }
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
    count = machine_pin_order(cpus, 4096);
    first -= cpus[0];
    (void)sched_setaffinity(0, sizeof(before), &before);
    assert_int_equal(count, 1);
    assert_int_equal(first, 0);
}

static void what_is_described_agrees_with_the_system(void **state)
{
    json_t *machine = machine_describe("here"), *environment = environment_describe();
    json_t *cpu = json_object_get(machine, "cpu"), *clock;
    json_int_t threads = json_integer_value(json_object_get(cpu, "threads"));

    (void)state;
    assert_string_equal(json_string_value(json_object_get(machine, "label")), "here");
    assert_true(threads >= sysconf(_SC_NPROCESSORS_ONLN));
    assert_true(threads >= json_integer_value(json_object_get(cpu, "cores")));
    assert_int_equal(json_integer_value(json_object_get(machine, "memory_mib")),
                     sysconf(_SC_PHYS_PAGES) / (1048576 / sysconf(_SC_PAGESIZE)));
    assert_int_equal(json_integer_value(json_object_get(environment, "cpus_allowed")),
                     affinity_count());
    clock = json_object_get(environment, "clock");
    assert_in_range(json_integer_value(json_object_get(clock, "cost_ns")), 1, 100000);
    json_decref(machine);
    json_decref(environment);
}

/* A number that a result file cannot hold would spoil it. */
static void limits_beyond_all_numbers_are_left_out(void **state)
{
    static const struct {
        rlim_t limit;
        json_int_t recorded; /* -1: left out */
    } cases[] = {{7, 7}, {RECORD_NUMBER_MAX, RECORD_NUMBER_MAX}, {(rlim_t)1 << 53, -1}};
    struct rlimit before;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_NPROC, &before), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct rlimit made = {cases[i].limit, before.rlim_max};

        made.rlim_max = made.rlim_max < made.rlim_cur ? made.rlim_cur : made.rlim_max;
        if (setrlimit(RLIMIT_NPROC, &made) < 0) {
            continue; /* only root raises the hard one */
        }
        json_t *environment = environment_describe();
        const json_t *limit = json_object_get(environment, "nproc_limit");

        assert_int_equal(limit ? json_integer_value(limit) : -1, cases[i].recorded);
        json_decref(environment);
    }
    assert_int_equal(setrlimit(RLIMIT_NPROC, &before), 0);
}

static void the_program_is_described_without_folders(void **state)
{
    json_t *tool = tool_describe(), *text = options_describe("-O2 -I/home/x -DA=1 -B ../x -g");
    json_t *list = list_describe("address,undefined"), *none = list_describe("none");

    (void)state;
    assert_string_equal(json_string_value(json_object_get(tool, "name")), "tvp");
    assert_true(json_is_boolean(json_object_get(tool, "dirty")));
    assert_string_equal(json_string_value(text), "-O2 -DA=1 -B -g");
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(json_string_value(json_array_get(list, 1)), "undefined");
    assert_int_equal(json_array_size(none), 0);
    json_decref(tool);
    json_decref(text);
    json_decref(list);
    json_decref(none);
}

/* A name like "vm" or "root" occurs inside harmless words, so only whole words count. */
static void assert_word_absent(const char *text, const char *word)
{
    const char *found = text;
    const size_t length = strlen(word);
    static const char inside[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    while (length && (found = strstr(found, word))) {
        const bool starts = found == text || !strchr(inside, found[-1]);
        const bool ends = !found[length] || !strchr(inside, found[length]);

        if (starts && ends) {
            fail_msg("\"%s\" is in %s", word, text);
        }
        found += length;
    }
}

static void nobody_can_tell_whose_machine_it_is(void **state)
{
    static const char *const variables[] = {"HOME", "USER", "LOGNAME", "MAIL", "TVP_SECRET", NULL};
    char host[256] = "";
    struct passwd *user = getpwuid(getuid());
    json_t *all;
    char *text;
    size_t i;

    (void)state;
    /* With a name of our choice nothing can hide behind a harmless word. Only this process sees
     * it; where that is not allowed, the real name has to do. */
    if (!unshare(CLONE_NEWUTS) || !unshare(CLONE_NEWUSER | CLONE_NEWUTS)) {
        assert_int_equal(sethostname(SECRET, strlen(SECRET)), 0);
    }
    for (i = 0; variables[i]; i++) {
        assert_int_equal(setenv(variables[i], "/home/" SECRET, 1), 0);
    }
    all = json_pack("[o, o, o]", machine_describe("mine"), environment_describe(), tool_describe());
    text = json_dumps(all, JSON_COMPACT);
    assert_non_null(text);
    assert_int_equal(gethostname(host, sizeof(host) - 1), 0);
    assert_word_absent(text, host);
    assert_null(strstr(text, SECRET));
    if (user) {
        assert_word_absent(text, user->pw_name);
        /* "/" would be found in "w/ Radeon Graphics". */
        assert_true(strlen(user->pw_dir) < 2 || !strstr(text, user->pw_dir));
    }
    free(text);
    json_decref(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_safe_as_names_of_folders),
        cmocka_unit_test(a_short_label_is_cut_and_stays_inside),
        cmocka_unit_test(cores_are_those_of_the_affinity),
        cmocka_unit_test(what_is_described_agrees_with_the_system),
        cmocka_unit_test(limits_beyond_all_numbers_are_left_out),
        cmocka_unit_test(the_program_is_described_without_folders),
        cmocka_unit_test(nobody_can_tell_whose_machine_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
