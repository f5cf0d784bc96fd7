/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting with the kernel played: what it refuses, and what it has counted only in part. */
#include "base/event.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

static int refusal;             /* errno of the next calls, 0: none */
static const uint64_t *counted; /* what the descriptor then holds */

long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
    int ends[2];

    assert_int_equal(number, SYS_perf_event_open);
    if (refusal) {
        errno = refusal;
        return -1;
    }
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(write(ends[1], counted, 3 * sizeof(*counted)), 3 * sizeof(*counted));
    close(ends[1]);
    return ends[0];
}

static int count(uint64_t value, uint64_t enabled, uint64_t running, uint64_t *ret_count)
{
    const uint64_t values[3] = {value, enabled, running};

    refusal = 0;
    counted = values;
    int fd = event_open(EVENT_CYCLES);
    assert_true(fd >= 0);
    int r = event_read(fd, ret_count);
    close(fd);
    return r;
}

static void a_refusal_is_no_number(void **state)
{
    static const struct {
        int error;
        const char *words;
    } cases[] = {
        {EACCES, "not allowed"},         {EPERM, "not allowed"},
        {ENOENT, "not supported by"},    {EOPNOTSUPP, "not supported by"},
        {ENODEV, "not supported by"},    {ENOSYS, "not kept by"},
        {EMFILE, "Too many open files"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        refusal = cases[i].error;
        assert_int_equal(event_open(EVENT_DTLB_MISSES), -cases[i].error);
        assert_int_equal(event_probe(EVENT_MIGRATIONS), -cases[i].error);
        assert_non_null(strstr(event_why(-cases[i].error), cases[i].words));
    }
    assert_int_equal(event_open(EVENT_RUN_DELAY), -EINVAL);
}

static void turns_are_made_up_for(void **state)
{
    uint64_t value = 7;

    (void)state;
    assert_int_equal(count(1000, 400, 400, &value), 0);
    assert_int_equal(value, 1000);
    assert_int_equal(count(1000, 400, 100, &value), 0);
    assert_int_equal(value, 4000);
    /* Nothing happened, which is known. */
    assert_int_equal(count(0, 400, 400, &value), 0);
    assert_int_equal(value, 0);
    /* Others had the counters all the time. */
    value = 7;
    assert_int_equal(count(0, 400, 0, &value), -ENODATA);
    assert_int_equal(value, 7);
}

static void descriptors_are_closed(void **state)
{
    static const uint64_t values[3] = {1, 1, 1};

    (void)state;
    refusal = 0;
    counted = values;
    int first = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(first);
    for (enum event event = 0; event < EVENT_COUNT; event++) {
        (void)event_probe(event);
    }
    int again = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_int_equal(again, first);
    close(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_no_number),
        cmocka_unit_test(turns_are_made_up_for),
        cmocka_unit_test(descriptors_are_closed),
    };

    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
