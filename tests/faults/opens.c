/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The many names under which files and folders are opened and made; see calls.c. */
#include "plan.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* What a fortified program calls instead. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int folder_fd, const char *path, int flags);
int __openat64_2(int folder_fd, const char *path, int flags);

#define OPEN(error, failure, type, name, parameters, arguments)                                    \
    type name parameters                                                                           \
    {                                                                                              \
        if (fault_due(FAULT_OPEN)) {                                                               \
            errno = error;                                                                         \
            return failure;                                                                        \
        }                                                                                          \
        return REAL(name) arguments;                                                               \
    }
/* The mode is there only if the flags ask for it. */
#define OPEN_MODE(name, parameters, arguments)                                                     \
    int name parameters                                                                            \
    {                                                                                              \
        mode_t mode = 0;                                                                           \
                                                                                                   \
        if (fault_due(FAULT_OPEN)) {                                                               \
            errno = EMFILE;                                                                        \
            return -1;                                                                             \
        }                                                                                          \
        if (__OPEN_NEEDS_MODE(flags)) {                                                            \
            va_list list;                                                                          \
                                                                                                   \
            va_start(list, flags);                                                                 \
            mode = va_arg(list, mode_t);                                                           \
            va_end(list);                                                                          \
        }                                                                                          \
        return REAL(name) arguments;                                                               \
    }

OPEN_MODE(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN_MODE(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN_MODE(openat, (int folder_fd, const char *path, int flags, ...), (folder_fd, path, flags, mode))
OPEN_MODE(openat64, (int folder_fd, const char *path, int flags, ...),
          (folder_fd, path, flags, mode))
OPEN(EMFILE, -1, int, __open_2, (const char *path, int flags), (path, flags))
OPEN(EMFILE, -1, int, __open64_2, (const char *path, int flags), (path, flags))
OPEN(EMFILE, -1, int, __openat_2, (int folder_fd, const char *path, int flags),
     (folder_fd, path, flags))
OPEN(EMFILE, -1, int, __openat64_2, (int folder_fd, const char *path, int flags),
     (folder_fd, path, flags))
OPEN(EMFILE, NULL, FILE *, fopen, (const char *restrict path, const char *restrict mode),
     (path, mode))
OPEN(EMFILE, NULL, FILE *, fopen64, (const char *restrict path, const char *restrict mode),
     (path, mode))
OPEN(EMFILE, NULL, DIR *, opendir, (const char *path), (path))
OPEN(ENOSPC, -1, int, mkdir, (const char *path, mode_t mode), (path, mode))
OPEN(ENOSPC, NULL, char *, mkdtemp, (char *path), (path))
OPEN(ENOSPC, -1, int, mkstemp, (char *path), (path))
OPEN(ENOSPC, -1, int, mkstemp64, (char *path), (path))
OPEN(ENOSPC, -1, int, mkostemp, (char *path, int flags), (path, flags))
OPEN(ENOSPC, -1, int, mkostemp64, (char *path, int flags), (path, flags))
