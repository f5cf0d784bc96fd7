/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs to be started: /bin/sh plays them all. */
#ifndef TVP_TEST_CHILD_FIXTURE_H
#define TVP_TEST_CHILD_FIXTURE_H

#include "base/child.h"
#include "base/clock.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define MS 1000000u
#define LONG_NS (20000ull * MS)

static inline uint64_t in_ms(uint64_t ms)
{
    return clock_ns() + ms * MS;
}

static inline struct child start(const char *script)
{
    char *const argv[] = {"/bin/sh", "-c", (char *)script, NULL};
    struct child child;

    assert_int_equal(child_start(argv, environ, &child), 0);
    return child;
}

static inline size_t descriptors_count(void)
{
    DIR *folder = opendir("/proc/self/fd");
    size_t count = 0;

    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}

#endif
