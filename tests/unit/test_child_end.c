/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a child started without a trace of us, and ended with all whom it started? */
#include "tests/unit/child_fixture.h"

static void the_whole_group_ends(void **state)
{
    struct child child = start("sleep 60 >/dev/null 2>&1 & echo $!; exit 0");
    uint64_t deadline_ns = in_ms(20000);
    char *line;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    pid_t left = (pid_t)strtol(line, NULL, 10);
    assert_true(left > 0 && kill(left, 0) == 0);
    assert_int_equal(child_end(&child, in_ms(20000)), 0);
    char path[64], status[256] = "";
    snprintf(path, sizeof(path), "/proc/%d/stat", (int)left);
    for (FILE *file = fopen(path, "re"); file; file = fopen(path, "re")) {
        bool is_dead = fgets(status, sizeof(status), file) && strstr(status, ") Z ");

        fclose(file);
        if (is_dead) {
            break; /* whoever inherited it has not looked yet */
        }
        assert_true(clock_ns() < deadline_ns);
        clock_sleep_until(in_ms(5));
    }
}

static void who_is_gone_cannot_be_written_to(void **state)
{
    struct child child = start("exit 0");
    siginfo_t info = {0};

    (void)state;
    assert_int_equal(child_wait(&child, in_ms(20000), &info), 0);
    assert_int_equal(info.si_code, CLD_EXITED);
    assert_int_equal(child_write_line(&child, "sample\n"), -EPIPE);
    child_end(&child, in_ms(20000));
    child_end(&child, 0); /* none any more: nothing happens */
}

static void what_cannot_be_started_leaves_nothing(void **state)
{
    char *const argv[] = {"/nonexistent/program", NULL};
    size_t before = descriptors_count();
    struct child child = {.pid = 4711};

    (void)state;
    assert_int_equal(child_start(argv, environ, &child), -ENOENT);
    assert_int_equal(child.pid, 4711);
    assert_int_equal(descriptors_count(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void a_child_inherits_nothing(void **state)
{
    size_t before = descriptors_count();
    sigset_t set, old;
    char *text = NULL;

    (void)state;
    sigfillset(&set);
    sigprocmask(SIG_BLOCK, &set, &old);
    struct child child =
        start("ls /proc/self/fd | wc -l; grep -E '^Sig(Blk|Ign)' /proc/self/status");
    sigprocmask(SIG_SETMASK, &old, NULL);
    assert_int_equal(child_read_all(&child, in_ms(20000), &text), 0);
    child_end(&child, in_ms(20000));
    /* Its three streams and the folder that ls reads. */
    assert_int_equal(strtol(text, NULL, 10), 4);
    assert_non_null(strstr(text, "SigBlk:\t0000000000000000"));
    /* But for two signals of the C library's own. */
    const char *ignored = strstr(text, "SigIgn:");
    assert_int_equal(strtoull(ignored + 7, NULL, 16) & 0x7fffffff, 0);
    free(text);
    assert_int_equal(descriptors_count(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_group_ends),
        cmocka_unit_test(who_is_gone_cannot_be_written_to),
        cmocka_unit_test(what_cannot_be_started_leaves_nothing),
        cmocka_unit_test(a_child_inherits_nothing),
    };

    /* What our caller left open is not ours. */
    (void)close_range(3, ~0u, 0);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(100);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
