/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workloads/http_server.h"
#include "workloads/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS 5000
#define STOP_MS 2000

/* The signals of the trial are its own affair: the server starts with none blocked. */
static int server_spawn(const char *program, int in, int out, pid_t *ret_pid)
{
    char *argv[] = {"tvp-httpd", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    int r = posix_spawn_file_actions_init(&actions);

    if (r != 0) {
        return -r;
    }
    r = posix_spawnattr_init(&attributes);
    if (r != 0) {
        goto destroy_actions;
    }
    sigemptyset(&none);
    r = posix_spawnattr_setsigmask(&attributes, &none);
    /* In a group of its own: what a terminal sends to ours must not end it amid a sample. */
    r = r != 0 ? r : posix_spawnattr_setpgroup(&attributes, 0);
    r = r != 0
            ? r
            : posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    r = r != 0 ? r : posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    r = r != 0 ? r : posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    r = r != 0 ? r : posix_spawn(ret_pid, program, &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
destroy_actions:
    posix_spawn_file_actions_destroy(&actions);
    return -r;
}

/* The server writes its line at once or not at all, so one poll is enough. */
static int server_read_port(int fd, unsigned *ret_port)
{
    struct pollfd wanted = {.fd = fd, .events = POLLIN};
    char line[16];
    int ready = poll(&wanted, 1, START_MS);

    if (ready <= 0) {
        return ready == 0 ? -ETIMEDOUT : -errno;
    }
    const ssize_t length = read(fd, line, sizeof(line) - 1);

    if (length < 0) {
        return -errno;
    }
    line[length] = '\0';
    const unsigned long port = strtoul(line, NULL, 10);

    if (length == 0 || line[length - 1] != '\n' || port == 0 || port > 65535) {
        return -EPROTO;
    }
    *ret_port = (unsigned)port;
    return 0;
}

int http_server_start(struct http_server *server, const char *program, char *text)
{
    int in[2], out[2], r;

    if (pipe2(in, O_CLOEXEC) != 0) {
        r = -errno;
        goto explain;
    }
    if (pipe2(out, O_CLOEXEC) != 0) {
        r = -errno;
        goto close_in;
    }
    r = server_spawn(program, in[0], out[1], &server->pid);
    close(out[1]);
    if (r != 0) {
        server->pid = 0;
        goto close_out;
    }
    close(in[0]);
    server->lifeline = in[1];
    /* Its number could become another process's if a strategy has reaped it. */
    server->pid_fd = (int)syscall(SYS_pidfd_open, server->pid, 0);
    r = server->pid_fd < 0 ? -errno : server_read_port(out[0], &server->port);
    close(out[0]);
    if (r != 0) {
        http_server_stop(server);
        goto explain;
    }
    return 0;

close_out:
    close(out[0]);
close_in:
    close(in[0]);
    close(in[1]);
explain:
    snprintf(text, TASK_TEXT_SIZE, "cannot start the local server tvp-httpd: %s", strerror(-r));
    return r;
}

void http_server_stop(struct http_server *server)
{
    if (server->pid == 0) {
        return;
    }
    close(server->lifeline);
    if (server->pid_fd >= 0) {
        struct pollfd ended = {.fd = server->pid_fd, .events = POLLIN};

        if (poll(&ended, 1, STOP_MS) != 1) {
            (void)syscall(SYS_pidfd_send_signal, server->pid_fd, SIGKILL, NULL, 0);
        }
        close(server->pid_fd);
    } else {
        kill(server->pid, SIGKILL); /* it has only just been started */
    }
    while (waitpid(server->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    server->pid = 0;
}
