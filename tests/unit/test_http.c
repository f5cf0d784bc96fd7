/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the http workload get what the local server gives, and does every way to fail end as the
 * outcome of its task, in the same words each time? */
#include "base/clock.h"
#include "workload_fixture.h"
#include "workloads/http_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A port of this machine at which nobody listens. */
static unsigned free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

static void the_pages_of_the_post_end_as_they_must(void **unused)
{
    const uint64_t begin_ns = clock_ns();
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "http", 0, SETS("limit=1s"));
    assert_int_equal(fixture.env.tasks, 7);
    fixture_sample(&fixture, 7);
    fixture_expect_value(&fixture, 0, 325699);
    fixture_expect_value(&fixture, 1, 64668);
    fixture_expect_value(&fixture, 2, 1146623);
    fixture_expect_value(&fixture, 3, 313091);
    fixture_expect_failure(&fixture, 4, -EREMOTEIO, "HTTP 403");
    fixture_expect_failure(&fixture, 5, -EHOSTUNREACH, "could not resolve host");
    fixture_expect_failure(&fixture, 6, -ETIMEDOUT, "timed out after 1 s");
    fixture_close(&fixture);
    assert_true(clock_ns() - begin_ns < 20000000000);

    fixture_open(&fixture, "http", 0, SETS("pages=hang", "limit=100ms"));
    fixture_sample(&fixture, 1);
    fixture_expect_failure(&fixture, 0, -ETIMEDOUT, "timed out after 100 ms");
    fixture_close(&fixture);
}

static void a_page_takes_its_delay(void **unused)
{
    struct fixture fixture;
    uint64_t begin_ns;

    (void)unused;
    fixture_open(&fixture, "http", 3, SETS("pages=size:1kB,size:0,size:1KiB", "delay=20ms"));
    begin_ns = clock_ns();
    fixture_sample(&fixture, 3);
    assert_true(clock_ns() - begin_ns >= 60000000);
    fixture_expect_value(&fixture, 0, 1000);
    fixture_expect_value(&fixture, 1, 0);
    fixture_expect_value(&fixture, 2, 1024);
    fixture_close(&fixture);
}

static void environment_proxies_are_not_asked_for_local_pages(void **unused)
{
    struct fixture fixture;

    (void)unused;
    unsetenv("no_proxy"); /* as the other tests have it */
    unsetenv("NO_PROXY");
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    fixture_open(&fixture, "http", 0, SETS("pages=size:10"));
    fixture_sample(&fixture, 1);
    fixture_expect_value(&fixture, 0, 10);
    fixture_close(&fixture);
    unsetenv("http_proxy");
    setenv("no_proxy", "127.0.0.1", 1);
}

static void nothing_is_left_behind(void **unused)
{
    unsigned before = 0;

    (void)unused;
    for (unsigned i = 0; i < 2; i++) { /* the first time, libraries open files of their own */
        struct fixture fixture;

        before = count_descriptors();
        fixture_open(&fixture, "http", 0, SETS("pages=size:10,hang", "limit=50ms"));
        fixture_sample(&fixture, 2);
        fixture_close(&fixture);
    }
    assert_int_equal(count_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void odd_pages_are_refused(void **unused)
{
    static const char *const pages[] = {"size:1025MiB", "size:-1",    "size:",   "status:99",
                                        "status:600",   "status:4x3", "hang on", "403"};

    (void)unused;
    for (unsigned i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
        struct fixture fixture;
        char set[64];

        snprintf(set, sizeof(set), "pages=hang,%s", pages[i]);
        assert_int_equal(fixture_try(&fixture, "http", 0, SETS(set)), -EINVAL);
        assert_string_equal(fixture.text,
                            "page 2 is none of size:N, status:200..599, unknown-host, hang");
        fixture_close(&fixture);
    }
}

static void without_its_server_it_cannot_run_here(void **unused)
{
    struct fixture fixture;

    (void)unused;
    fixture_open(&fixture, "http", 0, NULL);
    fixture.workload->cleanup(&fixture.env);
    fixture.env.modules = "/nonexistent";
    assert_int_equal(fixture.workload->prepare(&fixture.env, fixture.text), -EOPNOTSUPP);
    assert_string_equal(fixture.text,
                        "cannot start the local server tvp-httpd: No such file or directory");
    fixture_close(&fixture);
}

/* Open http on a list with these lines. Returns what prepare() does. */
static int try_list(struct fixture *fixture, const char *lines)
{
    char path[] = "/tmp/tvp-test-XXXXXX", set[64];
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, lines, strlen(lines)), strlen(lines));
    close(fd);
    snprintf(set, sizeof(set), "urls=%s", path);
    int r = fixture_try(fixture, "http", 0, SETS(set, "limit=1s"));

    unlink(path);
    return r;
}

static void a_list_of_ones_own_is_fetched(void **unused)
{
    struct http_server server = {0};
    char program[PATH_MAX], text[TASK_TEXT_SIZE], lines[400];
    struct fixture fixture;

    (void)unused;
    snprintf(program, sizeof(program), "%s/tvp-httpd", getenv("TVP_MODULES"));
    assert_int_equal(http_server_start(&server, program, text), 0);
    snprintf(lines, sizeof(lines),
             "# pages\n\n  http://127.0.0.1:%u/size/5 \r\n\thttp://me:secret@127.0.0.1:%u/nowhere\n"
             "HTTP://127.0.0.1:%u/hang\nhttp://127.0.0.1:%u/",
             server.port, server.port, server.port, free_port());
    assert_int_equal(try_list(&fixture, lines), 0);
    assert_int_equal(fixture.env.tasks, 4);
    fixture_sample(&fixture, 4);
    fixture_expect_value(&fixture, 0, 5);
    fixture_expect_failure(&fixture, 1, -EREMOTEIO, "HTTP 404");
    fixture_expect_failure(&fixture, 2, -ETIMEDOUT, "timed out after 1 s");
    fixture_expect_failure(&fixture, 3, -ECONNREFUSED, "connection refused");
    fixture_close(&fixture);
    http_server_stop(&server);
}

static void odd_lists_are_refused_without_showing_them(void **unused)
{
    static const struct {
        const char *lines, *text;
    } cases[] = {
        {"", "the file of urls holds no address"},
        {"# nothing\n\n", "the file of urls holds no address"},
        {"http://127.0.0.1/\nftp://me:secret@127.0.0.1/\n",
         "line 2 of urls is no address of http or https"},
        {"file:///etc/passwd", "line 1 of urls is no address of http or https"},
    };
    struct fixture fixture;

    (void)unused;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(try_list(&fixture, cases[i].lines), -EINVAL);
        assert_string_equal(fixture.text, cases[i].text);
        fixture_close(&fixture);
    }
    assert_int_equal(fixture_try(&fixture, "http", 0, SETS("urls=/nonexistent")), -EINVAL);
    assert_string_equal(fixture.text, "cannot open the file of urls: No such file or directory");
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_of_the_post_end_as_they_must),
        cmocka_unit_test(a_page_takes_its_delay),
        cmocka_unit_test(environment_proxies_are_not_asked_for_local_pages),
        cmocka_unit_test(nothing_is_left_behind),
        cmocka_unit_test(odd_pages_are_refused),
        cmocka_unit_test(without_its_server_it_cannot_run_here),
        cmocka_unit_test(a_list_of_ones_own_is_fetched),
        cmocka_unit_test(odd_lists_are_refused_without_showing_them),
    };

    alarm(60);
    return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
