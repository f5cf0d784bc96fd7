/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include "base/units.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REDRAW_NS 200000000u

void progress_init(struct progress *progress, bool quiet)
{
    const char *term = getenv("TERM");

    *progress = (struct progress){
        .on_terminal = !quiet && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0,
    };
}

void progress_draw(const struct run_progress *state, void *context)
{
    struct progress *progress = context;
    const char *slash = strrchr(state->workload, '/');
    const char *workload = slash ? slash + 1 : state->workload;

    if (!progress->on_terminal ||
        (progress->drawn && state->elapsed_ns - progress->last_ns < REDRAW_NS)) {
        return;
    }
    progress->drawn = true;
    progress->last_ns = state->elapsed_ns;
    if (state->epoch == 0) {
        fprintf(stderr, "\r\033[Kcalibrating %.20s", workload);
    } else {
        fprintf(stderr, "\r\033[Kepoch %" PRIu64 " of %" PRIu64 "  %-12.20s", state->epoch,
                state->epochs, workload);
        if (state->left_ns > 0) {
            fprintf(stderr, "  about %" PRIu64 " s left", state->left_ns / 1000000000u + 1);
        }
    }
    fflush(stderr);
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn) {
        fputs("\r\033[K", stderr);
        progress->drawn = false;
    }
}
