/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a run leaves its result. */
#ifndef TVP_RUN_FOLDER_H
#define TVP_RUN_FOLDER_H

#include <limits.h>

/* Make results/LABEL/UTC-ID with all folders above it; the last one is new. */
int run_folder_make(const char *results, const char *label, char folder[PATH_MAX]);

/* Take it back if nothing was put there, and the folder of the label with it if it is empty. */
void run_folder_forget(char *folder);

/* Can a result be saved there? 1: yes, as a file that is replaced as a whole; 0: it is there and no
 * regular file, to be written to as it is; else a negative errno. */
int result_place_check(const char *path);

#endif
