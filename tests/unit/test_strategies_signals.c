/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals that interrupt every call there is, in the caller and in the middle of a message, change
 * nothing. */
#include "strategy_fixture.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define PAYLOAD (1u << 20) /* far more than a pipe holds */

static void do_nothing(int signal)
{
    (void)signal;
}

/* Interrupt this process again and again; nothing is restarted by itself. */
static int start_interruptions(timer_t *ret_timer)
{
    struct sigaction action = {.sa_handler = do_nothing};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec often = {.it_value.tv_nsec = 300000, .it_interval.tv_nsec = 300000};

    if (sigaction(SIGUSR1, &action, NULL) < 0 ||
        timer_create(CLOCK_MONOTONIC, &event, ret_timer) < 0) {
        return -errno;
    }
    return timer_settime(*ret_timer, 0, &often, NULL) < 0 ? -errno : 0;
}

static int run_napping(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);

    nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
    return marks_leave(marks, task);
}

static void an_interrupted_caller_goes_on(void **unused)
{
    timer_t timer;

    (void)unused;
    assert_int_equal(start_interruptions(&timer), 0);
    for (const char *const *words = rig_every; *words; words++) {
        struct rig rig;

        rig_init(&rig, *words, run_napping, 2, 20, 100000);
        rig_sample(&rig);
        rig_expect_well(&rig);
        rig_release(&rig);
    }
    assert_int_equal(timer_delete(timer), 0);
}

static int run_interrupted(const struct env *env, struct task *task)
{
    struct marks *marks = marks_enter(env, task);
    timer_t timer; /* ends with the process */

    for (size_t i = 0; i < PAYLOAD; i++) {
        ((unsigned char *)task->payload)[i] = (unsigned char)(i * 7 + (i >> 8) + task->number);
    }
    int r = start_interruptions(&timer);
    return r < 0 ? r : marks_leave(marks, task);
}

static void an_interrupted_message_arrives_whole(void **unused)
{
    static const char *const pipes[] = {"fork:channel=pipe", "process-pool:channel=pipe"};

    (void)unused;
    for (unsigned i = 0; i < 2; i++) {
        struct rig rig;

        rig_init(&rig, pipes[i], run_interrupted, 1, 1, PAYLOAD);
        rig_start(&rig);
        rig_submit(&rig, 1);
        /* The pipe is full by now, and the worker is being interrupted in the middle of it. */
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
        rig_wait(&rig, 1);
        rig_end(&rig);
        rig_expect_well(&rig);
        const char *payload = batch_payload(&rig.batch, 0);
        for (size_t k = 0; k < PAYLOAD; k++) {
            if ((unsigned char)payload[k] != (unsigned char)(k * 7 + (k >> 8))) {
                fail_msg("the payload of %s is wrong at byte %zu", pipes[i], k);
            }
        }
        rig_release(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(an_interrupted_caller_goes_on),
        RIG_TEST(an_interrupted_message_arrives_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
