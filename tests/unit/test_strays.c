/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are processes that have left our group and session found, by their parents or by their
 * environment, and nobody else? */
#include "base/strays.h"
#include "tests/unit/child_fixture.h"

#include <fcntl.h>
#include <sys/prctl.h>

static bool is_alive(pid_t pid)
{
    char path[64], state = '?';

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (!file) {
        return false;
    }
    int found = fscanf(file, "%*d (%*[^)]) %c", &state);
    fclose(file);
    return found == 1 && state != 'Z';
}

_Noreturn static void wait_for_ever(void)
{
    for (;;) {
        pause();
    }
}

static pid_t start_helper(void)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        wait_for_ever();
    }
    return pid;
}

/* A child in a session of its own whose grandchild is one, too. The pid of the latter. */
static pid_t start_daemon(void)
{
    int said[2];
    pid_t pid, daemon = 0;

    assert_int_equal(pipe2(said, O_CLOEXEC), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)setsid();
        daemon = fork();
        if (daemon == 0) {
            (void)setsid();
            daemon = getpid();
            (void)!write(said[1], &daemon, sizeof(daemon));
        }
        wait_for_ever();
    }
    assert_int_equal(read(said[0], &daemon, sizeof(daemon)), sizeof(daemon));
    close(said[0]);
    close(said[1]);
    return daemon;
}

static void all_children_but_those_kept_are_ended(void **unused)
{
    pid_t kept[2] = {start_helper(), start_helper()}, daemon = start_daemon(), pids[8];

    (void)unused;
    assert_int_equal(children_list(pids, 8), 3);
    assert_int_equal(children_list(pids, 2), 2);
    strays_end(kept, 2);
    assert_false(is_alive(daemon));
    assert_int_equal(children_list(pids, 8), 2);
    assert_true(is_alive(kept[0]) && is_alive(kept[1]));
    strays_end(NULL, 0);
    assert_int_equal(children_list(pids, 8), 0);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    strays_end(NULL, 0); /* nobody */
}

/* More than one look can list. */
static void many_are_ended_as_well(void **unused)
{
    pid_t pids[1];

    (void)unused;
    for (int i = 0; i < 300; i++) {
        (void)start_helper();
    }
    strays_end(NULL, 0);
    assert_int_equal(children_list(pids, 1), 0);
}

/* A mark that nobody else has who runs this test now. */
static char *make_mark(const char *before, const char *after, char mark[64])
{
    snprintf(mark, 64, "%sTVP_TEST=%d.%s", before, (int)getpid(), after);
    return mark;
}

/* A shell and its sleep, which is told of only after it has an environment of its own. */
static struct child start_marked(const char *before, const char *after)
{
    char *const argv[] = {"/bin/sh", "-c",
                          "sleep 600 & until grep -q ^sleep /proc/$!/cmdline; do :; done; "
                          "echo there; wait",
                          NULL};
    char mark[64];
    char *const environment[] = {"A=1", make_mark(before, after, mark), "PATH=/usr/bin:/bin", NULL};
    struct child child;
    char *line;

    assert_int_equal(child_start(argv, environment, &child), 0);
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    return child;
}

static void those_that_bear_the_mark_are_ended(void **unused)
{
    struct child marked = start_marked("", "12.x"), other = start_marked("", "123.x");
    char mark[64];

    (void)unused;
    strays_end_marked(make_mark("", "12.", mark));
    assert_false(is_alive(marked.pid));
    assert_true(is_alive(other.pid));
    child_end(&marked, 0);
    child_end(&other, 0);
    strays_end(NULL, 0);
}

static void they_are_hunted_down_wherever_they_are(void **unused)
{
    struct child marked = start_marked("", "hunt.7"), other = start_marked("X", "hunt.7");
    char mark[64];

    (void)unused;
    assert_int_equal(strays_hunt(make_mark("", "hunt.", mark)), 2); /* the shell and its sleep */
    assert_int_equal(strays_hunt(make_mark("", "hunted", mark)), 0);
    assert_true(is_alive(other.pid));
    child_end(&marked, in_ms(20000));
    assert_int_equal(strays_hunt(make_mark("", "hunt.", mark)), 0);
    child_end(&other, 0);
    strays_end(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_children_but_those_kept_are_ended),
        cmocka_unit_test(many_are_ended_as_well),
        cmocka_unit_test(those_that_bear_the_mark_are_ended),
        cmocka_unit_test(they_are_hunted_down_wherever_they_are),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(170);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
