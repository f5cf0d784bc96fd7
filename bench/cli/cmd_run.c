/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp run: measure, save after every round, then show the answer. */
#include "base/units.h"
#include "cli/command.h"
#include "cli/interruption.h"
#include "cli/present.h"
#include "cli/progress.h"
#include "cli/rescue.h"
#include "cli/run_argv.h"
#include "cli/run_folder.h"
#include "cli/run_json.h"
#include "cli/run_options.h"
#include "cli/run_report.h"
#include "cli/run_resume.h"
#include "cli/terminal.h"
#include "cli/workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Told when all that was asked for has been found to exist. */
static void announce(const struct run_command *run)
{
    const struct run_settings *settings = &run->settings;
    const struct profile *profile = settings->plan.profile;
    uint64_t epochs = settings->epochs      ? settings->epochs
                      : settings->until > 0 ? UNTIL_EPOCHS
                                            : profile->epochs;
    uint64_t budget_ns = settings->budget_ns ? settings->budget_ns : profile->budget_ns;
    char budget[UNITS_SIZE];

    if (!run->quiet) {
        fprintf(stderr, "tvp run: %s%sprofile %s, %llu epoch%s, at most %s; ^C ends it early\n",
                run->resume ? run->resume : "", run->resume ? " goes on: " : "", profile->name,
                (unsigned long long)epochs, epochs == 1 ? "" : "s",
                format_duration((double)budget_ns, budget));
    }
}

struct watch {
    const struct run_command *run;
    struct progress progress;
    bool announced;
};

static void watch_progress(const struct run_progress *state, void *context)
{
    struct watch *watch = context;

    if (!watch->announced) {
        announce(watch->run);
        watch->announced = true;
    }
    progress_draw(state, &watch->progress);
}

/* What was measured, told and drawn. folder: of the result, or NULL. */
static int conclude(const struct command *command, const struct run_command *run,
                    const struct record *record, const char *folder)
{
    const struct presentation what = {.metric = METRIC_COLD, .brief = run->quiet};
    FILE *out = run_json_is_stdout(run) ? stderr : stdout;
    int status = STATUS_DONE;
    struct style style;

    if (run->json && !run->settings.file) {
        status = run_json_write(command, run, record);
    }
    (void)terminal_style(out, run->color, run->ascii, &style);
    int r = present_record(out, record, &what, &style);
    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "%s", strerror(-r));
    }
    if (folder && !run->quiet) {
        printf("\nresult    %s/result.json\n", folder);
        if (!record_complete(record)) {
            printf("go on     tvp run --resume %s/result.json\n", folder);
        }
    }
    /* Who has ended a run early does not want to wait for pictures: there is tvp report. */
    if (folder && !*run->settings.stopped) {
        run_report_leave(command, run, record, folder);
    }
    return status != STATUS_DONE ? status : present_status(record);
}

/* Measure in a scratch folder of our own, which is gone afterwards whatever happened. folder: NULL
 * if the result has none of its own. *ret_saved: whether a result was left behind. */
static int measure(const struct command *command, struct run_command *run, const char *folder,
                   bool *ret_saved)
{
    char why[HARNESS_WHY_SIZE] = "";
    struct watch watch = {.run = run};
    struct workspace workspace;
    struct record record;
    bool measured;
    int r = workspace_open(&workspace);

    *ret_saved = false;
    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "scratch folder: %s", strerror(-r));
    }
    progress_init(&watch.progress, run->quiet);
    run->settings.scratch = workspace.scratch.path;
    run->settings.progress = watch_progress;
    run->settings.context = &watch;
    r = run_execute(&run->settings, &record, &measured, why);
    progress_clear(&watch.progress);
    int status = r == -EINTR ? STATUS_INTERRUPTED : r == -EINVAL ? STATUS_USAGE : STATUS_FAILED;
    *ret_saved = measured && (r == 0 || r == -EINTR);
    /* First of all: whoever reads what is told below may let us wait. */
    if (r < 0 && r != -EINTR) {
        rescue_complain(command, status, measured && run->settings.file ? &record : NULL,
                        why[0] ? why : strerror(-r));
    }
    if (measured) {
        int concluded = conclude(command, run, &record, *ret_saved ? folder : NULL);

        status = r == 0 ? concluded : r == -EINVAL ? STATUS_FAILED : status;
    }
    workspace_close(&workspace);
    if (measured) {
        record_release(&record);
    }
    return status;
}

/* With --json FILE: that file, saved after every round; - and what is no regular file (/dev/null)
 * are written to at the end. */
static int prepare_file(const struct command *command, struct run_command *run)
{
    int r = run_json_is_stdout(run) ? 0 : result_place_check(run->json);

    if (r > 0) {
        run->settings.file = &run->file;
        r = record_file_begin(run->json, &run->file);
    }
    return r < 0 ? command_complain(command, STATUS_FAILED, "%s: %s", run->json,
                                    r == -EBUSY   ? "is being written by another run"
                                    : r == -ELOOP ? "is a symbolic link: name the file itself"
                                                  : strerror(-r))
                 : -1;
}

/* The folder is "" if the result has none of its own. */
static int prepare(const struct command *command, struct run_command *run, char *folder, char *path)
{
    folder[0] = '\0';
    if (run->resume) {
        return run_resume_open(command, run, folder);
    }
    if (run->json) {
        return prepare_file(command, run);
    }
    int r = run_folder_make(run->results, run->label, folder);
    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "results in %s: %s", run->results,
                                strerror(-r));
    }
    snprintf(path, PATH_MAX + 16, "%s/result.json", folder);
    run->settings.file = &run->file;
    run->file = (struct record_file){.path = path, .fd = -1};
    return -1;
}

static int run_run(const struct command *command, char **arguments)
{
    char folder[PATH_MAX], path[PATH_MAX + 16];
    struct run_command run;
    struct style style;
    bool saved = true;
    int status = run_options_parse(command, arguments, &run);

    if (status < 0 && terminal_style(stdout, run.color, run.ascii, &style) < 0) {
        status = command_complain(command, STATUS_USAGE,
                                  "--color is auto, always or never, not '%s'", run.color);
    }
    if (status < 0) {
        status = prepare(command, &run, folder, path);
    }
    if (status < 0) {
        run.settings.argv = run_argv_describe(arguments);
        run.settings.stopped = interruption_catch();
        status = measure(command, &run, folder[0] ? folder : NULL, &saved);
        json_decref(run.settings.argv);
        if (!saved && folder[0] && !run.resume) {
            run_folder_forget(folder);
        }
    }
    run_options_release(&run);
    return status;
}

const struct command command_run = {
    .name = "run",
    .arguments = "[WORKLOAD]... [OPTION]...",
    .summary = "run workloads under all strategies and say which is fastest",
    .options = run_options,
    .more = "WORKLOAD is a name of tvp list, or the path of a module of your own (./mine.so).\n"
            "\nExamples:\n"
            "  tvp run                                    eight workloads, 90 s at most\n"
            "  tvp run primes --until 1%                  until a difference of 1 % shows\n"
            "  tvp run --profile article                  the article's programs, in a minute\n"
            "  tvp run loop --workers 1,2,4 --epochs 24   how many?\n"
            "  tvp run --resume results/x86-2c-24g/20250115T104207Z-0badcafe/result.json\n"
            "  tvp run payload --strategies fork,fork:channel=pipe --set bytes=64KiB\n",
    .run = run_run,
};
