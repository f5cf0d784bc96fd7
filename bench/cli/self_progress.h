/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a self check is: one line on a terminal, else a line a minute, so that a log shows it. */
#ifndef TVP_SELF_PROGRESS_H
#define TVP_SELF_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct self_progress {
    bool quiet, on_terminal;
    uint64_t start_ns, last_ns; /* clock_ns() */
};

void self_progress_init(struct self_progress *progress, bool quiet);
/* Before a comparison: `done` of `total` are over; total 0: until end_ns. */
void self_progress_show(struct self_progress *progress, uint64_t done, uint64_t total,
                        uint64_t end_ns, const char *what);
void self_progress_clear(const struct self_progress *progress);

#endif
