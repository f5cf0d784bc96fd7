/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/workspace.h"

#include "base/strays.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MARK "TVP_WORKSPACE"
#define HUNTS_MOST 100
#define PAUSE_NS 2000000

/* Standard streams and whatever else we have inherited are others' business: who waits for their
 * end must not wait for us. */
static void close_all_but(int one, int other)
{
    int low = one < other ? one : other, high = one < other ? other : one;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++) {
        (void)dup2(null, fd);
    }
    if (low > STDERR_FILENO + 1) {
        (void)close_range(STDERR_FILENO + 1, (unsigned)low - 1, 0);
    }
    if (high > low + 1) {
        (void)close_range((unsigned)low + 1, (unsigned)high - 1, 0);
    }
    (void)close_range((unsigned)high + 1, ~0u, 0);
}

/* In a session of its own and deaf to signals: ^C and kill -- -GROUP are meant for us. */
_Noreturn static void be_janitor(struct scratch *scratch, int lifeline)
{
    char mark[PATH_MAX + sizeof(MARK) + 1], ignored;
    sigset_t all;

    (void)setsid();
    sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, NULL);
    (void)prctl(PR_SET_NAME, "tvp-janitor");
    close_all_but(lifeline, scratch->lock_fd);
    while (read(lifeline, &ignored, 1) < 0 && errno == EINTR) {
    }
    snprintf(mark, sizeof(mark), MARK "=%s", scratch->path);
    for (int i = 0; i < HUNTS_MOST && strays_hunt(mark) > 0; i++) {
        (void)nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
    }
    scratch_remove(scratch);
    _exit(0);
}

static void start_janitor(struct workspace *workspace)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0) {
        return;
    }
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[1]);
        be_janitor(&workspace->scratch, ends[0]);
    }
    close(ends[0]);
    if (pid < 0) {
        close(ends[1]);
        return;
    }
    workspace->janitor = pid;
    workspace->lifeline = ends[1];
}

int workspace_open(struct workspace *ret_workspace)
{
    int r;

    *ret_workspace = (struct workspace){.lifeline = -1};
    r = scratch_make(NULL, "run", &ret_workspace->scratch);
    if (r < 0) {
        return r;
    }
    if (setenv(MARK, ret_workspace->scratch.path, 1) < 0) {
        scratch_remove(&ret_workspace->scratch);
        return -ENOMEM;
    }
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    start_janitor(ret_workspace);
    return 0;
}

void workspace_close(struct workspace *workspace)
{
    scratch_remove(&workspace->scratch);
    (void)unsetenv(MARK);
    if (workspace->janitor > 0) {
        /* There is nothing left for it to do. */
        (void)kill(workspace->janitor, SIGKILL);
        while (waitpid(workspace->janitor, NULL, 0) < 0 && errno == EINTR) {
        }
        close(workspace->lifeline);
        workspace->janitor = 0;
    }
}
