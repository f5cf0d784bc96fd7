/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Over time, or across machines? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/fingerprint.h"

#include <stdlib.h>
#include <string.h>

static const char head_text[] =
    "{\"machine\": {\"label\": \"a\", \"cpu\": {\"arch\": \"x86_64\", \"model\": \"M\","
    " \"cores\": 2, \"threads\": 4}, \"virtualisation\": \"kvm\", \"container\": \"none\"},"
    " \"environment\": {\"kernel\": \"Linux 6.1.0\", \"libc\": \"glibc 2.36\", \"governor\": \"p\","
    " \"turbo\": false, \"smt\": true, \"aslr\": 2, \"cpus_allowed\": 4,"
    " \"thp\": \"madvise\", \"malloc_perturb\": false,"
    " \"cgroup_cpu_quota_milli\": 1500, \"load_1min_milli\": 3, \"clock\": {\"source\": \"tsc\"}},"
    " \"tool\": {\"version\": \"0.1.0\", \"build\": {\"compiler\": \"gcc 12\", \"options\": "
    "\"-O3\","
    " \"buildtype\": \"release\", \"sanitizers\": []}},"
    " \"config\": {\"pin\": false, \"warmup_blocks\": 2, \"blocks\": 8, \"seed\": 7}}";

static struct record record_make(void)
{
    struct record record = {.head = json_loads(head_text, 0, NULL)};

    assert_non_null(record.head);
    return record;
}

/* The object that holds the last member of a path. */
static json_t *holder(const struct record *record, const char *path, const char **ret_last)
{
    json_t *node = record->head;
    const char *dot;

    while ((dot = strchr(path, '.'))) {
        char step[40] = "";

        memcpy(step, path, (size_t)(dot - path));
        node = json_object_get(node, step);
        assert_non_null(node);
        path = dot + 1;
    }
    *ret_last = path;
    return node;
}

static void every_key_is_in_a_file_and_tells(void **state)
{
    struct record a = record_make();
    unsigned keys = 0;

    (void)state;
    assert_int_equal(fingerprint_difference(&a, &a), 0);
    for (size_t i = 0; fingerprint_keys[i].name; i++, keys++) {
        struct record b = record_make();
        const char *last = NULL;
        json_t *object = holder(&b, fingerprint_keys[i].path, &last);

        /* Left out where it is as usual. */
        bool usual = strcmp(last, "stamps") == 0;
        assert_true(usual == !json_object_get(object, last));
        assert_int_equal(json_object_set_new(object, last, json_string("other")), 0);
        assert_int_equal(fingerprint_difference(&a, &b), (uint32_t)1 << i);
        assert_int_equal(fingerprint_bit(fingerprint_keys[i].name), (uint32_t)1 << i);
        /* What could not be read is not taken as equal to what was. */
        assert_int_equal(json_object_del(object, last), 0);
        assert_int_equal(fingerprint_difference(&a, &b), usual ? 0 : (uint32_t)1 << i);
        assert_int_equal(fingerprint_difference(&b, &b), 0);
        record_release(&b);
    }
    assert_in_range(keys, 20, 32);
    assert_true(fingerprint_bit("thp") && fingerprint_bit("malloc-perturb"));
    assert_int_equal(fingerprint_bit("load"), 0);
    record_release(&a);
}

static void label_load_and_seed_do_not_matter(void **state)
{
    static const char *const paths[] = {"machine.label", "environment.load_1min_milli",
                                        "config.seed"};
    struct record a = record_make();

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct record b = record_make();
        const char *last = NULL;
        json_t *object = holder(&b, paths[i], &last);

        assert_int_equal(json_object_set_new(object, last, json_string("other")), 0);
        assert_int_equal(fingerprint_difference(&a, &b), 0);
        record_release(&b);
    }
    record_release(&a);
}

static void check_text(const struct record *record, const char *name, const char *expected)
{
    char text[FINGERPRINT_TEXT_SIZE];

    for (size_t i = 0; fingerprint_keys[i].name; i++) {
        if (strcmp(fingerprint_keys[i].name, name) == 0) {
            assert_string_equal(fingerprint_text(record, &fingerprint_keys[i], text), expected);
            return;
        }
    }
    fail_msg("no key %s", name);
}

static void values_are_words(void **state)
{
    struct record record = record_make();
    json_t *environment = json_object_get(record.head, "environment");
    json_t *build = json_object_get(json_object_get(record.head, "tool"), "build");
    char endless[200];

    (void)state;
    check_text(&record, "kernel", "6.1.0");
    check_text(&record, "turbo", "off");
    check_text(&record, "smt", "on");
    check_text(&record, "cores", "2");
    check_text(&record, "quota", "1.5");
    check_text(&record, "sanitizers", "none");
    (void)json_object_set_new(build, "sanitizers", json_pack("[s,s]", "address", "undefined"));
    check_text(&record, "sanitizers", "address,undefined");
    (void)json_object_set_new(environment, "cgroup_cpu_quota_milli", json_null());
    check_text(&record, "quota", "none");
    (void)json_object_del(environment, "kernel");
    check_text(&record, "kernel", "unknown");
    memset(endless, 'x', sizeof(endless));
    endless[sizeof(endless) - 1] = '\0';
    (void)json_object_set_new(environment, "libc", json_string(endless));
    endless[FINGERPRINT_TEXT_SIZE - 1] = '\0';
    check_text(&record, "libc", endless);
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_in_a_file_and_tells),
        cmocka_unit_test(label_load_and_seed_do_not_matter),
        cmocka_unit_test(values_are_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
