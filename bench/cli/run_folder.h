/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a run leaves its result, and where its trials may scribble. */
#ifndef TVP_RUN_FOLDER_H
#define TVP_RUN_FOLDER_H

#include <limits.h>

/* Make results/LABEL/UTC-ID with all folders above it; the last one is new. */
int run_folder_make(const char *results, const char *label, char folder[PATH_MAX]);

/* Make an empty scratch folder in $TMPDIR or /tmp; remove it with all it holds. */
int scratch_make(char folder[PATH_MAX]);
void scratch_remove(const char *folder);

#endif
