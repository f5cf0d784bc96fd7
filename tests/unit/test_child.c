/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a child listened to, to its last words and never longer than allowed? */
#include "tests/unit/child_fixture.h"

static void lines_come_one_by_one(void **state)
{
    struct child child = start("printf 'one\\n\\nthr'; read line; printf 'ee %s\\nrest' \"$line\"");
    char *line = NULL;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_string_equal(line, "one");
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_string_equal(line, "");
    assert_int_equal(child_write_line(&child, "four\n"), 0);
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_string_equal(line, "three four");
    line = NULL;
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), -ENODATA);
    assert_null(line);
    assert_int_equal(child_end(&child, in_ms(20000)), 0);
}

static void a_long_line_is_one_line(void **state)
{
    struct child child = start("head -c 300000 /dev/zero | tr '\\0' x; echo; echo next");
    char *line;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_int_equal(strlen(line), 300000);
    assert_int_equal(strspn(line, "x"), 300000);
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_string_equal(line, "next");
    child_end(&child, in_ms(20000));
}

static void an_endless_line_is_refused(void **state)
{
    struct child child = start("exec tr '\\0' x </dev/zero");
    char *line;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(60000), &line), -EMSGSIZE);
    assert_true(child.capacity <= 128u << 20);
    assert_true(WIFSIGNALED(child_end(&child, 0)));
}

static void everything_is_read_to_the_end(void **state)
{
    struct child child = start("echo a; head -c 20000 /dev/zero | tr '\\0' x");
    char *text = NULL;

    (void)state;
    assert_int_equal(child_read_all(&child, in_ms(20000), &text), 0);
    assert_int_equal(strlen(text), 20002);
    free(text);
    child_end(&child, in_ms(20000));
    child = start(":");
    assert_int_equal(child_read_all(&child, in_ms(20000), &text), 0);
    assert_string_equal(text, "");
    free(text);
    child_end(&child, in_ms(20000));
}

/* It ends at once, without a word, and somebody holds its stdout. */
static void nothing_is_read_of_who_says_nothing(void **state)
{
    struct child child = start("sleep 60 & exit 0");
    char *text = NULL;

    (void)state;
    assert_int_equal(child_read_all(&child, in_ms(20000), &text), 0);
    assert_string_equal(text, "");
    free(text);
    child_end(&child, in_ms(20000));
}

static void silence_has_a_limit(void **state)
{
    struct child child = start("read line; sleep 60");
    uint64_t before_ns = clock_ns();
    siginfo_t info;
    char *line = NULL;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(50), &line), -ETIMEDOUT);
    assert_int_equal(child_read_line(&child, 0, &line), -ETIMEDOUT);
    assert_int_equal(child_wait(&child, in_ms(50), &info), -ETIMEDOUT);
    assert_null(line);
    assert_int_equal(WTERMSIG(child_end(&child, in_ms(50))), SIGKILL);
    assert_true(clock_ns() - before_ns < LONG_NS);
}

static void drops_do_not_prolong_the_limit(void **state)
{
    struct child child = start("while :; do printf x; sleep 0.02; done");
    uint64_t before_ns = clock_ns();
    char *line;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(200), &line), -ETIMEDOUT);
    child_end(&child, 0);
    assert_true(clock_ns() - before_ns < LONG_NS);
}

static void complaints_never_block(void **state)
{
    struct child child =
        start("i=0; while [ $i -lt 6000 ]; do echo \"noise number $i\" >&2; "
              "i=$((i + 1)); done; echo done; echo 'tvp-trial: the last words' >&2;"
              " exit 3");
    char words[64], *line;
    siginfo_t info = {0};

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_string_equal(line, "done");
    assert_int_equal(child_wait(&child, in_ms(20000), &info), 0);
    assert_int_equal(info.si_status, 3);
    child_last_words(&child, words, sizeof(words));
    assert_string_equal(words, "the last words");
    assert_int_equal(WEXITSTATUS(child_end(&child, in_ms(20000))), 3);
}

static void check_words(const char *script, const char *expected)
{
    struct child child = start(script);
    char words[16], *text = NULL;
    siginfo_t info;

    assert_int_equal(child_read_all(&child, in_ms(20000), &text), 0);
    assert_int_equal(child_wait(&child, in_ms(20000), &info), 0);
    child_last_words(&child, words, sizeof(words));
    assert_string_equal(words, expected);
    free(text);
    child_end(&child, in_ms(20000));
}

static void last_words_are_the_last_line(void **state)
{
    (void)state;
    check_words(":", "");
    check_words("echo >&2", "");
    check_words("printf 'no newline' >&2", "no newline");
    check_words("printf 'one\\ntwo\\n\\n' >&2", "two");
    check_words("echo 'other: kept' >&2", "other: kept");
    check_words("echo 'tvp-trial: cut' >&2", "cut");
    check_words("echo 'longer than there is room' >&2", "longer than the");
    check_words("exec 2>&-; :", "");
}

/* A closed stderr stays readable for poll() for ever: waiting must not become spinning. */
static void waiting_after_the_end_of_stderr_sleeps(void **state)
{
    struct child child = start("exec 2>&-; sleep 0.4; echo late");
    struct timespec before, after;
    char *line;

    (void)state;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    assert_string_equal(line, "late");
    assert_true((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / MS <
                150);
    child_end(&child, in_ms(20000));
}

/* As a daemon that it started may hold them, for ever. */
static void its_own_end_counts_whoever_holds_its_pipes(void **state)
{
    struct child child = start("sleep 60 & echo last; kill -KILL $$");
    uint64_t before_ns = clock_ns();
    char *line;

    (void)state;
    assert_int_equal(child_read_line(&child, in_ms(50000), &line), 0);
    assert_string_equal(line, "last");
    assert_int_equal(child_read_line(&child, in_ms(50000), &line), -ENODATA);
    assert_int_equal(WTERMSIG(child_end(&child, in_ms(20000))), SIGKILL);
    assert_true(clock_ns() - before_ns < LONG_NS);
}

static void note_signal(int signal)
{
    (void)signal;
}

static void a_signal_is_told_and_loses_nothing(void **state)
{
    const struct sigaction action = {.sa_handler = note_signal};
    char *line, *text = NULL;

    (void)state;
    assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
    /* A second, so that it comes while we are listening. */
    struct child child = start("printf abc; sleep 1; kill -USR1 $PPID; read line; echo def");
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), -EINTR);
    assert_int_equal(child_write_line(&child, "go on\n"), 0);
    assert_int_equal(child_read_line(&child, in_ms(20000), &line), 0);
    assert_string_equal(line, "abcdef");
    child_end(&child, in_ms(20000));
    child = start("printf abc; sleep 0.1; kill -USR1 $PPID; sleep 0.1; echo def");
    assert_int_equal(child_read_all(&child, in_ms(20000), &text), 0);
    assert_string_equal(text, "abcdef\n");
    free(text);
    child_end(&child, in_ms(20000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_one_by_one),
        cmocka_unit_test(its_own_end_counts_whoever_holds_its_pipes),
        cmocka_unit_test(a_long_line_is_one_line),
        cmocka_unit_test(an_endless_line_is_refused),
        cmocka_unit_test(everything_is_read_to_the_end),
        cmocka_unit_test(nothing_is_read_of_who_says_nothing),
        cmocka_unit_test(silence_has_a_limit),
        cmocka_unit_test(drops_do_not_prolong_the_limit),
        cmocka_unit_test(complaints_never_block),
        cmocka_unit_test(last_words_are_the_last_line),
        cmocka_unit_test(waiting_after_the_end_of_stderr_sleeps),
        cmocka_unit_test(a_signal_is_told_and_loses_nothing),
    };

    /* What our caller left open is not ours. */
    (void)close_range(3, ~0u, 0);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(100);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
