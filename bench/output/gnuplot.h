/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of gnuplot, supervised. */
#ifndef TVP_GNUPLOT_H
#define TVP_GNUPLOT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct gnuplot_run {
    const char *script;
    const char *const *arguments; /* ARG1, ARG2, ... of the script; ends with NULL; at most 9 */
    uint64_t limit_ns;            /* then it is killed */
};

/* A name that gnuplot takes for a file and nothing else: "<x" and "|x" would be commands and "~"
 * a home, so what is not absolute gets "./" in front. The caller frees it; NULL: no memory. */
char *gnuplot_path(const char *path);

/* One that runs. */
struct gnuplot_child {
    pid_t pid;
    int pid_fd;  /* tells of its end; -1: unknown */
    int said_fd; /* its stderr, ours to read */
    uint64_t limit_ns, deadline_ns;
};

/* The user's start-up files and locale are ignored, stdin is empty. 0, or -ENOENT: not installed;
 * why (size bytes) then holds one line. */
int gnuplot_start(const struct gnuplot_run *run, struct gnuplot_child *ret_child, char *why,
                  size_t size);
/* Wait until it has ended, once. 0, or -ETIMEDOUT: killed, -EIO: gnuplot refused; why as above, as
 * said by gnuplot where it said something. */
int gnuplot_wait(const struct gnuplot_child *child, char *why, size_t size);
/* Both. */
int gnuplot_run(const struct gnuplot_run *run, char *why, size_t size);

#endif
