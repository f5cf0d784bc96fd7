/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A busy process of our own making that knows when it runs: the load that `tvp check --self` plants
 * to see whether disturbed epochs are noticed. It is stopped and continued, never ended meanwhile,
 * because the CPU time of a child that was waited for would count as our own. */
#ifndef TVP_HOG_H
#define TVP_HOG_H

#include "base/child.h"

#include <stdbool.h>

struct hog {
    struct child child;
    bool busy;
};

/* trial: the trial program, whose workload loop it runs. It begins idle. A negative errno: it did
 * not start. */
int hog_start(const char *trial, struct hog *ret_hog);
void hog_set(struct hog *hog, bool busy);
/* Copes with one that never started. */
void hog_end(struct hog *hog);

#endif
