/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else went on while an epoch was measured: the member "epochs" of a result file. An epoch
 * that others disturbed is loud; it is told by their load alone, never by the times. */
#ifndef TVP_EPOCHS_H
#define TVP_EPOCHS_H

#include "record/load.h"
#include "record/record.h"

/* Add an epoch of a workload, and mark its samples if it was loud. repeat: it stands in for one
 * that was. 0 or -ENOMEM. */
int record_add_epoch(struct record *record, const char *workload, uint64_t epoch,
                     const struct load_share *share, bool repeat);

/* Mark the samples of all loud epochs that the file tells of: once, after it was read. 0 or
 * -ENOMEM. */
int record_mark_loud(struct record *record);

/* How many epochs the file tells of, and how many of them were loud. */
void record_count_loud(const struct record *record, size_t *ret_epochs, size_t *ret_loud);

#endif
