/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workload that starts programs: words reach them as they are, and ends are told. */
#include "workload_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void words_arrive_as_they_are(void **state)
{
    static const char *const lines[] = {
        "argv=true",
        "argv=test  a = a",
        "argv=test a\\sb;$(false)* = a\\sb;$(false)*",
        "argv=test \\\\s\\n = \\\\s\\n",
        "argv=test -z \\e",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct fixture fixture;

        fixture_open(&fixture, "command", 3, SETS(lines[i]));
        fixture_sample(&fixture, 3);
        fixture_expect(&fixture, (const uint64_t[]){0, 1, 2});
        fixture_close(&fixture);
    }
}

static void ends_other_than_well_are_failures(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_open(&fixture, "command", 1, SETS("argv=test a = a\\s"));
    fixture_sample(&fixture, 1);
    fixture_expect_failure(&fixture, 0, -EIO, "exited with status 1");
    fixture_close(&fixture);
    fixture_open(&fixture, "command", 1, SETS("argv=/no/such/program"));
    fixture_sample(&fixture, 1);
    fixture_expect_failure(&fixture, 0, -ENOENT, "cannot start it: No such file or directory");
    fixture_close(&fixture);
    fixture_open(&fixture, "command", 1, SETS("argv=sh -c kill\\s-9\\s$$"));
    fixture_sample(&fixture, 1);
    fixture_expect_failure(&fixture, 0, -ECANCELED, "killed by signal 9");
    fixture_close(&fixture);
}

static void lines_without_a_program_are_refused(void **state)
{
    static const char *const lines[] = {"argv=", "argv=  ", "argv=\\e a", "argv=a \\x", "argv=a\\"};

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct fixture fixture;

        assert_int_equal(fixture_try(&fixture, "command", 1, SETS(lines[i])), -EINVAL);
        fixture_close(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_arrive_as_they_are),
        cmocka_unit_test(ends_other_than_well_are_failures),
        cmocka_unit_test(lines_without_a_program_are_refused),
    };

    alarm(60);
    return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}
