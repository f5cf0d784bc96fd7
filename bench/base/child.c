/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/child.h"

#include "base/clock.h"

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

#define LINE_MAX_BYTES (64u << 20)
#define NS_PER_MS 1000000u

static void close_pipes(int pipes[3][2])
{
    for (int i = 0; i < 3; i++) {
        for (int end = 0; end < 2; end++) {
            if (pipes[i][end] >= 0) {
                close(pipes[i][end]);
            }
        }
    }
}

/* Default signal actions and an empty mask, whatever we have made of ours. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t all, none;

    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setpgroup(attributes, 0);
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                                    POSIX_SPAWN_SETSIGMASK);
}

static int spawn(char *const argv[], char *const environment[], int pipes[3][2], pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int r = posix_spawn_file_actions_init(&actions);

    if (r != 0) {
        return -r;
    }
    r = posix_spawnattr_init(&attributes);
    if (r == 0) {
        for (int i = 0; r == 0 && i < 3; i++) {
            r = posix_spawn_file_actions_adddup2(&actions, pipes[i][i == 0 ? 0 : 1], i);
        }
        r = r ? r : set_attributes(&attributes);
        r = r ? r : posix_spawn(ret_pid, argv[0], &actions, &attributes, argv, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return -r;
}

int child_start(char *const argv[], char *const environment[], struct child *ret_child)
{
    int pipes[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    pid_t pid;
    int r = 0;

    for (int i = 0; r == 0 && i < 3; i++) {
        r = pipe2(pipes[i], O_CLOEXEC) < 0 ? -errno : 0;
    }
    r = r < 0 ? r : spawn(argv, environment, pipes, &pid);
    if (r < 0) {
        close_pipes(pipes);
        return r;
    }
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    (void)fcntl(pipes[2][0], F_SETFL, O_NONBLOCK);
    *ret_child = (struct child){
        .pid = pid,
        .in_fd = pipes[0][1],
        .out_fd = pipes[1][0],
        .err_fd = pipes[2][0],
    };
    return 0;
}

int child_write_line(struct child *child, const char *line)
{
    size_t size = strlen(line);

    while (size > 0) {
        ssize_t written = write(child->in_fd, line, size);

        if (written < 0 && errno != EINTR) {
            return -errno;
        }
        line += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return 0;
}

/* Wait until fd can be read. An interruption is no reason to stop waiting: who wants to end the
 * run looks at its flag between samples. */
static int wait_readable(int fd, uint64_t deadline_ns)
{
    for (;;) {
        struct pollfd poller = {.fd = fd, .events = POLLIN};
        uint64_t now_ns = clock_ns();
        uint64_t left_ms = now_ns < deadline_ns ? (deadline_ns - now_ns) / NS_PER_MS + 1 : 0;
        int r = poll(&poller, 1, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms);

        if (r > 0) {
            return 0;
        }
        if (r == 0 && left_ms <= INT32_MAX) {
            return -ETIMEDOUT;
        }
        if (r < 0 && errno != EINTR) {
            return -errno;
        }
    }
}

/* Read once into the buffer. 0: something came; -ENODATA: the end. */
static int fill(struct child *child, uint64_t deadline_ns)
{
    int r = wait_readable(child->out_fd, deadline_ns);

    if (r < 0) {
        return r;
    }
    if (child->capacity - child->length < 4096) {
        size_t capacity = child->capacity ? child->capacity * 2 : 8192;
        char *buffer = capacity > 2 * LINE_MAX_BYTES ? NULL : realloc(child->buffer, capacity);

        if (!buffer) {
            return capacity > 2 * LINE_MAX_BYTES ? -EMSGSIZE : -ENOMEM;
        }
        child->buffer = buffer;
        child->capacity = capacity;
    }
    /* One byte stays free for the end of a string. */
    ssize_t got =
        read(child->out_fd, child->buffer + child->length, child->capacity - child->length - 1);
    if (got < 0) {
        return errno == EINTR ? 0 : -errno;
    }
    child->length += (size_t)got;
    return got == 0 ? -ENODATA : 0;
}

int child_read_line(struct child *child, uint64_t deadline_ns, char **ret_line)
{
    child->length -= child->taken;
    if (child->taken > 0) {
        memmove(child->buffer, child->buffer + child->taken, child->length);
        child->taken = 0;
    }
    for (;;) {
        char *end = child->length ? memchr(child->buffer, '\n', child->length) : NULL;

        if (end) {
            *end = '\0';
            child->taken = (size_t)(end - child->buffer) + 1;
            *ret_line = child->buffer;
            return 0;
        }
        int r = fill(child, deadline_ns);
        if (r < 0) {
            return r;
        }
    }
}

int child_read_all(struct child *child, uint64_t deadline_ns, char **ret_text)
{
    int r;

    while ((r = fill(child, deadline_ns)) == 0) {
    }
    if (r != -ENODATA) {
        return r;
    }
    child->buffer[child->length] = '\0';
    *ret_text = child->buffer;
    child->buffer = NULL;
    child->length = child->taken = child->capacity = 0;
    return 0;
}

void child_last_words(struct child *child, char *text, size_t size)
{
    char buffer[4096];
    size_t length = 0;
    ssize_t got;

    while (length < sizeof(buffer) - 1 &&
           (got = read(child->err_fd, buffer + length, sizeof(buffer) - 1 - length)) > 0) {
        length += (size_t)got;
    }
    while (length > 0 && buffer[length - 1] == '\n') {
        length--;
    }
    buffer[length] = '\0';
    const char *last = strrchr(buffer, '\n');
    const char *words = last ? last + 1 : buffer;
    const char *colon = strstr(words, ": ");
    words = colon && strncmp(words, "tvp-", 4) == 0 ? colon + 2 : words;
    size_t count = strlen(words) < size - 1 ? strlen(words) : size - 1;
    memcpy(text, words, count);
    text[count] = '\0';
}

int child_wait(const struct child *child, uint64_t deadline_ns, siginfo_t *ret_info)
{
    int fd = (int)syscall(SYS_pidfd_open, child->pid, 0);

    if (fd < 0) {
        return -errno;
    }
    int r = wait_readable(fd, deadline_ns);
    close(fd);
    if (r == 0 && waitid(P_PID, (id_t)child->pid, ret_info, WEXITED | WNOWAIT) < 0) {
        r = -errno;
    }
    return r;
}

int child_end(struct child *child, uint64_t deadline_ns)
{
    siginfo_t info;
    int status = 0;

    if (child->pid <= 0) {
        return 0;
    }
    close(child->in_fd);
    /* Not reaped yet, so neither its pid nor its group can have become somebody else's. */
    (void)child_wait(child, deadline_ns, &info);
    kill(-child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    close(child->out_fd);
    close(child->err_fd);
    free(child->buffer);
    *child = (struct child){0};
    return status;
}
