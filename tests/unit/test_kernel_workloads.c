/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do malloc, mutex, openclose, pagefault and stream do what they say? Values are computed here a
 * second time, and what the kernel counted shows that the work was done and not left out. */
#include "workload_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* Sanitizers map terabytes of their own and end a program that asks for too much. */
#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                               \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
static const bool sanitized = true;
#else
static const bool sanitized = false;
#endif

static uint64_t faults_so_far(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return (uint64_t)usage.ru_minflt;
}

/* Bytes that count up from first, page by page, as malloc and pagefault write them. */
static uint64_t sum_of_bytes(uint64_t first, uint64_t pages)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < pages; i++) {
        sum += (first + i) % 256;
    }
    return sum;
}

static void malloc_touches_what_it_says(void **unused)
{
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    struct fixture fixture;
    char touch[32];

    (void)unused;
    snprintf(touch, sizeof(touch), "touch=%u", (unsigned)(299 * page + 1));
    fixture_open(&fixture, "malloc", 2, SETS("bytes=64MiB", touch, "rounds=3"));
    const uint64_t before = faults_so_far();

    fixture_sample(&fixture, 2);
    /* Mapped anew every time: six pieces of 300 pages. */
    assert_true(faults_so_far() - before >= 6 * 300);
    for (unsigned n = 0; n < 2; n++) {
        fixture_expect_value(&fixture, n,
                             sum_of_bytes(n, 300) + sum_of_bytes(n + 1, 300) +
                                 sum_of_bytes(n + 2, 300));
    }
    fixture_close(&fixture);

    /* No more is touched than there is. */
    fixture_open(&fixture, "malloc", 1, SETS("bytes=1", "touch=1GiB", "rounds=1"));
    fixture_sample(&fixture, 1);
    fixture_expect_value(&fixture, 0, 0);
    fixture_close(&fixture);
}

static void malloc_says_that_there_is_no_memory(void **unused)
{
    const struct rlimit tight = {1ull << 36, RLIM_INFINITY};
    struct rlimit before;
    struct fixture fixture;

    (void)unused;
    if (sanitized || getrlimit(RLIMIT_AS, &before) != 0) {
        skip();
    }
    fixture_open(&fixture, "malloc", 1, SETS("bytes=1024GiB"));
    assert_int_equal(setrlimit(RLIMIT_AS, &tight), 0);
    fixture_sample(&fixture, 1);
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    fixture_expect_failure(&fixture, 0, -ENOMEM, "cannot allocate: Cannot allocate memory");
    fixture_close(&fixture);
}

static void pagefault_touches_every_page_once(void **unused)
{
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "pagefault", 2, SETS("pages=700", "rounds=2"));
    const uint64_t before = faults_so_far();

    fixture_sample(&fixture, 2);
    const uint64_t faults = faults_so_far() - before;

    assert_in_range(faults, 2 * 2 * 700, 2 * 2 * 700 + 400);
    for (unsigned n = 0; n < 2; n++) {
        fixture_expect_value(&fixture, n, sum_of_bytes(n, 700) + sum_of_bytes(n + 1, 700));
    }
    fixture_close(&fixture);
}

static void openclose_leaves_nothing_open(void **unused)
{
    const unsigned before = count_descriptors();
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "openclose", 3, SETS("times=2k"));
    fixture_sample(&fixture, 3);
    fixture_expect(&fixture, (const uint64_t[]){2000, 2000, 2000});
    assert_int_equal(count_descriptors(), before);

    /* A task that was killed has left its file. */
    char path[128];
    snprintf(path, sizeof(path), "%s/1", fixture.scratch);
    close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    fixture_sample(&fixture, 3);
    fixture_expect(&fixture, (const uint64_t[]){2000, 2000, 2000});
    assert_int_equal(access(path, F_OK), -1);

    fixture.env.scratch = "/nonexistent";
    fixture_sample(&fixture, 1);
    fixture_expect_failure(&fixture, 0, -ENOENT, "cannot create: No such file or directory");
    fixture.env.scratch = fixture.scratch;
    fixture_close(&fixture);
}

/* The arrays of stream, word by word, with the memory of one task. */
static uint64_t stream_value(uint64_t number, unsigned parts, uint64_t words, uint64_t rounds)
{
    static uint64_t memory[3 * 4096];
    const uint64_t part = words / parts;
    uint64_t value = 0;

    for (uint64_t i = 0; i < words; i++) {
        memory[i] = number + i;
    }
    for (uint64_t round = 0; round < rounds; round++) {
        memory[round % part] += round;
        for (uint64_t i = 0; i < part; i++) {
            memory[part + i] = memory[i] + (parts == 3 ? memory[2 * part + i] : 0);
        }
    }
    for (uint64_t i = 0; i < words; i += 512) {
        value = value * 31 + memory[i];
    }
    return value;
}

static void stream_moves_every_word(void **unused)
{
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "stream", 2, SETS("kernel=copy", "bytes=65536", "rounds=3"));
    fixture_sample(&fixture, 2);
    fixture_expect_value(&fixture, 1, stream_value(1, 2, 8192, 3));
    fixture_close(&fixture);

    fixture_open(&fixture, "stream", 2, SETS("kernel=add", "bytes=98304", "rounds=2"));
    fixture_sample(&fixture, 2);
    fixture_expect_value(&fixture, 0, stream_value(0, 3, 12288, 2));
    fixture_expect_value(&fixture, 1, stream_value(1, 3, 12288, 2));
    fixture_close(&fixture);
}

static void mutex_counts_every_turn(void **unused)
{
    struct finding finding = {NULL, 77};
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "mutex", 2, SETS("lock=own", "turns=1k", "table=8"));
    fixture_sample(&fixture, 2);
    fixture_expect(&fixture, (const uint64_t[]){1000, 1000});
    assert_int_equal(fixture_check(&fixture, &finding), 0);
    assert_null(finding.name);
    fixture_close(&fixture);

    fixture_open(&fixture, "mutex", 3, SETS("lock=shared", "turns=1k", "table=1MiB"));
    fixture_sample(&fixture, 3);
    fixture_expect(&fixture, (const uint64_t[]){1000, 1000, 1000});
    assert_int_equal(fixture_check(&fixture, &finding), 0);
    fixture_sample(&fixture, 2);
    assert_int_equal(fixture_check(&fixture, &finding), -EILSEQ);
    assert_string_equal(fixture.text, "counted 2000 of 3000 turns");
    fixture_close(&fixture);
}

static void arguments_have_bounds(void **unused)
{
    static const char *const wrong[][2] = {
        {"malloc", "bytes=0"},       {"malloc", "touch=0"},      {"malloc", "rounds=0"},
        {"malloc", "bytes=2048GiB"}, {"mutex", "lock=none"},     {"mutex", "turns=0"},
        {"mutex", "table=7"},        {"openclose", "times=0"},   {"pagefault", "pages=0"},
        {"pagefault", "rounds=0"},   {"stream", "kernel=triad"}, {"stream", "bytes=4095"},
        {"stream", "rounds=0"},      {"pingpong", "messages=0"}, {"pingpong", "channel=fifo"},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct fixture fixture;
        char why[ARGS_WHY_SIZE];

        fixture_open(&fixture, wrong[i][0], 2, NULL);
        assert_int_equal(args_set(&fixture.args, wrong[i][1], why), -EINVAL);
        fixture_close(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(malloc_touches_what_it_says),
        cmocka_unit_test(malloc_says_that_there_is_no_memory),
        cmocka_unit_test(pagefault_touches_every_page_once),
        cmocka_unit_test(openclose_leaves_nothing_open),
        cmocka_unit_test(stream_moves_every_word),
        cmocka_unit_test(mutex_counts_every_turn),
        cmocka_unit_test(arguments_have_bounds),
    };

    alarm(60);
    return cmocka_run_group_tests_name("kernel workloads", tests, NULL, NULL);
}
