/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp plot: pictures of a result file, by gnuplot. */
#include "analysis/analysis.h"
#include "cli/command.h"
#include "cli/present.h"
#include "output/plot.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FORMAT, HELP, KIND, OUTPUT, THEME };
static const struct option_spec options[] = {
    [FORMAT] = {"format", 'f', "NAME", "svg or png (default: both)"},
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    [KIND] = {"kind", 'k', "NAME", "time or timeline (default: both)"},
    [OUTPUT] = {"output", 'o', "DIR", "folder for the pictures (default: that of the file)"},
    [THEME] = {"theme", 0, "NAME", "of a PNG: light (default) or dark; an SVG follows its reader"},
    {0},
};

struct plotting {
    const char *path, *folder, *kind, *format, *theme;
};

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

/* -1: go on; else the status to end with. */
static int check(const struct command *command, const struct plotting *plotting)
{
    if (!plotting->path) {
        return command_complain(command, STATUS_USAGE, "which file?");
    }
    if (plotting->format && !one_of(plotting->format, plot_format_names)) {
        return command_complain(command, STATUS_USAGE, "--format is svg or png, not '%s'",
                                plotting->format);
    }
    if (plotting->kind && !one_of(plotting->kind, plot_kind_names)) {
        return command_complain(command, STATUS_USAGE, "--kind is time or timeline, not '%s'",
                                plotting->kind);
    }
    if (plotting->theme && !one_of(plotting->theme, plot_theme_names)) {
        return command_complain(command, STATUS_USAGE, "--theme is light or dark, not '%s'",
                                plotting->theme);
    }
    return -1;
}

/* -1: go on; else the status to end with. */
static int parse(const struct command *command, char **arguments, struct plotting *plotting)
{
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        switch (option) {
        case HELP:
            command_help(command);
            return STATUS_DONE;
        case FORMAT:
            plotting->format = reader.value;
            break;
        case KIND:
            plotting->kind = reader.value;
            break;
        case OUTPUT:
            plotting->folder = reader.value;
            break;
        case THEME:
            plotting->theme = reader.value;
            break;
        case OPTION_WRONG:
            return command_complain(command, STATUS_USAGE, "%s", reader.why);
        default:
            if (plotting->path) {
                return command_complain(command, STATUS_USAGE, "one file at a time");
            }
            plotting->path = reader.value;
        }
    }
    return check(command, plotting);
}

/* The folder that the file lies in, unless another was asked for. */
static void choose_folder(const struct plotting *plotting, char folder[PATH_MAX])
{
    const char *slash = strrchr(plotting->path, '/');

    if (plotting->folder) {
        snprintf(folder, PATH_MAX, "%s", plotting->folder);
    } else {
        /* The slash stays: the folder of "/result.json" is "/". */
        snprintf(folder, PATH_MAX, "%.*s", slash ? (int)(slash - plotting->path) + 1 : 1,
                 slash ? plotting->path : ".");
    }
}

static int plot_run(const struct command *command, char **arguments)
{
    struct plotting plotting = {0};
    struct record record;
    char folder[PATH_MAX], why[PLOT_WHY_SIZE];
    int r = parse(command, arguments, &plotting);

    if (r >= 0) {
        return r;
    }
    r = record_load(plotting.path, &record, why);
    if (r < 0) {
        return command_complain(command, r == -EPROTO ? STATUS_DAMAGED : STATUS_FAILED, "%s: %s",
                                plotting.path, why);
    }
    choose_folder(&plotting, folder);
    if (mkdir(folder, 0777) < 0 && errno != EEXIST) {
        r = command_complain(command, STATUS_FAILED, "%s: %s", folder, strerror(errno));
        record_release(&record);
        return r;
    }
    int drawn = present_pictures(&record, METRIC_COLD, plotting.kind, plotting.format,
                                 plotting.theme, folder, why);
    record_release(&record);
    if (drawn <= 0) {
        return command_complain(command, STATUS_FAILED, "%s",
                                drawn < 0 ? why : "nothing in this file to draw");
    }
    printf("%d picture%s in %s\n", drawn, drawn == 1 ? "" : "s", folder);
    return STATUS_DONE;
}

const struct command command_plot = {
    .name = "plot",
    .arguments = "FILE [OPTION]...",
    .summary = "draw pictures of a result file with gnuplot",
    .options = options,
    .run = plot_run,
};
