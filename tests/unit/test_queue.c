/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many sleeping workers does a submit wake? */
#include "strategy_fixture.h"
#include "trial/batch.h"

#include <linux/futex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>

#include <cmocka.h>

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = 0};

static unsigned calls;
static int woken; /* how many a call finds asleep */
static int asked; /* how many the last one was for */

/* The linker puts this before the real one: --wrap. */
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
    va_list list;

    assert_int_equal(number, SYS_futex);
    va_start(list, number);
    (void)va_arg(list, void *);
    assert_int_equal(va_arg(list, int), FUTEX_WAKE);
    asked = va_arg(list, int);
    va_end(list);
    calls++;
    return woken < asked ? woken : asked;
}

static void who_is_on_the_way_is_not_woken_again(void **unused)
{
    static const struct {
        uint32_t idle, called, submitted;
        int woken;
        unsigned calls;
        int asked;
        uint32_t called_after;
    } cases[] = {
        {0, 0, 3, 0, 0, 0, 0}, /* nobody sleeps */
        {2, 0, 1, 2, 1, 1, 1}, {2, 0, 5, 2, 1, 2, 2}, {3, 1, 1, 3, 1, 1, 2}, {3, 1, 5, 3, 1, 2, 3},
        {3, 3, 5, 3, 0, 0, 3}, {1, 2, 5, 3, 0, 0, 2}, /* one of them is awake, and has not said so
                                                         yet */
        {2, 0, 2, 1, 1, 2, 1},                        /* one is only about to sleep, and will not */
        {2, 0, 2, 0, 1, 2, 0}, {2, 1, 2, 0, 1, 1, 1},
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct batch batch;

        assert_int_equal(batch_open(&workload, &env, 10, 0, &batch), 0);
        atomic_store(&batch.counters->idle, cases[i].idle);
        atomic_store(&batch.counters->called, cases[i].called);
        calls = 0;
        asked = 0;
        woken = cases[i].woken;
        batch_submit(&batch, cases[i].submitted);
        assert_int_equal(calls, cases[i].calls);
        assert_int_equal(asked, cases[i].asked);
        assert_int_equal(atomic_load(&batch.counters->called), cases[i].called_after);
        batch_close(&batch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(who_is_on_the_way_is_not_woken_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
