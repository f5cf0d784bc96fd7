/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/gnuplot.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ARGUMENTS 9u
/* How often a gnuplot that closed its stderr is asked whether it has ended. */
#define REAP_PAUSE_NS 2000000u

extern char **environ;

char *gnuplot_path(const char *path)
{
    char *result;

    return asprintf(&result, "%s%s", path[0] == '/' ? "" : "./", path) < 0 ? NULL : result;
}

static bool inherits(const char *variable)
{
    static const char *const dropped[] = {
        "LC_", "LANG", "GNUPLOT_", "GNUTERM", "FIT_", "SOURCE_DATE_EPOCH", NULL};

    for (const char *const *prefix = dropped; *prefix; prefix++) {
        if (strncmp(variable, *prefix, strlen(*prefix)) == 0) {
            return false;
        }
    }
    return true;
}

/* The environment without what changes gnuplot's behaviour; the strings stay environ's. */
static char **environment_make(void)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    static char epoch[] = "SOURCE_DATE_EPOCH=0"; /* or a PDF would hold the time of day */
    size_t count = 0, kept = 0;

    while (environ && environ[count]) {
        count++;
    }
    char **result = calloc(count + 3, sizeof(*result));
    if (!result) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (inherits(environ[i])) {
            result[kept++] = environ[i];
        }
    }
    result[kept++] = locale;
    result[kept] = epoch;
    return result;
}

/* stdin and stdout are /dev/null, stderr is the pipe. Signals start from their defaults, so that
 * a caller that blocks or ignores some does not hand that on. */
static int spawn(char *const *argv, char *const *envp, int stderr_fd, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;

    int r = -posix_spawn_file_actions_init(&actions);
    if (r < 0) {
        return r;
    }
    r = -posix_spawnattr_init(&attributes);
    if (r < 0) {
        goto destroy_actions;
    }
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    r = -posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (r == 0) {
        r = -posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    }
    if (r == 0) {
        r = -posix_spawn_file_actions_adddup2(&actions, stderr_fd, STDERR_FILENO);
    }
    if (r == 0) {
        r = -posix_spawnp(ret_pid, argv[0], &actions, &attributes, argv, envp);
    }
    posix_spawnattr_destroy(&attributes);
destroy_actions:
    posix_spawn_file_actions_destroy(&actions);
    return r;
}

/* Keeps the beginning of what is said, reads the rest away, until the end or the deadline. */
static int collect(int fd, uint64_t deadline_ns, char *text, size_t size)
{
    size_t length = 0;
    char rest[256];

    for (;;) {
        uint64_t now_ns = clock_ns();
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        bool room = length + 1 < size;

        if (now_ns >= deadline_ns) {
            return -ETIMEDOUT;
        }
        if (poll(&ready, 1, (int)((deadline_ns - now_ns) / 1000000 + 1)) <= 0) {
            continue;
        }
        ssize_t got =
            read(fd, room ? text + length : rest, room ? size - 1 - length : sizeof(rest));
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return 0;
        }
        if (got > 0 && room) {
            length += (size_t)got;
            text[length] = '\0';
        }
    }
}

/* The exit status of the child, which is killed at the deadline; it is gone on return. */
static int reap(pid_t pid, uint64_t deadline_ns, bool late, int *ret_status)
{
    for (;;) {
        late = late || clock_ns() >= deadline_ns;
        if (late) {
            kill(pid, SIGKILL);
        }
        pid_t found = waitpid(pid, ret_status, late ? 0 : WNOHANG);
        if (found == pid) {
            return late ? -ETIMEDOUT : 0;
        }
        if (found < 0 && errno != EINTR) {
            return -errno;
        }
        if (found == 0) {
            clock_sleep_until(clock_ns() + REAP_PAUSE_NS);
        }
    }
}

/* gnuplot's message, which spreads over several lines, as one line. */
static void message_join(const char *from, char *to, size_t size)
{
    size_t length = 0;

    for (; *from && length + 1 < size; from++) {
        char c = (unsigned char)*from < ' ' || *from == 0x7f ? ' ' : *from;

        if (c != ' ' || (length > 0 && to[length - 1] != ' ')) {
            to[length++] = c;
        }
    }
    to[length] = '\0';
}

static int supervise(char *const *argv, char *const *envp, uint64_t limit_ns, char *why,
                     size_t size)
{
    uint64_t deadline_ns = clock_ns() + limit_ns;
    int pipe_fds[2], status = 0;
    char said[1024] = "";
    pid_t pid;

    if (pipe2(pipe_fds, O_CLOEXEC) < 0) {
        return -errno;
    }
    int r = spawn(argv, envp, pipe_fds[1], &pid);
    close(pipe_fds[1]);
    if (r == 0) {
        r = collect(pipe_fds[0], deadline_ns, said, sizeof(said));
        r = reap(pid, deadline_ns, r == -ETIMEDOUT, &status);
    }
    close(pipe_fds[0]);
    if (r == -ENOENT) {
        snprintf(why, size, "gnuplot is not installed (package gnuplot-nox)");
    } else if (r == -ETIMEDOUT) {
        snprintf(why, size, "gnuplot took longer than %.3g s and was stopped",
                 (double)limit_ns / 1e9);
    } else if (r < 0) {
        snprintf(why, size, "gnuplot cannot be run: %s", strerror(-r));
    } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        message_join(said[0] ? said : "gnuplot failed without a word", why, size);
        r = -EIO;
    }
    return r;
}

int gnuplot_run(const struct gnuplot_run *run, char *why, size_t size)
{
    /* posix_spawn does not write to its arguments; its prototype is older than const. */
    union {
        const char *const *from;
        char *const *to;
    } argv;
    const char *words[4 + MOST_ARGUMENTS + 1] = {"gnuplot", "-d", "-c", run->script};

    for (size_t i = 0; i < MOST_ARGUMENTS && run->arguments[i]; i++) {
        words[4 + i] = run->arguments[i];
    }
    argv.from = words;
    char **envp = environment_make();
    if (!envp) {
        snprintf(why, size, "out of memory");
        return -ENOMEM;
    }
    int r = supervise(argv.to, envp, run->limit_ns, why, size);
    free(envp);
    return r;
}
