/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run with the fake trial program that is cut short, and gone on with out of its file. */
#ifndef TVP_TEST_RESUME_FIXTURE_H
#define TVP_TEST_RESUME_FIXTURE_H

#include "tests/unit/run_fixture.h"

#define BLOCKS 3 /* timed, of the fake profile; one more is for warming up */
#define EPOCHS 5u

/* Calls between blocks, of which the n-th ends the run. */
static unsigned calls, stop_at;

static inline void stop_in_time(const struct run_progress *progress, void *context)
{
    struct ran *ran = context;

    ran->stopped = progress->epoch > 0 && ++calls == stop_at;
}

static inline int begin(const char *folder, struct ran *ran, unsigned stop,
                        struct run_settings settings)
{
    calls = 0;
    stop_at = stop;
    settings.epochs = settings.epochs ? settings.epochs : EPOCHS;
    settings.progress = stop_in_time;
    return run(folder, ran, settings);
}

/* A run that ^C ended before that block, counted over both workloads; its file is let go of. */
static inline void cut_short(const char *folder, struct ran *ran, unsigned stop)
{
    assert_int_equal(begin(folder, ran, stop, (struct run_settings){.seed = 1}), -EINTR);
    record_file_end(&ran->file);
}

static inline int go_on(const char *folder, struct ran *again, struct record *before,
                        struct run_settings settings)
{
    struct record_file file;
    char path[256], why[RECORD_WHY_SIZE] = "";

    snprintf(path, sizeof(path), "%s/result.json", folder);
    if (record_file_resume(path, &file, before, why) < 0) {
        fail_msg("%s", why);
    }
    settings.resumed = before;
    settings.file = &file;
    settings.seed = 1;
    int r = begin(folder, again, 0, settings);
    record_file_end(&file);
    return r;
}

#endif
