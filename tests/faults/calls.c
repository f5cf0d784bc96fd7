/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls that libfaults puts itself in front of. Those that the C library makes for itself are
 * out of reach, so streams fail where they are flushed or closed. Built without 64-bit names and
 * without fortification, because both are names of their own that have to be put in front of. */
#include "plan.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CALL(kind, error, failure, type, name, parameters, arguments)                              \
    type name parameters                                                                           \
    {                                                                                              \
        if (fault_due(kind)) {                                                                     \
            errno = error;                                                                         \
            return failure;                                                                        \
        }                                                                                          \
        return REAL(name) arguments;                                                               \
    }
/* Those that say by their value what is wrong. */
#define CALL_CODE(kind, error, name, parameters, arguments)                                        \
    CALL(kind, errno, error, int, name, parameters, arguments)

/* What dlsym() itself may need. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
#define ALLOCATE(name, parameters, arguments)                                                      \
    void *name parameters                                                                          \
    {                                                                                              \
        if (fault_due(FAULT_MALLOC)) {                                                             \
            errno = ENOMEM;                                                                        \
            return NULL;                                                                           \
        }                                                                                          \
        return __libc_##name arguments;                                                            \
    }
ALLOCATE(malloc, (size_t size), (size))
ALLOCATE(calloc, (size_t count, size_t size), (count, size))
ALLOCATE(realloc, (void *old, size_t size), (old, size))

CALL(FAULT_CLONE, EAGAIN, -1, pid_t, fork, (void), ())
CALL_CODE(FAULT_CLONE, EAGAIN, posix_spawn,
          (pid_t *restrict pid, const char *restrict path,
           const posix_spawn_file_actions_t *restrict actions,
           const posix_spawnattr_t *restrict attributes, char *const argv[restrict],
           char *const environment[restrict]),
          (pid, path, actions, attributes, argv, environment))
CALL_CODE(FAULT_CLONE, EAGAIN, posix_spawnp,
          (pid_t *restrict pid, const char *restrict path,
           const posix_spawn_file_actions_t *restrict actions,
           const posix_spawnattr_t *restrict attributes, char *const argv[restrict],
           char *const environment[restrict]),
          (pid, path, actions, attributes, argv, environment))
CALL_CODE(FAULT_THREAD, EAGAIN, pthread_create,
          (pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
           void *(*body)(void *), void *restrict argument),
          (thread, attributes, body, argument))
CALL(FAULT_THREAD, EAGAIN, -1, int, timer_create,
     (clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer),
     (clock, event, timer))

CALL(FAULT_MMAP, ENOMEM, MAP_FAILED, void *, mmap,
     (void *address, size_t size, int protection, int flags, int fd, off_t offset),
     (address, size, protection, flags, fd, offset))
CALL(FAULT_MMAP, ENOMEM, MAP_FAILED, void *, mmap64,
     (void *address, size_t size, int protection, int flags, int fd, off64_t offset),
     (address, size, protection, flags, fd, offset))

CALL(FAULT_EPOLL, EMFILE, -1, int, epoll_create1, (int flags), (flags))
int epoll_ctl(int epoll_fd, int operation, int fd, struct epoll_event *event)
{
    if (operation == EPOLL_CTL_ADD && fault_due(FAULT_EPOLL)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(epoll_ctl)(epoll_fd, operation, fd, event);
}
CALL(FAULT_EVENTFD, ENFILE, -1, int, eventfd, (unsigned count, int flags), (count, flags))
CALL(FAULT_PIPE, ENFILE, -1, int, pipe2, (int ends[2], int flags), (ends, flags))
CALL(FAULT_SOCKET, EMFILE, -1, int, socket, (int domain, int type, int protocol),
     (domain, type, protocol))
CALL(FAULT_SOCKET, EMFILE, -1, int, socketpair, (int domain, int type, int protocol, int ends[2]),
     (domain, type, protocol, ends))

CALL(FAULT_WRITE, ENOSPC, -1, ssize_t, write, (int fd, const void *data, size_t size),
     (fd, data, size))
CALL(FAULT_WRITE, ENOSPC, -1, ssize_t, writev, (int fd, const struct iovec *parts, int count),
     (fd, parts, count))
CALL(FAULT_WRITE, EIO, -1, int, fsync, (int fd), (fd))
CALL(FAULT_RENAME, EIO, -1, int, rename, (const char *from, const char *to), (from, to))
CALL(FAULT_RENAME, EIO, -1, int, renameat,
     (int from_fd, const char *from, int to_fd, const char *to), (from_fd, from, to_fd, to))

/* What was written since the last time is lost. Streams into memory have no descriptor. */
static bool stream_fails(FILE *stream)
{
    if (!stream || fileno(stream) < 0 || !__fwritable(stream) || __fpending(stream) == 0 ||
        !fault_due(FAULT_WRITE)) {
        return false;
    }
    __fpurge(stream);
    stream->_flags |= _IO_ERR_SEEN;
    errno = ENOSPC;
    return true;
}

int fflush(FILE *stream)
{
    return stream_fails(stream) ? EOF : REAL(fflush)(stream);
}

int fclose(FILE *stream)
{
    bool fails = stream_fails(stream);
    int r = REAL(fclose)(stream);

    if (fails) {
        errno = ENOSPC;
    }
    return fails ? EOF : r;
}

long syscall(long number, ...)
{
    long arguments[6];
    va_list list;

    va_start(list, number);
    for (unsigned i = 0; i < 6; i++) {
        arguments[i] = va_arg(list, long);
    }
    va_end(list);
    if (number == SYS_pidfd_open && fault_due(FAULT_PIDFD)) {
        errno = EMFILE;
        return -1;
    }
    return REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3],
                         arguments[4], arguments[5]);
}
