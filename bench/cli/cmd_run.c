/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp run: measure, save after every round, then show the answer. */
#include "cli/command.h"
#include "cli/present.h"
#include "cli/progress.h"
#include "cli/run_folder.h"
#include "cli/run_options.h"
#include "cli/terminal.h"
#include "output/plot.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* The first ^C ends the run after the block; a second one ends us at once, and the trials with
 * us, because their pipes close. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* Arguments as they were, with paths cut to their last part: a result names no folders. */
static json_t *describe_arguments(char **arguments)
{
    json_t *list = json_array();

    json_array_append_new(list, json_string("run"));
    for (; list && *arguments; arguments++) {
        const char *equals = strchr(*arguments, '='), *slash = strrchr(*arguments, '/');

        if (slash && equals && equals < slash) {
            json_array_append_new(list, json_sprintf("%.*s%s", (int)(equals - *arguments) + 1,
                                                     *arguments, slash + 1));
        } else {
            json_array_append_new(list, json_string(slash ? slash + 1 : *arguments));
        }
    }
    return list;
}

static void announce(const struct run_command *run)
{
    const struct run_settings *settings = &run->settings;
    const struct profile *profile = settings->plan.profile;
    uint64_t epochs = settings->epochs ? settings->epochs : profile->epochs;
    uint64_t budget_ns = settings->budget_ns ? settings->budget_ns : profile->budget_ns;

    if (!run->quiet) {
        fprintf(stderr, "tvp run: profile %s, %llu epochs, at most %llu s; ^C ends it early\n",
                profile->name, (unsigned long long)epochs,
                (unsigned long long)(budget_ns / 1000000000u));
    }
}

/* The document alone, to a file or to stdout. */
static int write_json(const struct command *command, const struct record *record, const char *path)
{
    json_t *document = record_to_json(record);
    int r = 0;

    if (strcmp(path, "-") == 0) {
        r = document && json_dumpf(document, stdout, JSON_COMPACT) == 0 ? 0 : -EIO;
        putchar('\n');
    } else {
        r = record_save(record, path);
    }
    json_decref(document);
    return r < 0 ? command_complain(command, STATUS_FAILED, "%s: %s", path, strerror(-r))
                 : STATUS_DONE;
}

static void draw_pictures(const struct command *command, const struct record *record,
                          const char *folder)
{
    char why[PLOT_WHY_SIZE];
    int drawn = present_pictures(record, METRIC_COLD, NULL, NULL, NULL, folder, why);

    if (drawn < 0) {
        command_complain(command, 0, "no pictures: %s", why);
    } else if (drawn > 0) {
        printf("pictures  %s/time.svg and %d more\n", folder, drawn - 1);
    }
}

/* What was measured, told and drawn. folder: NULL with --json. */
static int conclude(const struct command *command, const struct run_command *run,
                    const struct record *record, const char *folder)
{
    const struct presentation what = {.metric = METRIC_COLD, .brief = run->quiet};
    bool to_stdout = run->json && strcmp(run->json, "-") == 0;
    FILE *out = to_stdout ? stderr : stdout;
    struct style style;
    int status = run->json ? write_json(command, record, run->json) : STATUS_DONE;

    (void)terminal_style(out, run->color, run->ascii, &style);
    int r = present_record(out, record, &what, &style);
    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "%s", strerror(-r));
    }
    if (folder) {
        printf("\nresult    %s/result.json\n", folder);
        if (!run->no_plots) {
            draw_pictures(command, record, folder);
        }
    }
    return status != STATUS_DONE ? status : present_status(record);
}

/* Measure in a scratch folder of our own, which is gone afterwards whatever happened. */
static int measure(const struct command *command, struct run_command *run, const char *folder)
{
    char scratch[PATH_MAX], path[PATH_MAX + 16], why[HARNESS_WHY_SIZE] = "";
    struct progress progress;
    struct record record;
    bool measured;
    int r = scratch_make(scratch);

    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "scratch folder: %s", strerror(-r));
    }
    if (folder) {
        snprintf(path, sizeof(path), "%s/result.json", folder);
        run->settings.path = path;
    }
    progress_init(&progress, run->quiet);
    run->settings.scratch = scratch;
    run->settings.stopped = &stopped;
    run->settings.progress = progress_draw;
    run->settings.context = &progress;
    announce(run);
    r = run_execute(&run->settings, &record, &measured, why);
    progress_clear(&progress);
    scratch_remove(scratch);
    int status = r == -EINTR ? STATUS_INTERRUPTED : r == -EINVAL ? STATUS_USAGE : STATUS_FAILED;
    if (measured) {
        int concluded = conclude(command, run, &record, folder);

        record_release(&record);
        status = r == 0 ? concluded : status;
    }
    if (r < 0 && r != -EINTR) {
        command_complain(command, status, "%s", why[0] ? why : strerror(-r));
    }
    return status;
}

static int run_run(const struct command *command, char **arguments)
{
    char folder[PATH_MAX];
    struct run_command run;
    struct style style;
    int status = run_options_parse(command, arguments, &run);

    if (status < 0 && terminal_style(stdout, run.color, run.ascii, &style) < 0) {
        status = command_complain(command, STATUS_USAGE,
                                  "--color is auto, always or never, not '%s'", run.color);
    }
    if (status < 0) {
        run.settings.argv = describe_arguments(arguments);
        catch_signals();
        int r = run.json ? 0 : run_folder_make(run.results, run.label, folder);
        status = r < 0 ? command_complain(command, STATUS_FAILED, "results in %s: %s", run.results,
                                          strerror(-r))
                       : measure(command, &run, run.json ? NULL : folder);
        json_decref(run.settings.argv);
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
            "  tvp run                                    every workload, 90 s at most\n"
            "  tvp run --profile article                  the article's programs, about a minute\n"
            "  tvp run loop --workers 1,2,4 --epochs 24   how many?\n"
            "  tvp run payload --strategies fork,fork:channel=pipe --set bytes=64KiB\n",
    .run = run_run,
};
