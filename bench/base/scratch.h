/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder for files that nobody needs afterwards. It belongs to its user alone, is locked for as
 * long as its owner lives, and goes with all that is in it. Who is killed cannot clean up: whoever
 * makes the next one in the same place removes those that nobody holds a lock on any more. */
#ifndef TVP_SCRATCH_H
#define TVP_SCRATCH_H

#include <limits.h>

struct scratch {
    char path[PATH_MAX]; /* empty: none */
    int lock_fd;         /* close-on-exec; a forked process holds the lock as well */
};

/* Make one named tvp-KIND-XXXXXX (kind: "run" or "trial") in parent, or in $TMPDIR or /tmp if that
 * is NULL, after those of dead owners. 0 or a negative errno; ret_scratch->path then tells where it
 * was to be made. */
int scratch_make(const char *parent, const char *kind, struct scratch *ret_scratch);

/* Remove it. Copes with none. May be called by a signal handler. */
void scratch_remove(struct scratch *scratch);

#endif
