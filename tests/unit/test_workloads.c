/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do the workloads do what they say? Values are computed here a second time, by other means. What
 * workers share, and http, have tests of their own. */
#include "base/clock.h"
#include "workload_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define STRANGER 61234

static void every_workload_explains_itself(void **unused)
{
    static const char *const names[] = {
        "command", "counter",   "crash",     "empty",   "file",     "http",   "loop",  "malloc",
        "mutex",   "openclose", "pagefault", "payload", "pingpong", "primes", "sleep", "stream"};

    (void)unused;
    for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct fixture fixture;

        fixture_open(&fixture, names[i], 2, NULL);
        assert_true(strlen(fixture.workload->summary) > 10);
        for (const struct param *p = fixture.workload->params; p && p->name; p++) {
            assert_non_null(p->standard);
            assert_true(strlen(p->help) > 5);
            assert_int_equal(p->choices != NULL, p->type == PARAM_CHOICE);
        }
        fixture_close(&fixture);
    }
}

static void empty_returns_the_number(void **unused)
{
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "empty", 0, NULL);
    assert_int_equal(fixture.env.tasks, 200);
    fixture_sample(&fixture, 200);
    assert_int_equal(fixture.tasks[199].value, 199);
    fixture_close(&fixture);
}

static void sleep_takes_its_share(void **unused)
{
    const uint64_t begin_ns = clock_ns();
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "sleep", 4, SETS("durations=0,30ms,2ms"));
    fixture_sample(&fixture, 4);
    assert_true(clock_ns() - begin_ns >= 32000000);
    fixture_expect(&fixture, (const uint64_t[]){0, 30000000, 2000000, 0});
    fixture_close(&fixture);
}

static void primes_finds_the_smallest_divisor(void **unused)
{
    struct fixture fixture;

    (void)unused;
    /* Squares of primes are where an inexact root shows: 4294967291 is the largest below 2^32. */
    fixture_open(&fixture, "primes", 0,
                 SETS("numbers=2,3,4,9,15,25,49,97,1000003,1018081,18446744073709551614"));
    fixture_sample(&fixture, 100);
    fixture_expect(&fixture, (const uint64_t[]){2, 3, 2, 3, 3, 5, 7, 97, 1000003, 1009, 2});
    fixture_close(&fixture);

    fixture_open(&fixture, "primes", 0, NULL);
    assert_int_equal(fixture.env.tasks, 6);
    fixture_sample(&fixture, 6);
    for (unsigned n = 0; n < 5; n++) {
        assert_int_equal(fixture.tasks[n].value, fixture.env.args[0].numbers[n]);
    }
    /* Python's documentation prints False for the last one. */
    assert_int_equal(1099726899285419 % fixture.tasks[5].value, 0);
    assert_true(fixture.tasks[5].value > 1 && fixture.tasks[5].value < 1099726899285419);
    fixture_close(&fixture);
}

static void loop_does_every_step(void **unused)
{
    uint64_t x = 1;
    struct fixture fixture;

    (void)unused;
    for (uint64_t i = 0; i < 1000; i++) {
        x = x * 6364136223846793005u + i;
    }
    fixture_open(&fixture, "loop", 2, SETS("iterations=1k"));
    fixture_sample(&fixture, 2);
    assert_int_equal(fixture.tasks[1].value, x);
    assert_int_not_equal(fixture.tasks[0].value, x);
    fixture_close(&fixture);
}

static uint64_t file_digest(unsigned number, uint64_t words)
{
    uint64_t digest = 0xcbf29ce484222325u;

    for (uint64_t i = 0; i < words; i++) {
        const uint64_t piece = i / 2048 * 16384;

        digest ^= (number + 1) * 0x9e3779b97f4a7c15u + piece + i % 2048;
        digest *= 0x100000001b3u;
    }
    return digest;
}

static void file_reads_back_what_it_wrote(void **unused)
{
    static const char *const syncs[] = {"fsync=no", "fsync=yes"};
    struct fixture fixture;

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        fixture_open(&fixture, "file", 2, SETS("bytes=40KiB", syncs[i]));
        fixture_sample(&fixture, 2);
        fixture_expect(&fixture, (const uint64_t[]){file_digest(0, 5120), file_digest(1, 5120)});
        fixture_close(&fixture);
    }
    /* An odd length: the last word is cut, on a piece boundary and off it. */
    for (uint64_t bytes = 16383; bytes <= 16385; bytes++) {
        char set[32];

        snprintf(set, sizeof(set), "bytes=%u", (unsigned)bytes);
        fixture_open(&fixture, "file", 1, SETS(set));
        fixture_sample(&fixture, 1);
        const uint64_t value = fixture.tasks[0].value;

        fixture_sample(&fixture, 1);
        fixture_expect(&fixture, &value);
        assert_int_equal(value == file_digest(0, 2048), bytes == 16384);
        fixture_close(&fixture);
    }
}

static void file_says_why_it_failed(void **unused)
{
    const struct rlimit tight = {20000, RLIM_INFINITY};
    struct rlimit before;
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "file", 1, NULL);
    fixture.env.scratch = "/nonexistent";
    fixture_sample(&fixture, 1);
    fixture_expect_failure(&fixture, 0, -ENOENT, "cannot create: No such file or directory");

    /* A disk that is full: the second piece is cut short, and a third would not fit at all. */
    fixture.env.scratch = fixture.scratch;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    fixture_sample(&fixture, 1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    fixture_expect_failure(&fixture, 0, -EIO, "wrote 3616 of 16384 bytes");

    const uid_t self = geteuid();

    assert_int_equal(chmod(fixture.scratch, 0500), 0);
    /* Root may write everywhere, but need not stay root; some containers have nobody else. */
    if (self != 0 || seteuid(STRANGER) == 0) {
        fixture_sample(&fixture, 1);
        assert_int_equal(seteuid(self), 0);
        fixture_expect_failure(&fixture, 0, -EACCES, "cannot create: Permission denied");
    }
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_workload_explains_itself),
        cmocka_unit_test(empty_returns_the_number),
        cmocka_unit_test(sleep_takes_its_share),
        cmocka_unit_test(primes_finds_the_smallest_divisor),
        cmocka_unit_test(loop_does_every_step),
        cmocka_unit_test(file_reads_back_what_it_wrote),
        cmocka_unit_test(file_says_why_it_failed),
    };

    alarm(60);
    return cmocka_run_group_tests_name("workloads", tests, NULL, NULL);
}
