/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the parent as large as it was asked to be, in the pages it was asked for? */
#include "base/memory.h"
#include "trial/ballast.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MIB ((uint64_t)1 << 20)

/* A line of this process's smaps_rollup or status, in bytes. */
static uint64_t proc_bytes(const char *file, const char *member)
{
    FILE *in = fopen(file, "re");
    unsigned long long kib = 0;
    size_t length = strlen(member);
    char line[256];

    assert_non_null(in);
    while (fgets(line, sizeof(line), in)) {
        if (strncmp(line, member, length) == 0) {
            (void)sscanf(line + length, "%llu", &kib);
        }
    }
    fclose(in);
    return (uint64_t)kib * 1024;
}

static void sizes_are_read(void **state)
{
    uint64_t bytes = 7;
    bool huge = true;

    (void)state;
    assert_int_equal(ballast_parse("64MiB", &bytes, &huge), 0);
    assert_int_equal(bytes, 64 * MIB);
    assert_false(huge);
    assert_int_equal(ballast_parse("1G:huge", &bytes, &huge), 0);
    assert_int_equal(bytes, 1024 * MIB);
    assert_true(huge);
    assert_int_equal(ballast_parse("5:huger", &bytes, &huge), -EINVAL);
    assert_int_equal(ballast_parse("", &bytes, &huge), -EINVAL);
    assert_int_equal(ballast_parse(":huge", &bytes, &huge), -EINVAL);
    assert_int_equal(bytes, 1024 * MIB);
}

static void it_is_touched_and_given_back(void **state)
{
    uint64_t before = proc_bytes("/proc/self/smaps_rollup", "Private_Dirty:");
    uint64_t tables = proc_bytes("/proc/self/status", "VmPTE:");
    struct ballast ballast;
    char why[BALLAST_WHY_SIZE] = "";

    (void)state;
    assert_int_equal(ballast_load(64 * MIB, false, &ballast, why), 0);
    uint64_t loaded = proc_bytes("/proc/self/smaps_rollup", "Private_Dirty:") - before;
    assert_in_range(loaded, 64 * MIB, 66 * MIB);
    /* Small pages: a table entry of 8 bytes for each of at most 64 KiB. */
    assert_true(proc_bytes("/proc/self/status", "VmPTE:") - tables >= 64 * MIB / 65536 * 8);
    ballast_drop(&ballast);
    assert_null(ballast.mapping);
    assert_true(proc_bytes("/proc/self/smaps_rollup", "Private_Dirty:") < before + 2 * MIB);
    ballast_drop(&ballast);
}

static void huge_pages_are_huge_or_refused(void **state)
{
    struct ballast ballast = {0};
    char why[BALLAST_WHY_SIZE] = "";

    (void)state;
    int r = ballast_load(64 * MIB, true, &ballast, why);
    if (r == -EOPNOTSUPP) {
        assert_string_equal(why, "a parent of 64 MiB in huge pages: the machine gave no "
                                 "transparent huge pages");
        return;
    }
    assert_int_equal(r, 0);
    assert_true(proc_bytes("/proc/self/smaps_rollup", "AnonHugePages:") >= 57 * MIB);
    ballast_drop(&ballast);
}

static void what_does_not_fit_is_refused(void **state)
{
    struct ballast ballast = {0};
    char why[BALLAST_WHY_SIZE] = "";

    (void)state;
    if (memory_available() == UINT64_MAX) {
        skip();
    }
    assert_int_equal(ballast_load((uint64_t)1 << 60, false, &ballast, why), -ENOMEM);
    assert_non_null(strstr(why, "does not fit"));
    assert_null(ballast.mapping);
    assert_int_equal(ballast_load(0, false, &ballast, why), 0);
    assert_null(ballast.mapping);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_read),
        cmocka_unit_test(it_is_touched_and_given_back),
        cmocka_unit_test(huge_pages_are_huge_or_refused),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
