/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arguments that name results: files, "-", and folders that hold them. */
#ifndef TVP_RESULT_PATHS_H
#define TVP_RESULT_PATHS_H

#include <stddef.h>

struct result_paths {
    char **items;
    size_t count;
};

/* Adds argument itself if it is no folder; of a folder its result.json, else those of the folders
 * in it, at most three levels down (results/LABEL/RUN), in the order of their names. Symbolic links
 * in folders are not followed. 0; -ENOENT: a folder without a result; else what the system said. */
int result_paths_add(struct result_paths *paths, const char *argument);
void result_paths_release(struct result_paths *paths);

#endif
