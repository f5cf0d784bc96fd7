/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of gnuplot, supervised. */
#ifndef TVP_GNUPLOT_H
#define TVP_GNUPLOT_H

#include <stddef.h>
#include <stdint.h>

struct gnuplot_run {
    const char *script;
    const char *const *arguments; /* ARG1, ARG2, ... of the script; ends with NULL; at most 9 */
    uint64_t limit_ns;            /* then it is killed */
};

/* A name that gnuplot takes for a file and nothing else: "<x" and "|x" would be commands and "~"
 * a home, so what is not absolute gets "./" in front. The caller frees it; NULL: no memory. */
char *gnuplot_path(const char *path);

/* Run and wait. The user's start-up files and locale are ignored, stdin is empty. 0, or
 * -ENOENT: not installed, -ETIMEDOUT: killed, -EIO: gnuplot refused; why (size bytes) then holds
 * one line, as said by gnuplot where it said something. */
int gnuplot_run(const struct gnuplot_run *run, char *why, size_t size);

#endif
