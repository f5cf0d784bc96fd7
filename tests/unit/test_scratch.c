/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a scratch folder belong to its owner alone, go with all it holds, and if its owner was
 * killed, with the next one: but no other folder? */
#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char parent[] = "/tmp/tvp-test-scratch-XXXXXX";

static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

/* "parent/name"; at most four at a time. */
static const char *in_parent(const char *name)
{
    static char paths[4][PATH_MAX];
    static unsigned next;
    char *path = paths[next++ % 4];

    snprintf(path, PATH_MAX, "%s/%s", parent, name);
    return path;
}

static void make_file(const char *folder, const char *name)
{
    char path[2 * PATH_MAX];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static struct scratch make(const char *kind)
{
    struct scratch scratch;

    assert_int_equal(scratch_make(parent, kind, &scratch), 0);
    return scratch;
}

static void it_is_private_and_goes_with_all_it_holds(void **unused)
{
    struct scratch scratch = make("trial");
    struct stat status;
    char deep[PATH_MAX + 64];

    (void)unused;
    assert_memory_equal(scratch.path + strlen(parent), "/tvp-trial-", 11);
    assert_int_equal(stat(scratch.path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    for (int i = 0; i < 300; i++) { /* more than one call of the kernel lists */
        char name[16];

        snprintf(name, sizeof(name), "file-%d", i);
        make_file(scratch.path, name);
    }
    snprintf(deep, sizeof(deep), "%s/a", scratch.path);
    assert_int_equal(mkdir(deep, 0700), 0);
    make_file(deep, "inside");
    assert_int_equal(mkdir(in_parent("kept"), 0700), 0);
    make_file(in_parent("kept"), "inside");
    snprintf(deep, sizeof(deep), "%s/link", scratch.path);
    assert_int_equal(symlink(in_parent("kept"), deep), 0);
    struct scratch before = scratch;
    scratch_remove(&scratch);
    assert_false(is_there(before.path));
    assert_true(is_there(in_parent("kept/inside")));
    scratch_remove(&scratch); /* none any more */
    assert_int_equal(fcntl(before.lock_fd, F_GETFD), -1);
}

static void what_is_no_stale_one_stays(void **unused)
{
    static const char *const names[] = {"tvp-run-abcde", "tvp-run-abcdefg", "tvp-run-abc.ef",
                                        "tvp-walk-abcdef", "xtvp-run-abcdef"};
    struct scratch held = make("run");

    (void)unused;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        assert_int_equal(mkdir(in_parent(names[i]), 0700), 0);
    }
    assert_int_equal(mkdir(in_parent("tvp-run-public"), 0755), 0);
    assert_int_equal(chmod(in_parent("tvp-run-public"), 0755), 0);
    assert_int_equal(symlink("tvp-run-abcde", in_parent("tvp-run-linked")), 0);
    make_file(parent, "tvp-run-afile1");
    struct scratch other = make("trial");
    assert_true(is_there(held.path));
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        assert_true(is_there(in_parent(names[i])));
    }
    assert_true(is_there(in_parent("tvp-run-public")));
    assert_true(is_there(in_parent("tvp-run-linked")));
    assert_true(is_there(in_parent("tvp-run-afile1")));
    scratch_remove(&held);
    scratch_remove(&other);
}

/* It makes one, says which, and waits to be killed. */
static pid_t start_owner(char path[PATH_MAX])
{
    int said[2];

    assert_int_equal(pipe2(said, O_CLOEXEC), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct scratch scratch;

        if (scratch_make(parent, "run", &scratch) == 0) {
            make_file(scratch.path, "file");
            (void)!write(said[1], scratch.path, PATH_MAX);
        }
        for (;;) {
            pause();
        }
    }
    close(said[1]);
    size_t length = 0;
    while (length < PATH_MAX) {
        ssize_t got = read(said[0], path + length, PATH_MAX - length);

        assert_true(got > 0);
        length += (size_t)got;
    }
    close(said[0]);
    return pid;
}

static void that_of_a_killed_owner_goes_with_the_next(void **unused)
{
    char path[PATH_MAX];
    pid_t owner = start_owner(path);

    (void)unused;
    struct scratch first = make("trial");
    assert_true(is_there(path)); /* its owner lives */
    assert_int_equal(kill(owner, SIGKILL), 0);
    assert_int_equal(waitpid(owner, NULL, 0), owner);
    assert_true(is_there(path));
    struct scratch second = make("trial");
    assert_false(is_there(path));
    assert_true(is_there(first.path));
    scratch_remove(&first);
    scratch_remove(&second);
}

static void what_cannot_be_made_is_told(void **unused)
{
    struct scratch scratch;

    (void)unused;
    assert_int_equal(scratch_make("/nonexistent", "run", &scratch), -ENOENT);
    assert_memory_equal(scratch.path, "/nonexistent/tvp-run-", 21);
    scratch_remove(&scratch);
    assert_int_equal(setenv("TMPDIR", "/nonexistent/other", 1), 0);
    assert_int_equal(scratch_make(NULL, "run", &scratch), -ENOENT);
    assert_memory_equal(scratch.path, "/nonexistent/other/", 19);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_private_and_goes_with_all_it_holds),
        cmocka_unit_test(what_is_no_stale_one_stays),
        cmocka_unit_test(that_of_a_killed_owner_goes_with_the_next),
        cmocka_unit_test(what_cannot_be_made_is_told),
    };

    alarm(50);
    if (!mkdtemp(parent)) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)nftw(parent, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return failed;
}
