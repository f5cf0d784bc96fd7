/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault_fixture.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

const int fault_errors[CALLS] = {
    [CALL_CALLOC] = ENOMEM,  [CALL_EPOLL_CREATE] = EMFILE, [CALL_EPOLL_CTL] = ENOSPC,
    [CALL_EVENTFD] = ENFILE, [CALL_FORK] = EAGAIN,         [CALL_MALLOC] = ENOMEM,
    [CALL_MMAP] = ENOMEM,    [CALL_PIDFD_OPEN] = EMFILE,   [CALL_PIPE] = ENFILE,
    [CALL_STACK] = EINVAL,   [CALL_STRDUP] = ENOMEM,       [CALL_THREAD] = EAGAIN,
    [CALL_TIMER] = EAGAIN,
};

static struct {
    enum call call;
    unsigned at, seen, created;
    pid_t caller, children_of;
    bool hit;
} fault;

void fault_arm(enum call call, unsigned at)
{
    fault.call = call;
    fault.at = at;
    fault.seen = fault.created = 0;
    fault.caller = getpid();
    fault.children_of = 0;
    fault.hit = false;
}

void fault_arm_children(enum call call)
{
    fault_arm(call, 0);
    fault.children_of = getpid();
}

bool fault_disarm(void)
{
    fault.at = 0;
    fault.children_of = 0;
    return fault.hit;
}

unsigned fault_created(void)
{
    return fault.created;
}

/* Workers that are threads do not create anything, so nobody else counts here. */
static bool fails(enum call call)
{
    if (call != fault.call) {
        return false;
    }
    if (fault.children_of > 0 && getpid() != fault.children_of) {
        errno = fault_errors[call];
        return true;
    }
    if (fault.at > 0 && getpid() == fault.caller && ++fault.seen == fault.at) {
        fault.hit = true;
        errno = fault_errors[call];
        return true;
    }
    return false;
}

#define WRAP(type, name, ...)                                                                      \
    type __real_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__)

WRAP(void *, calloc, size_t count, size_t size)
{
    return fails(CALL_CALLOC) ? NULL : __real_calloc(count, size);
}

WRAP(void *, malloc, size_t size)
{
    return fails(CALL_MALLOC) ? NULL : __real_malloc(size);
}

WRAP(char *, strdup, const char *text)
{
    return fails(CALL_STRDUP) ? NULL : __real_strdup(text);
}

WRAP(int, epoll_create1, int flags)
{
    return fails(CALL_EPOLL_CREATE) ? -1 : __real_epoll_create1(flags);
}

WRAP(int, epoll_ctl, int epoll_fd, int operation, int fd, struct epoll_event *event)
{
    bool adds = operation == EPOLL_CTL_ADD;

    return adds && fails(CALL_EPOLL_CTL) ? -1 : __real_epoll_ctl(epoll_fd, operation, fd, event);
}

WRAP(int, eventfd, unsigned count, int flags)
{
    return fails(CALL_EVENTFD) ? -1 : __real_eventfd(count, flags);
}

WRAP(void *, mmap, void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
    return fails(CALL_MMAP) ? MAP_FAILED
                            : __real_mmap(address, size, protection, flags, fd, offset);
}

/* What mmap() is called where off_t would be shorter otherwise. */
WRAP(void *, mmap64, void *address, size_t size, int protection, int flags, int fd, off64_t offset)
{
    return fails(CALL_MMAP) ? MAP_FAILED
                            : __real_mmap64(address, size, protection, flags, fd, offset);
}

WRAP(int, pipe2, int *ends, int flags)
{
    return fails(CALL_PIPE) ? -1 : __real_pipe2(ends, flags);
}

WRAP(int, pthread_attr_setstacksize, pthread_attr_t *attributes, size_t size)
{
    return fails(CALL_STACK) ? fault_errors[CALL_STACK]
                             : __real_pthread_attr_setstacksize(attributes, size);
}

WRAP(int, timer_create, clockid_t clock, struct sigevent *event, timer_t *ret_timer)
{
    return fails(CALL_TIMER) ? -1 : __real_timer_create(clock, event, ret_timer);
}

WRAP(pid_t, fork, void)
{
    pid_t pid = fails(CALL_FORK) ? -1 : __real_fork();

    fault.created += pid > 0;
    return pid;
}

WRAP(int, pthread_create, pthread_t *ret_thread, const pthread_attr_t *attributes,
     void *(*body)(void *), void *argument)
{
    int r = fails(CALL_THREAD) ? fault_errors[CALL_THREAD]
                               : __real_pthread_create(ret_thread, attributes, body, argument);

    fault.created += r == 0;
    return r;
}

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

long __wrap_syscall(long number, ...)
{
    long arguments[6];
    va_list list;

    va_start(list, number);
    for (unsigned i = 0; i < 6; i++) {
        arguments[i] = va_arg(list, long);
    }
    va_end(list);
    if (number == SYS_pidfd_open && fails(CALL_PIDFD_OPEN)) {
        return -1;
    }
    return __real_syscall(number, arguments[0], arguments[1], arguments[2], arguments[3],
                          arguments[4], arguments[5]);
}
