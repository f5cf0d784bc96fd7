/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp export: results in the formats of other tools. */
#include "output/export.h"

#include "base/stream.h"
#include "cli/command.h"
#include "cli/compare_input.h"
#include "cli/manners.h"
#include "cli/result_paths.h"
#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NOTES_MAX 20u

enum { HELP, METRIC, OUTPUT, QUIET };
static const struct option_spec options[] = {
    [HELP] = OPTION_HELP,
    [METRIC] = {"metric", 'm', "NAME", "cold (default), warm or cpu, as in tvp show"},
    [OUTPUT] = {"output", 'o', "FILE", "write to this file (default: -, which is stdout)"},
    [QUIET] = OPTION_QUIET("say nothing of what the format cannot hold"),
    {0},
};

struct export
{
    const struct command *command;
    const struct export_format *format;
    struct result_paths paths;
    const char *output;
    enum metric metric;
    bool quiet;
};

static int take_format(struct export *export, const char *name)
{
    const char *names[16] = {NULL};

    export->format = export_find(name);
    if (export->format) {
        return -1;
    }
    for (size_t i = 0; i < 15 && export_formats[i]; i++) {
        names[i] = export_formats[i]->name;
    }
    const char *nearest = nearest_name(name, names);
    return command_complain(export->command, STATUS_USAGE, "unknown format '%.80s'%s%s%s", name,
                            nearest ? "; did you mean '" : "; see tvp export --help",
                            nearest ? nearest : "", nearest ? "'?" : "");
}

static int take_argument(struct export *export, const char *argument)
{
    if (!export->format) {
        return take_format(export, argument);
    }
    int r = result_paths_add(&export->paths, argument);

    return r < 0 ? command_complain(export->command, STATUS_FAILED, "%s: %s", argument,
                                    r == -ENOENT ? "holds no result.json" : strerror(-r))
                 : -1;
}

static void print_formats(FILE *out)
{
    fputs("\nFormats:\n", out);
    for (size_t i = 0; export_formats[i]; i++) {
        fprintf(out, "  %-17s %s\n", export_formats[i]->name, export_formats[i]->summary);
    }
}

static int take_option(struct export *export, int option, const char *value)
{
    if (option == OPTION_ARGUMENT) {
        return take_argument(export, value);
    }
    if (option == METRIC && metric_find(value, &export->metric) < 0) {
        return command_complain(export->command, STATUS_USAGE,
                                "--metric is cold, warm or cpu, not '%s'", value);
    }
    export->output = option == OUTPUT ? value : export->output;
    return -1;
}

/* -1: go on; else the status to end with. */
static int parse(struct export *export, char **arguments)
{
    struct manners manners = {0};
    struct options reader;
    int option, status = -1;

    options_init(&reader, options, arguments);
    while (status < 0 &&
           (option = manners_next(export->command, &reader, &manners)) != OPTION_END) {
        status = take_option(export, option, reader.value);
    }
    status = status < 0 ? manners.status : status;
    export->quiet = manners.quiet;
    if (status < 0 && export->paths.count == 0) {
        status =
            command_complain(export->command, STATUS_USAGE,
                             export->format ? "which results?" : "which format, which results?");
    }
    return status;
}

/* A line each, cleaned: they hold names out of a stranger's file. */
static void print_notes(const struct export *export, char *notes)
{
    static const struct style plain = {.ascii = true, .width = 80};
    size_t lines = 0;
    char *rest = notes, *line;

    while ((line = strsep(&rest, "\n"))) {
        if (!*line) {
            continue;
        }
        if (lines++ < NOTES_MAX) {
            command_complain(export->command, 0, "%s", text_clean(line, &plain));
        }
    }
    if (lines > NOTES_MAX) {
        command_complain(export->command, 0, "and %zu more", lines - NOTES_MAX);
    }
}

static int save(const struct export *export, const char *bytes, size_t size)
{
    bool to_stdout = strcmp(export->output, "-") == 0;
    FILE *out = to_stdout ? stdout : fopen(export->output, "we");
    int r = out ? 0 : -errno;

    if (r == 0 && (fwrite(bytes, 1, size, out) != size || fflush(out) != 0)) {
        r = -errno;
    }
    if (out && !to_stdout && fclose(out) != 0 && r == 0) {
        r = -errno;
    }
    /* main() tells of stdout. */
    return r < 0 && !to_stdout ? command_complain(export->command, STATUS_FAILED, "%s: %s",
                                                  export->output, strerror(-r))
                               : STATUS_DONE;
}

/* First into memory: what fails half-way leaves nothing behind. */
static int write_all(const struct export *export, const struct record *const *records, size_t count)
{
    char *bytes = NULL, *notes = NULL;
    size_t size = 0, notes_size = 0;
    struct export_job job = {.records = records, .count = count, .metric = export->metric};
    int r = -ENOMEM, status;

    job.out = open_memstream(&bytes, &size);
    job.notes = open_memstream(&notes, &notes_size);
    if (job.out && job.notes) {
        r = export->format->write(&job);
    }
    bool written = stream_end(job.out, &bytes) == 0;
    bool noted = stream_end(job.notes, &notes) == 0;
    r = r == 0 && !(written && noted) ? -ENOMEM : r;
    status = r < 0 ? command_complain(export->command, STATUS_FAILED, "%s", strerror(-r))
                   : save(export, bytes, size);
    if (status == STATUS_DONE && !export->quiet) {
        print_notes(export, notes);
    }
    free(bytes);
    free(notes);
    return status;
}

static int export_files(const struct export *export)
{
    struct compare_input input = {.unreadable = STATUS_FAILED};
    int status = compare_input_load(export->command, &export->paths, &input);
    const struct record **records = calloc(input.count + 1, sizeof(*records));

    if (!records) {
        status = command_complain(export->command, STATUS_FAILED, "%s", strerror(ENOMEM));
    }
    for (size_t i = 0; records && i < input.count; i++) {
        records[i] = input.files[i].record;
    }
    if (status < 0) {
        status = write_all(export, records, input.count);
    }
    free(records);
    compare_input_release(&input);
    return status;
}

static int export_run(const struct command *command, char **arguments)
{
    struct export export = {.command = command, .output = "-"};
    int status = parse(&export, arguments);

    status = status < 0 ? export_files(&export) : status;
    result_paths_release(&export.paths);
    return status;
}

const struct command command_export = {
    .name = "export",
    .arguments = "FORMAT FILE... [OPTION]...",
    .summary = "write results in the format of another tool",
    .options = options,
    .more = "FILE is a result, a folder of results or - for stdin. What the format cannot hold\n"
            "is told on stderr: a cell that failed is never a time there.\n",
    .print_more = print_formats,
    .run = export_run,
};
