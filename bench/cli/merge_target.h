/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder that results are merged into: DIR/LABEL/RUN/result.json. Nothing in it is ever
 * written over, and no symbolic link in it is followed, so nothing outside can be touched. */
#ifndef TVP_MERGE_TARGET_H
#define TVP_MERGE_TARGET_H

#include "record/checksum.h"
#include "record/record.h"

#include <limits.h>
#include <stdbool.h>

/* What is known of a result that is there. */
struct merged {
    char checksum[CHECKSUM_SIZE];
    char *label, *path;
    int64_t begin_s, end_s; /* since 1970; equal: not known */
};

struct merge_target {
    const char *folder;
    int folder_fd;
    struct merged *items;
    size_t count;
};

/* Makes the folder if need be and reads every result in it; damaged ones are passed over, and do
 * not count as duplicates. 0 or a negative errno; released by the caller in any case. */
int merge_target_open(const char *folder, struct merge_target *target);
void merge_target_close(struct merge_target *target);

/* The path of the result with this checksum, or NULL. */
const char *merge_target_find(const struct merge_target *target, const char *checksum);
/* Saves the record under a new name made of its label, its date and its checksum; *ret_path is
 * valid until the next call. 0, -ELOOP: a symbolic link is in the way, -EEXIST: all names are
 * taken, -EBADMSG: it would not come out as it went in; else what the system said. */
int merge_target_add(struct merge_target *target, const struct record *record, const char *checksum,
                     const char **ret_path);
/* A result of the same label that was measured while this one was: the index-th, or NULL. */
const char *merge_target_overlap(const struct merge_target *target, const char *path, size_t index);

#endif
