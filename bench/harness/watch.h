/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who else used the machine while an epoch was measured? */
#ifndef TVP_WATCH_H
#define TVP_WATCH_H

#include "record/load.h"

/* Between two looks. */
struct watch {
    struct load_reader reader;
    bool open; /* false: this machine does not tell */
    struct load_reading before;
    uint64_t own_ns; /* CPU time of this process and its reaped children, then */
    unsigned cpus;   /* online */
};

/* root: "", or a folder of made-up files; see load_reader_open(). */
void watch_open(const char *root, struct watch *watch);
void watch_close(struct watch *watch);
void watch_begin(struct watch *watch);
/* What went on since watch_begin(). All trials that were started since must have been reaped, or
 * their time counts as foreign. False: nothing is known. */
bool watch_end(const struct watch *watch, struct load_share *ret_share);

#endif
