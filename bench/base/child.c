/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/child.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_MAX_BYTES (64u << 20)
#define NS_PER_MS 1000000u
#define REAP_LIMIT_NS 5000000000u
#define REAP_PAUSE_NS 200000u

/* Take what has come on stderr and keep the end of it. A child that never stops talking is not
 * listened to for longer than its pipe is deep. */
static void hear_words(struct child *child)
{
    char heard[4096];
    const size_t most = sizeof(child->words) - 1;

    for (int i = 0; i < 16; i++) {
        ssize_t got = read(child->err_fd, heard, sizeof(heard));

        if (got <= 0) {
            if (got == 0) {
                close(child->err_fd);
                child->err_fd = -1;
            }
            return;
        }
        size_t count = (size_t)got < most ? (size_t)got : most;
        size_t kept = child->words_length < most - count ? child->words_length : most - count;
        memmove(child->words, child->words + child->words_length - kept, kept);
        memcpy(child->words + kept, heard + got - count, count);
        child->words_length = kept + count;
    }
}

/* Wait until fd can be read. -EINTR: a signal came; who wants to goes on waiting. */
static int wait_readable(struct child *child, int fd, uint64_t deadline_ns)
{
    for (;;) {
        /* Its end is looked at before its words, or the last of them could be missed. */
        struct pollfd pollers[] = {{.fd = child->pid_fd, .events = POLLIN},
                                   {.fd = fd, .events = POLLIN},
                                   {.fd = child->err_fd, .events = POLLIN}};
        uint64_t now_ns = clock_ns();
        uint64_t left_ms = now_ns < deadline_ns ? (deadline_ns - now_ns) / NS_PER_MS + 1 : 0;
        int r = poll(pollers, 3, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms);

        if (r < 0) {
            return -errno;
        }
        if (r > 0 && pollers[2].revents) {
            hear_words(child);
        }
        if (r > 0 && pollers[1].revents) {
            return 0;
        }
        /* A daemon that it left behind would keep its pipes open for ever. */
        if (r > 0 && pollers[0].revents) {
            return -ENODATA;
        }
        if (clock_ns() >= deadline_ns) {
            return -ETIMEDOUT;
        }
    }
}

/* Read once into the buffer. 0: something came; -ENODATA: the end. */
static int fill(struct child *child, uint64_t deadline_ns)
{
    int r = wait_readable(child, child->out_fd, deadline_ns);

    if (r < 0) {
        return r;
    }
    if (child->capacity - child->length < 4096) {
        size_t capacity = child->capacity ? child->capacity * 2 : 8192;
        char *buffer = capacity > LINE_MAX_BYTES ? NULL : realloc(child->buffer, capacity);

        if (!buffer) {
            return capacity > LINE_MAX_BYTES ? -EMSGSIZE : -ENOMEM;
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

    do {
        r = fill(child, deadline_ns);
    } while (r == 0 || r == -EINTR);
    if (r != -ENODATA) {
        return r;
    }
    /* Nothing came at all: there is no buffer yet. */
    char *text = child->buffer ? child->buffer : malloc(1);
    if (!text) {
        return -ENOMEM;
    }
    text[child->length] = '\0';
    *ret_text = text;
    child->buffer = NULL;
    child->length = child->taken = child->capacity = 0;
    return 0;
}

void child_last_words(struct child *child, char *text, size_t size)
{
    char *buffer = child->words;

    hear_words(child);
    while (child->words_length > 0 && buffer[child->words_length - 1] == '\n') {
        child->words_length--;
    }
    buffer[child->words_length] = '\0';
    const char *last = strrchr(buffer, '\n');
    const char *words = last ? last + 1 : buffer;
    const char *colon = strstr(words, ": ");
    words = colon && strncmp(words, "tvp-", 4) == 0 ? colon + 2 : words;
    size_t count = strlen(words) < size - 1 ? strlen(words) : size - 1;
    memcpy(text, words, count);
    text[count] = '\0';
}

int child_wait(struct child *child, uint64_t deadline_ns, siginfo_t *ret_info)
{
    int r = child->pid_fd < 0 ? -EBADF : -EINTR;

    while (r == -EINTR) {
        r = wait_readable(child, child->pid_fd, deadline_ns);
    }
    if (r == 0 && waitid(P_PID, (id_t)child->pid, ret_info, WEXITED | WNOWAIT) < 0) {
        r = -errno;
    }
    return r;
}

/* Those that were killed end soon, unless the kernel holds them: then they are left to whoever
 * comes after us. pid as for waitpid(). */
static void reap_killed(pid_t pid, int *ret_status)
{
    const uint64_t deadline_ns = clock_ns() + REAP_LIMIT_NS;
    int status;

    while (clock_ns() < deadline_ns) {
        pid_t found = waitpid(pid, &status, WNOHANG);

        if (found > 0) {
            *ret_status = status;
            if (pid > 0) {
                return;
            }
        } else if (found == 0) {
            clock_sleep_until(clock_ns() + REAP_PAUSE_NS);
        } else if (errno != EINTR) {
            return;
        }
    }
}

int child_end(struct child *child, uint64_t deadline_ns)
{
    int status = SIGKILL, ignored;
    siginfo_t info;

    if (child->pid <= 0) {
        return 0;
    }
    child_let_go(child);
    /* Not reaped yet, so neither its pid nor its group can have become somebody else's. */
    (void)child_wait(child, deadline_ns, &info);
    kill(-child->pid, SIGKILL);
    reap_killed(child->pid, &status);
    /* What it left behind is ours to reap if we are a subreaper: its CPU time then counts as ours.
     */
    reap_killed(-child->pid, &ignored);
    close(child->out_fd);
    if (child->pid_fd >= 0) {
        close(child->pid_fd);
    }
    if (child->err_fd >= 0) {
        close(child->err_fd);
    }
    free(child->buffer);
    *child = (struct child){0};
    return status;
}
