/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole run with the fake trial program, whose file is looked at all the time. */
#ifndef TVP_TEST_RUN_FIXTURE_H
#define TVP_TEST_RUN_FIXTURE_H

#include "harness/run.h"
#include "tests/unit/fake_fixture.h"

#include <errno.h>
#include <signal.h>

struct ran {
    struct record record;
    bool measured;
    char why[HARNESS_WHY_SIZE], path[256];
    const char *elsewhere;   /* to be saved there; NULL: in the folder */
    struct record_file file; /* settings.file, unless the caller has its own */
    volatile sig_atomic_t stopped;
    unsigned stop_in_epoch; /* from 1; 0: never */
    uint64_t files_read, last_epoch;
    json_t *argv;
};

/* Between blocks: the file of the rounds before must be there, whole, and incomplete. */
static inline void look_at_file(const struct run_progress *progress, void *context)
{
    struct ran *ran = context;
    char why[RECORD_WHY_SIZE] = "";
    struct record record;

    if (progress->epoch >= 2) {
        if (record_load(ran->path, &record, why) < 0) {
            fail_msg("in epoch %d: %s", (int)progress->epoch, why);
        }
        assert_false(record_complete(&record));
        assert_int_equal(record.series[0].samples.count,
                         (progress->epoch - 1) * fake_profile.blocks);
        record_release(&record);
        ran->files_read++;
    }
    assert_true(progress->epoch >= ran->last_epoch);
    ran->last_epoch = progress->epoch;
    ran->stopped = ran->stop_in_epoch > 0 && progress->epoch == ran->stop_in_epoch;
}

static inline int run(const char *folder, struct ran *ran, struct run_settings settings)
{
    *ran = (struct ran){.stop_in_epoch = ran->stop_in_epoch, .elsewhere = ran->elsewhere};
    snprintf(ran->path, sizeof(ran->path), "%s/result.json", folder);
    ran->file = (struct record_file){.path = ran->elsewhere ? ran->elsewhere : ran->path, .fd = -1};
    ran->argv = json_pack("[s]", "run");
    settings.plan.profile = &fake_profile;
    settings.trial = fake_trial();
    settings.label = "here";
    settings.scratch = folder;
    settings.file = settings.file ? settings.file : &ran->file;
    settings.argv = ran->argv;
    /* Nothing is known of what others do: this machine may well be busy. */
    settings.load_root = settings.load_root ? settings.load_root : folder;
    settings.stopped = &ran->stopped;
    settings.progress = settings.progress ? settings.progress : look_at_file;
    settings.context = ran;
    return run_execute(&settings, &ran->record, &ran->measured, ran->why);
}

static inline void forget(struct ran *ran)
{
    if (ran->measured) {
        record_release(&ran->record);
    }
    record_file_end(&ran->file);
    json_decref(ran->argv);
}

#endif
