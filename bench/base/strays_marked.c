/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strays that are known by their environment. */
#include "base/strays.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILDREN_MOST 256u
#define PAUSE_NS 1000000
#define PAUSES_MOST 2000u

/* What ends with NUL is read as a line is. */
static bool is_marked(pid_t pid, const char *word)
{
    char path[64], *text = NULL;
    size_t size = 0;
    bool found = false;

    snprintf(path, sizeof(path), "/proc/%d/environ", (int)pid);
    FILE *file = fopen(path, "re");
    while (file && !found && getdelim(&text, &size, '\0', file) > 0) {
        found = strncmp(text, word, strlen(word)) == 0;
    }
    if (file) {
        fclose(file);
    }
    free(text);
    return found;
}

void strays_end_marked(const char *word)
{
    pid_t pids[CHILDREN_MOST];
    size_t found = 1;

    for (unsigned pauses = 0; found > 0 && pauses < PAUSES_MOST;) {
        size_t all = children_list(pids, CHILDREN_MOST);

        found = 0;
        for (size_t i = 0; i < all; i++) {
            if (is_marked(pids[i], word)) {
                (void)kill(pids[i], SIGKILL);
                pids[found++] = pids[i];
            }
        }
        for (size_t i = 0; i < found; i++) {
            while (waitpid(pids[i], NULL, WNOHANG) == 0 && pauses++ < PAUSES_MOST) {
                (void)nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
            }
        }
    }
}

/* The process behind a number may become another one while we look: what is killed is what was
 * there before the last look. */
static bool kill_marked(pid_t pid, const char *word)
{
    if (!is_marked(pid, word)) {
        return false;
    }
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0) {
        return false;
    }
    bool found = is_marked(pid, word) && syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0) == 0;
    close(fd);
    return found;
}

size_t strays_hunt(const char *word)
{
    DIR *proc = opendir("/proc");
    const struct dirent *entry;
    size_t count = 0;

    while (proc && (entry = readdir(proc))) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);

        if (pid > 0 && pid != getpid()) {
            count += kill_marked(pid, word);
        }
    }
    if (proc) {
        closedir(proc);
    }
    return count;
}
