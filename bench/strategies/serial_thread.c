/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A control, not a candidate: serial in a process that merely has a second thread, asleep. What it
 * is slower than serial by is the price of being multi-threaded, which others pay without having
 * asked for it: glibc locks for real, and the kernel shares what it had for itself. */
#include "base/futex.h"
#include "strategies/strategy.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct company {
    void *serial; /* the state of the strategy that does the work */
    pthread_t thread;
    _Atomic uint32_t over;
};

static void *sleep_until_over(void *argument)
{
    struct company *company = argument;

    while (atomic_load(&company->over) == 0) {
        futex_wait(&company->over, 0);
    }
    return NULL;
}

static int company_open(struct crew *crew, void **ret_state)
{
    struct company *company = calloc(1, sizeof(*company));

    if (!company) {
        return -ENOMEM;
    }
    int r = strategy_serial.open(crew, &company->serial);
    if (r == 0) {
        r = -pthread_create(&company->thread, NULL, sleep_until_over, company);
        if (r < 0) {
            strategy_serial.close(company->serial);
        }
    }
    if (r < 0) {
        free(company);
        return r;
    }
    *ret_state = company;
    return 0;
}

static int company_submit(void *state, unsigned count)
{
    struct company *company = state;

    return strategy_serial.submit(company->serial, count);
}

static int company_wait(void *state, unsigned done)
{
    struct company *company = state;

    return strategy_serial.wait(company->serial, done);
}

static void company_close(void *state)
{
    struct company *company = state;

    strategy_serial.close(company->serial);
    atomic_store(&company->over, 1);
    futex_wake(&company->over, 1);
    pthread_join(company->thread, NULL);
    free(company);
}

const struct strategy strategy_serial_thread = {
    .name = "serial+thread",
    .summary = "a control: serial, in a process that has a second thread, asleep",
    .traits = TRAIT_SHARES_MEMORY | TRAIT_CALLER,
    .open = company_open,
    .submit = company_submit,
    .wait = company_wait,
    .close = company_close,
};
