/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result file of a run that goes on: locked, so that no two runs write the same one, and looked
 * at before each save, so that a file which somebody else put in its place is not written over. */
#ifndef TVP_RECORD_FILE_H
#define TVP_RECORD_FILE_H

#include "record/record.h"

struct record_file {
    const char *path; /* borrowed */
    int fd;           /* the file at path, ours and locked; -1: there is none yet */
    bool fresh;       /* there was nothing at path: what is there at the first save is not ours */
};

/* Before the first save. What is at path will be replaced. 0; -EBUSY: another run writes to it;
 * -ELOOP: a symbolic link, which saving would replace. */
int record_file_begin(const char *path, struct record_file *ret_file);
/* Lock and read a file that is there, and remove what writers that were killed left beside it. 0;
 * errors and why as those of record_load(); -EBUSY: another run writes to it; -ELOOP: a symbolic
 * link, which saving would replace. */
int record_file_resume(const char *path, struct record_file *ret_file, struct record *ret_record,
                       char *why);
/* As record_save(), and -ESTALE: what is at path now is not ours, and was left as it is. A file
 * that was removed is made anew. */
int record_file_save(struct record_file *file, const struct record *record);
/* Give the lock back. Copes with one that never had any. */
void record_file_end(struct record_file *file);

#endif
