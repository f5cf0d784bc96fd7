/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    pid_t pid = -1;
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
        .pid_fd = (int)syscall(SYS_pidfd_open, pid, 0),
        .in_fd = pipes[0][1],
        .out_fd = pipes[1][0],
        .err_fd = pipes[2][0],
    };
    return 0;
}
