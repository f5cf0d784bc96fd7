/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one result gets its place below the folder of all results. */
#ifndef TVP_MERGE_SAVE_H
#define TVP_MERGE_SAVE_H

#include "record/record.h"

#define MERGE_NAME_SIZE 40u

/* Makes LABEL/NAME below the open folder, NAME out of date and checksum and new, and saves the
 * record there as result.json. Errors as those of merge_target_add(); nothing is left behind then
 * but perhaps the folder of the label. */
int merge_save(int above_fd, const char *label, const struct record *record, const char *checksum,
               char name[MERGE_NAME_SIZE]);

#endif
