/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which call is to fail, shared by a test and the programs it runs: a file of this layout, mapped
 * by every process that loads libfaults. injector.py knows the same layout. */
#ifndef TVP_TEST_FAULTS_PLAN_H
#define TVP_TEST_FAULTS_PLAN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* In the order of KINDS in injector.py. */
enum fault_kind {
    FAULT_CLONE,   /* fork, posix_spawn: EAGAIN */
    FAULT_EPOLL,   /* epoll_create1: EMFILE; epoll_ctl that adds: ENOSPC */
    FAULT_EVENTFD, /* eventfd: ENFILE */
    FAULT_MALLOC,  /* malloc, calloc, realloc: ENOMEM */
    FAULT_MMAP,    /* ENOMEM */
    FAULT_OPEN,    /* open, openat, fopen, opendir: EMFILE; mkdir, mkdtemp: ENOSPC */
    FAULT_PIDFD,   /* pidfd_open: EMFILE */
    FAULT_PIPE,    /* pipe2: ENFILE */
    FAULT_RENAME,  /* EIO */
    FAULT_SOCKET,  /* socket, socketpair: EMFILE */
    FAULT_THREAD,  /* pthread_create, timer_create: EAGAIN */
    FAULT_WRITE,   /* write, writev, fflush, fclose: ENOSPC; fsync: EIO */
    FAULT_KINDS
};

#define FAULT_CHAINS 8192u

struct fault_plan {
    uint32_t kind;    /* calls of this kind are counted */
    uint32_t lasting; /* not only that call fails, but all after it, too */
    uint64_t at;      /* this one fails, from 1; 0: none */
    char program[32]; /* calls of other programs are left alone */
    _Atomic uint64_t seen, hits;
    uint64_t record; /* not 0: remember the first call of every chain of callers */
    struct {
        _Atomic uint64_t hash, number;
    } chains[FAULT_CHAINS];
};

/* Count a call; true: it is to fail. */
bool fault_due(enum fault_kind kind);

#endif
