/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the local server end with the one that started it, and is nothing left if it never began? */
#include "base/clock.h"
#include "workload_fixture.h"
#include "workloads/http_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int try_server(struct http_server *server)
{
    char program[PATH_MAX], text[TASK_TEXT_SIZE];

    *server = (struct http_server){0};
    snprintf(program, sizeof(program), "%s/tvp-httpd", getenv("TVP_MODULES"));
    return http_server_start(server, program, text);
}

static struct http_server start_server(void)
{
    struct http_server server;

    assert_int_equal(try_server(&server), 0);
    return server;
}

static int connect_to(uint32_t host, unsigned port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(host)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
        int r = -errno;

        close(fd);
        return r;
    }
    return fd;
}

/* Wait for a child to end by itself, 10 s at most. */
static int wait_for(pid_t pid, int *ret_status)
{
    const uint64_t limit_ns = clock_ns() + 10000000000;

    while (clock_ns() < limit_ns) {
        if (waitpid(pid, ret_status, WNOHANG) == pid) {
            return 0;
        }
        clock_sleep_until(clock_ns() + 1000000);
    }
    return -ETIMEDOUT;
}

static void it_is_reached_at_one_address_only(void **unused)
{
    struct http_server server = start_server();
    int fd = connect_to(INADDR_LOOPBACK, server.port);

    (void)unused;
    assert_true(fd >= 0);
    close(fd);
    /* All of 127/8 is this machine; a server bound to every address would answer here, too. */
    assert_int_equal(connect_to(INADDR_LOOPBACK + 1, server.port), -ECONNREFUSED);
    http_server_stop(&server);
}

static void it_ends_with_its_lifeline_even_if_a_page_hangs(void **unused)
{
    static const char request[] = "GET /hang HTTP/1.1\r\nHost: here\r\n\r\n";
    struct http_server server = start_server();
    int fd = connect_to(INADDR_LOOPBACK, server.port), status = -1;

    (void)unused;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, request, strlen(request)), strlen(request));
    close(server.lifeline);
    assert_int_equal(wait_for(server.pid, &status), 0);
    assert_int_equal(status, 0);
    close(fd);
}

/* Start a server, report its pid, and leave a fork behind that keeps its lifeline open as long as
 * somebody writes to `held`. This is a child: it asserts nothing. */
static void die_early(int report, const int held[2])
{
    struct http_server server;
    char ignored;

    if (try_server(&server) != 0 || write(report, &server.pid, sizeof(server.pid)) < 0) {
        _exit(1);
    }
    if (fork() == 0) {
        close(held[1]);
        _exit(read(held[0], &ignored, 1) == 0 ? 0 : 1);
    }
    _exit(0);
}

static void it_dies_with_its_parent_though_the_lifeline_is_held(void **unused)
{
    int report[2], held[2], status = -1;
    pid_t pid, server;

    (void)unused;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); /* makes the server ours to wait for */
    assert_int_equal(pipe2(report, O_CLOEXEC), 0);
    assert_int_equal(pipe2(held, O_CLOEXEC), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        die_early(report[1], held);
    }
    close(report[1]);
    assert_int_equal(read(report[0], &server, sizeof(server)), sizeof(server));
    assert_int_equal(wait_for(pid, &status), 0);
    assert_int_equal(wait_for(server, &status), 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    close(held[0]);
    close(held[1]);
    assert_true(waitpid(-1, &status, 0) > 0); /* the holder, which now reads the end */
    close(report[0]);
}

static void a_server_that_says_nonsense_is_ended(void **unused)
{
    struct http_server server = {0};
    char text[TASK_TEXT_SIZE];
    unsigned before = count_descriptors();

    (void)unused;
    assert_int_equal(http_server_start(&server, "/bin/true", text), -EPROTO);
    assert_string_equal(text, "cannot start the local server tvp-httpd: Protocol error");
    assert_int_equal(server.pid, 0);
    http_server_stop(&server);
    assert_int_equal(count_descriptors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_reached_at_one_address_only),
        cmocka_unit_test(it_ends_with_its_lifeline_even_if_a_page_hangs),
        cmocka_unit_test(it_dies_with_its_parent_though_the_lifeline_is_held),
        cmocka_unit_test(a_server_that_says_nonsense_is_ended),
    };

    alarm(60);
    return cmocka_run_group_tests_name("http server", tests, NULL, NULL);
}
