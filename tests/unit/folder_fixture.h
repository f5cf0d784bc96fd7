/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empty folder for each test, and nothing left in it. */
#ifndef TVP_TEST_FOLDER_FIXTURE_H
#define TVP_TEST_FOLDER_FIXTURE_H

#include <fcntl.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Every test runs in an empty folder of its own, which is the working directory. */
static inline int folder_make(void **state)
{
    char name[] = "/tmp/tvp-record-XXXXXX";

    *state = mkdtemp(name) ? strdup(name) : NULL;
    return *state ? chdir(*state) : -1;
}

static inline size_t files_count(void)
{
    glob_t found = {0};
    size_t count;

    (void)glob("*", 0, NULL, &found);
    (void)glob(".[!.]*", GLOB_APPEND, NULL, &found);
    count = found.gl_pathc;
    globfree(&found);
    return count;
}

static inline int folder_remove(void **state)
{
    glob_t found = {0};
    size_t i;

    (void)!chdir(*state);
    (void)glob("*", 0, NULL, &found);
    for (i = 0; i < found.gl_pathc; i++) {
        (void)remove(found.gl_pathv[i]);
    }
    globfree(&found);
    (void)!chdir("/");
    /* Fails, and with it the test, if a hidden temporary file was left behind. */
    i = (size_t)rmdir(*state);
    free(*state);
    return (int)i;
}

static inline void file_put(const char *name, const char *data, size_t size)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, size), size);
    assert_int_equal(close(fd), 0);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

#endif
