/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The progress line on stderr: only on a terminal, and drawn only between blocks, so that nothing
 * of ours runs while something is measured. */
#ifndef TVP_PROGRESS_H
#define TVP_PROGRESS_H

#include "harness/run.h"

struct progress {
    bool on_terminal;
    bool drawn;
    uint64_t last_ns; /* elapsed when drawn last */
};

void progress_init(struct progress *progress, bool quiet);
/* For run_settings.progress; context is the struct above. */
void progress_draw(const struct run_progress *state, void *context);
/* Wipe the line. */
void progress_clear(struct progress *progress);

#endif
