/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp plot: pictures of result files, by gnuplot or with letters. */
#include "cli/compare_input.h"
#include "cli/plot_options.h"
#include "cli/terminal.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* plots/ in the folder that the file lies in, unless another was asked for. */
static void choose_folder(const struct plot_options *options, const char *path,
                          char folder[PATH_MAX])
{
    const char *file = options->pictures.file;
    const char *slash = strrchr(file ? file : path, '/');

    if (file) {
        /* The slash stays: the folder of "/x.svg" is "/". */
        snprintf(folder, PATH_MAX, "%.*s", slash ? (int)(slash - file) + 1 : 1, slash ? file : ".");
    } else if (options->output) {
        snprintf(folder, PATH_MAX, "%s", options->output);
    } else {
        snprintf(folder, PATH_MAX, "%.*s" PLOTS_FOLDER, slash ? (int)(slash - path) + 1 : 0, path);
    }
}

static int draw(const struct command *command, const struct record *record,
                const struct plot_options *options, const char *path)
{
    struct pictures pictures = options->pictures;
    char folder[PATH_MAX], why[PLOT_WHY_SIZE] = "nothing in this file to draw";
    bool made = false;

    if (options->terminal) {
        pictures.text = stdout;
        (void)terminal_style(stdout, "never", options->manners.ascii, &pictures.style);
    } else {
        choose_folder(options, path, folder);
        made = mkdir(folder, 0777) == 0;
        if (!made && errno != EEXIST) {
            return command_complain(command, STATUS_FAILED, "%s: %s", folder, strerror(errno));
        }
        pictures.folder = folder;
    }
    int failed, drawn = pictures_draw(record, &pictures, &failed, why);
    if (drawn <= 0 && made) {
        (void)rmdir(folder);
    }
    if (drawn <= 0) {
        return command_complain(command, drawn == -E2BIG ? STATUS_USAGE : STATUS_FAILED, "%s%s",
                                why, drawn == -ENOENT ? "; --terminal draws without it" : "");
    }
    if (!options->terminal && !options->manners.quiet) {
        printf("%d picture%s in %s\n", drawn, drawn == 1 ? "" : "s", folder);
    }
    if (failed > 0) {
        return command_complain(command, STATUS_FAILED, "a picture is missing: %s", why);
    }
    return STATUS_DONE;
}

static int draw_one(const struct command *command, const char *path,
                    const struct plot_options *options)
{
    struct record record;
    char why[RECORD_WHY_SIZE];
    int r = record_load(path, &record, why);

    if (r < 0) {
        return command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED, "%s: %s",
                                path, why);
    }
    r = draw(command, &record, options, path);
    record_release(&record);
    return r;
}

/* Several files make one picture. */
static int draw_several(const struct command *command, const struct result_paths *paths,
                        struct plot_options *options)
{
    const struct compare_settings settings = {.metric = options->pictures.metric,
                                              .threshold = 0.05};
    struct compare_input input = {0};
    struct comparison comparison;
    int status = compare_input_load(command, paths, &input);

    if (status >= 0) {
        goto release_input;
    }
    int r = compare_make(input.files, input.count, &settings, &comparison);
    if (r < 0) {
        status =
            command_complain(command, STATUS_DAMAGED, "%s",
                             r == -ENOENT ? "the files have no strategy in common" : strerror(-r));
        goto release_input;
    }
    options->pictures.comparison = &comparison;
    status = draw(command, input.files[0].record, options, paths->items[0]);
    options->pictures.comparison = NULL;
    compare_release(&comparison);
release_input:
    compare_input_release(&input);
    return status;
}

static int plot_run(const struct command *command, char **arguments)
{
    struct plot_options options;
    struct result_paths paths = {0};
    int status = plot_options_parse(command, arguments, &options);

    if (status >= 0) {
        return status;
    }
    for (size_t i = 0; i < options.path_count && status < 0; i++) {
        int r = result_paths_add(&paths, options.paths[i]);

        if (r < 0) {
            status =
                command_complain(command, STATUS_FAILED, "%s: %s", options.paths[i], strerror(-r));
        }
    }
    if (status < 0) {
        status = paths.count > 1 ? draw_several(command, &paths, &options)
                                 /* NOLINTNEXTLINE(clang-analyzer-core.*): one file at least */
                                 : draw_one(command, paths.items[0], &options);
    }
    result_paths_release(&paths);
    return status;
}

const struct command command_plot = {
    .name = "plot",
    .arguments = "[KIND] FILE... [OPTION]...",
    .summary = "draw pictures of result files with gnuplot",
    .options = plot_option_specs,
    .more = "Kinds (without one all that the file has data for, at most 12 pictures of each):\n"
            "  timeline  when each task ran, and on which worker\n"
            "  time      time by strategy, for all workloads\n"
            "  speedup   speed-up against workers, with the law fitted to it\n"
            "  cost      what a task costs against its length, and where that pays off\n"
            "  machines  a strategy against its base in several result files\n"
            "  winners   the fastest strategy for each length and number of workers\n"
            "  order     samples in the order in which they were taken\n"
            "  memory    memory of a worker, by kind of page\n\n"
            "Examples:\n"
            "  tvp plot time results/laptop/RUN/result.json\n"
            "  tvp plot speedup result.json -o speedup.pdf\n"
            "  tvp plot machines results/*/*/result.json -o .\n"
            "  tvp plot cost result.json --terminal\n",
    .run = plot_run,
};
