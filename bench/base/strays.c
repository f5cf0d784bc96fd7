/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strays.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdalign.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILDREN_MOST 256u
#define PAUSE_NS 1000000
#define PAUSES_MOST 2000u

static void pause_shortly(void)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
}

/* Numbers separated by blanks, as they come. */
static size_t read_numbers(int fd, pid_t *pids, size_t count, size_t most)
{
    char buffer[1024];
    pid_t number = 0;
    ssize_t size;

    while (count < most && (size = read(fd, buffer, sizeof(buffer))) > 0) {
        for (ssize_t i = 0; i < size && count < most; i++) {
            if (buffer[i] >= '0' && buffer[i] <= '9') {
                number = number * 10 + (buffer[i] - '0');
            } else if (number > 0) {
                pids[count++] = number;
                number = 0;
            }
        }
    }
    return count;
}

/* Each thread has children of its own. */
size_t children_list(pid_t *pids, size_t most)
{
    alignas(struct dirent64) char buffer[1024];
    int tasks = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    size_t count = 0;
    ssize_t size;

    while (tasks >= 0 && (size = getdents64(tasks, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; at < size;) {
            const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);
            int task = openat(tasks, entry->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
            int fd = entry->d_name[0] == '.' || task < 0
                         ? -1
                         : openat(task, "children", O_RDONLY | O_CLOEXEC);

            if (fd >= 0) {
                count = read_numbers(fd, pids, count, most);
                close(fd);
            }
            if (task >= 0) {
                close(task);
            }
            at += entry->d_reclen;
        }
    }
    if (tasks >= 0) {
        close(tasks);
    }
    return count;
}

static bool has_children(void)
{
    siginfo_t info;

    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) == 0 || errno != ECHILD;
}

static bool is_among(pid_t pid, const pid_t *pids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pids[i] == pid) {
            return true;
        }
    }
    return false;
}

/* Reap them, or give up on who is held by the kernel. */
static void reap(const pid_t *pids, size_t count, unsigned *pauses)
{
    for (size_t i = 0; i < count; i++) {
        while (waitpid(pids[i], NULL, WNOHANG | __WALL) == 0 && *pauses < PAUSES_MOST) {
            pause_shortly();
            ++*pauses;
        }
    }
}

void strays_end(const pid_t *kept, size_t count)
{
    pid_t pids[CHILDREN_MOST];
    unsigned pauses = 0;
    size_t found = 1;

    /* What dies leaves us its own children, so look again until there is nobody. */
    while (found > 0 && pauses < PAUSES_MOST && has_children()) {
        size_t all = children_list(pids, CHILDREN_MOST);

        found = 0;
        for (size_t i = 0; i < all; i++) {
            if (!is_among(pids[i], kept, count)) {
                (void)kill(pids[i], SIGKILL);
                pids[found++] = pids[i];
            }
        }
        reap(pids, found, &pauses);
    }
}
