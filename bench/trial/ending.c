/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/ending.h"

#include "base/strays.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static struct scratch *folder;
static volatile pid_t owner;

/* System calls alone from here on. */
static void tidy_up(int signal)
{
    static const char text[] = "tvp-trial: stopped at its --limit\n";

    if (getpid() == owner) {
        strays_end(NULL, 0);
        scratch_remove(folder);
        if (signal == SIGALRM) {
            (void)!write(STDERR_FILENO, text, sizeof(text) - 1);
            _exit(EXIT_LIMIT);
        }
    }
    /* The action is the default one again: it ends us as soon as we return. */
    (void)kill(getpid(), signal);
}

static int catch (int signal, bool even_if_ignored)
{
    struct sigaction action = {.sa_handler = tidy_up, .sa_flags = (int)SA_RESETHAND}, before;

    sigfillset(&action.sa_mask);
    if (sigaction(signal, NULL, &before) < 0 ||
        ((even_if_ignored || before.sa_handler != SIG_IGN) &&
         sigaction(signal, &action, NULL) < 0)) {
        return -errno;
    }
    return 0;
}

/* Every wait below this has a limit because the whole trial has one. */
static int start_limit(uint64_t limit_ns)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    struct itimerspec value = {.it_value = {.tv_sec = (time_t)(limit_ns / 1000000000u),
                                            .tv_nsec = (long)(limit_ns % 1000000000u)}};
    sigset_t alarms;
    timer_t timer;

    /* Who started us may have blocked it: a mask outlives exec. */
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    if (sigprocmask(SIG_UNBLOCK, &alarms, NULL) < 0 ||
        timer_create(CLOCK_MONOTONIC, &event, &timer) < 0 ||
        timer_settime(timer, 0, &value, NULL) < 0) {
        return -errno;
    }
    return 0;
}

int ending_prepare(struct scratch *scratch, uint64_t limit_ns)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    int r = 0;

    folder = scratch;
    owner = getpid();
    for (size_t i = 0; r == 0 && i < sizeof(signals) / sizeof(*signals); i++) {
        r = catch (signals[i], false);
    }
    if (r == 0 && limit_ns > 0) {
        r = catch (SIGALRM, true);
        r = r < 0 ? r : start_limit(limit_ns);
    }
    return r;
}
