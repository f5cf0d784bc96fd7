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
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ARGUMENTS 9u
/* How often a gnuplot that closed its stderr is asked whether it has ended, if nothing tells us. */
#define REAP_PAUSE_MS 2

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
    r = r < 0
            ? r
            : -posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    r = r < 0 ? r : -posix_spawn_file_actions_adddup2(&actions, stderr_fd, STDERR_FILENO);
    r = r < 0 ? r : -posix_spawnp(ret_pid, argv[0], &actions, &attributes, argv, envp);
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
static int reap(const struct gnuplot_child *child, bool late, int *ret_status)
{
    struct pollfd end = {.fd = child->pid_fd, .events = POLLIN};

    for (;;) {
        uint64_t now_ns = clock_ns();

        late = late || now_ns >= child->deadline_ns;
        if (late) {
            kill(child->pid, SIGKILL);
        }
        pid_t found = waitpid(child->pid, ret_status, late ? 0 : WNOHANG);
        if (found == child->pid) {
            return late ? -ETIMEDOUT : 0;
        }
        if (found < 0 && errno != EINTR) {
            return -errno;
        }
        if (found == 0) {
            (void)poll(&end, 1,
                       child->pid_fd < 0 ? REAP_PAUSE_MS
                                         : (int)((child->deadline_ns - now_ns) / 1000000 + 1));
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

static int start(const struct gnuplot_run *run, char *const *envp, struct gnuplot_child *ret_child)
{
    /* posix_spawn does not write to its arguments; its prototype is older than const. */
    union {
        const char *const *from;
        char *const *to;
    } argv;
    const char *words[4 + MOST_ARGUMENTS + 1] = {"gnuplot", "-d", "-c", run->script};
    int pipe_fds[2];
    pid_t pid;

    for (size_t i = 0; i < MOST_ARGUMENTS && run->arguments[i]; i++) {
        words[4 + i] = run->arguments[i];
    }
    argv.from = words;
    if (pipe2(pipe_fds, O_CLOEXEC) < 0) {
        return -errno;
    }
    int r = spawn(argv.to, envp, pipe_fds[1], &pid);
    close(pipe_fds[1]);
    if (r < 0) {
        close(pipe_fds[0]);
        return r;
    }
    *ret_child = (struct gnuplot_child){.pid = pid,
                                        .pid_fd = (int)syscall(SYS_pidfd_open, pid, 0),
                                        .said_fd = pipe_fds[0],
                                        .limit_ns = run->limit_ns,
                                        .deadline_ns = clock_ns() + run->limit_ns};
    return 0;
}

int gnuplot_start(const struct gnuplot_run *run, struct gnuplot_child *ret_child, char *why,
                  size_t size)
{
    char **envp = environment_make();
    int r = envp ? start(run, envp, ret_child) : -ENOMEM;

    free(envp);
    if (r == -ENOENT) {
        snprintf(why, size, "gnuplot is not installed (package gnuplot-nox)");
    } else if (r < 0) {
        snprintf(why, size, "gnuplot cannot be run: %s", strerror(-r));
    }
    return r;
}

int gnuplot_wait(const struct gnuplot_child *child, char *why, size_t size)
{
    char said[1024] = "";
    int status = 0;
    int r = collect(child->said_fd, child->deadline_ns, said, sizeof(said));

    r = reap(child, r == -ETIMEDOUT, &status);
    close(child->said_fd);
    if (child->pid_fd >= 0) {
        close(child->pid_fd);
    }
    if (r == -ETIMEDOUT) {
        snprintf(why, size, "gnuplot took longer than %.3g s and was stopped",
                 (double)child->limit_ns / 1e9);
    } else if (r < 0) {
        snprintf(why, size, "gnuplot is lost: %s", strerror(-r));
    } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        message_join(said[0] ? said : "gnuplot failed without a word", why, size);
        r = -EIO;
    }
    return r;
}

int gnuplot_run(const struct gnuplot_run *run, char *why, size_t size)
{
    struct gnuplot_child child = {.said_fd = -1};
    int r = gnuplot_start(run, &child, why, size);

    return r < 0 ? r : gnuplot_wait(&child, why, size);
}
