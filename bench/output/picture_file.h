/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing of gnuplot as one string. */
#ifndef TVP_PICTURE_FILE_H
#define TVP_PICTURE_FILE_H

/* The whole of a text file, to be freed by the caller. 0, -ENOMEM, -EFBIG beyond 64 MiB, -EIO for
 * an empty one, or what the system said. */
int picture_read(const char *path, char **ret_text);
/* 0 or a negative errno. */
int picture_write(const char *path, const char *text);

#endif
