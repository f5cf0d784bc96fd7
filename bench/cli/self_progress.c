/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/self_progress.h"

#include "base/clock.h"
#include "base/units.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOG_EVERY_NS 60000000000u

void self_progress_init(struct self_progress *progress, bool quiet)
{
    const char *term = getenv("TERM");

    *progress = (struct self_progress){
        .quiet = quiet,
        .on_terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0,
        .start_ns = clock_ns(),
        .last_ns = clock_ns(),
    };
}

void self_progress_show(struct self_progress *progress, uint64_t done, uint64_t total,
                        uint64_t end_ns, const char *what)
{
    uint64_t now_ns = clock_ns(), left_ns = end_ns > now_ns ? end_ns - now_ns : 0;
    char of[32] = "", left[UNITS_SIZE];

    if (progress->quiet || (!progress->on_terminal && now_ns - progress->last_ns < LOG_EVERY_NS)) {
        return;
    }
    progress->last_ns = now_ns;
    if (total > 0) {
        snprintf(of, sizeof(of), " of %" PRIu64, total);
        left_ns = done > 0 ? (now_ns - progress->start_ns) / done * (total - done) : 0;
    }
    fprintf(stderr, "%scomparison %" PRIu64 "%s, %.30s", progress->on_terminal ? "\r\033[K" : "",
            done + 1, of, what);
    if (left_ns > 0) {
        fprintf(stderr, ", about %s left", format_duration((double)left_ns, left));
    }
    fputs(progress->on_terminal ? "" : "\n", stderr);
    fflush(stderr);
}

void self_progress_clear(const struct self_progress *progress)
{
    if (!progress->quiet && progress->on_terminal) {
        fputs("\r\033[K", stderr);
    }
}
