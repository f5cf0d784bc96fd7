/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is replaced whole or not at all. Private to bench/record. */
#ifndef TVP_REPLACE_H
#define TVP_REPLACE_H

#include <stddef.h>

/* Write a temporary file beside path, fsync, rename it to path, fsync the folder. On failure what
 * was at path is as it was, and nothing is left beside it. ret_fd: the new file, open and locked
 * (flock) from before it had its name, to be closed by the caller; NULL: not wanted. 0 or what the
 * system said. */
int file_replace(const char *path, const char *text, size_t size, int *ret_fd);

/* Remove temporary files that writers left beside path when they were killed. Those that somebody
 * is still writing are locked, and stay. */
void file_replace_clean(const char *path);

#endif
