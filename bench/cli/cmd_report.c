/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp report: result files as one HTML page. */
#include "cli/compare_input.h"
#include "cli/manners.h"
#include "cli/report_file.h"
#include "cli/workspace.h"
#include "output/plot.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HELP, OUTPUT, QUIET };
static const struct option_spec options[] = {
    [HELP] = OPTION_HELP,
    [OUTPUT] = {"output", 'o', "PATH",
                "the page, or a folder for it; - is stdout (default: report.html beside the file; "
                "of several files, here)"},
    [QUIET] = OPTION_QUIET("do not say where the page is"),
    {0},
};

/* -1: go on; else the status to end with. */
static int parse(const struct command *command, char **arguments, struct result_paths *paths,
                 const char **ret_output, struct manners *manners)
{
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = manners_next(command, &reader, manners)) != OPTION_END) {
        if (option == OUTPUT) {
            *ret_output = reader.value;
            continue;
        }
        int r = result_paths_add(paths, reader.value);
        if (r < 0) {
            return command_complain(command, STATUS_DAMAGED, "%s: %s", reader.value,
                                    r == -ENOENT ? "no result.json in this folder" : strerror(-r));
        }
    }
    if (manners->status >= 0) {
        return manners->status;
    }
    return paths->count > 0 ? -1 : command_complain(command, STATUS_USAGE, "which file?");
}

static bool is_folder(const char *path)
{
    struct stat status;

    return path[0] &&
           (path[strlen(path) - 1] == '/' || (stat(path, &status) == 0 && S_ISDIR(status.st_mode)));
}

/* The page that was asked for. 0 or a negative errno. */
static int choose_path(const char *output, const struct result_paths *paths, char path[PATH_MAX])
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): one file at least */
    const char *input = paths->items[0], *slash = strrchr(input, '/');
    int length;

    if (output && is_folder(output)) {
        if (mkdir(output, 0777) < 0 && errno != EEXIST) {
            return -errno;
        }
        length = snprintf(path, PATH_MAX, "%s/report.html", output);
    } else if (output) {
        length = snprintf(path, PATH_MAX, "%s", output);
    } else if (paths->count == 1 && slash) {
        length = snprintf(path, PATH_MAX, "%.*sreport.html", (int)(slash - input) + 1, input);
    } else {
        length = snprintf(path, PATH_MAX, "report.html");
    }
    return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* A page that holds the data is an input like any other, but not one to be written over. */
static bool is_input(const char *path, const struct result_paths *paths)
{
    struct stat page, input;

    for (size_t i = 0; i < paths->count; i++) {
        if (stat(path, &page) == 0 && stat(paths->items[i], &input) == 0 &&
            page.st_dev == input.st_dev && page.st_ino == input.st_ino) {
            return true;
        }
    }
    return false;
}

static int make(const struct command *command, const struct compare_input *input, const char *path,
                bool quiet)
{
    const struct record **records = calloc(input->count + 1, sizeof(struct record *));
    struct workspace workspace;
    char why[PLOT_WHY_SIZE] = "";
    bool drawn = false;
    int r = records ? workspace_open(&workspace) : -ENOMEM;

    if (r < 0) {
        free(records);
        return command_complain(command, STATUS_FAILED, "scratch folder: %s", strerror(-r));
    }
    for (size_t i = 0; i < input->count; i++) {
        records[i] = input->files[i].record;
    }
    r = report_file_make(records, input->count, workspace.scratch.path, path, &drawn, why);
    workspace_close(&workspace);
    free(records);
    if (r < 0) {
        return command_complain(command, STATUS_FAILED, "%s: %s", path, strerror(-r));
    }
    if (!drawn) {
        command_complain(command, 0, "no pictures: %s", why);
    } else if (why[0]) {
        command_complain(command, 0, "a picture is missing: %s", why);
    }
    if (!quiet && strcmp(path, "-") != 0) {
        printf("report    %s\n", path);
    }
    return STATUS_DONE;
}

static int report_run(const struct command *command, char **arguments)
{
    struct result_paths paths = {.items = NULL};
    struct compare_input input = {.unreadable = STATUS_FAILED};
    struct manners manners = {0};
    const char *output = NULL;
    char path[PATH_MAX];
    int status = parse(command, arguments, &paths, &output, &manners);

    if (status < 0) {
        int r = choose_path(output, &paths, path);

        status = r < 0 ? command_complain(command, STATUS_FAILED, "%s: %s", output ? output : ".",
                                          strerror(-r))
                 : is_input(path, &paths)
                     ? command_complain(command, STATUS_USAGE,
                                        "%s is what is read: name another page with -o", path)
                     : compare_input_load(command, &paths, &input);
    }
    if (status < 0) {
        status = make(command, &input, path, manners.quiet);
    }
    compare_input_release(&input);
    result_paths_release(&paths);
    return status;
}

const struct command command_report = {
    .name = "report",
    .arguments = "FILE... [OPTION]...",
    .summary = "one HTML page of result files, with pictures and the data inside",
    .options = options,
    .more =
        "FILE is a result file, a folder of them, another report, or - for stdin. The page runs\n"
        "no script and asks for nothing from outside; tvp show, compare and plot read it.\n"
        "\nExamples:\n"
        "  tvp report results/laptop/*/result.json -o report.html\n"
        "  tvp report results -o all.html            every machine, side by side\n",
    .run = report_run,
};
