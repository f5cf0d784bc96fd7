/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that fail when a test wants them to: the linker puts these before the real ones (--wrap).
 */
#ifndef TVP_FAULT_FIXTURE_H
#define TVP_FAULT_FIXTURE_H

#include <stdbool.h>
#include <sys/types.h>

enum call {
    CALL_CALLOC,
    CALL_EPOLL_CREATE,
    CALL_EPOLL_CTL,
    CALL_EVENTFD,
    CALL_FORK,
    CALL_MALLOC,
    CALL_MMAP,
    CALL_PIDFD_OPEN,
    CALL_PIPE,
    CALL_STACK,
    CALL_STRDUP,
    CALL_THREAD,
    CALL_TIMER,
    CALLS
};

/* What a failing call says. */
extern const int fault_errors[CALLS];

/* Let call number `at` (from 1) of this kind fail, in this process; 0: none. */
void fault_arm(enum call call, unsigned at);
/* Let all calls of this kind fail in the processes that are forked from here on. */
void fault_arm_children(enum call call);
/* Let everything succeed again. True: a call has failed in this process. */
bool fault_disarm(void);
/* Workers that have really been created since it was armed. */
unsigned fault_created(void);

#endif
