/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plot_options.h"

#include <string.h>
#include <unistd.h>

enum { ASCII, FORMAT, HELP, METRIC, OUTPUT, QUIET, TERMINAL, THEME };
const struct option_spec plot_option_specs[] = {
    [ASCII] = {"ascii", 0, NULL, "plain letters only (with --terminal)"},
    [FORMAT] = {"format", 'f', "LIST", "of svg, png and pdf (default: svg,png)"},
    [HELP] = OPTION_HELP,
    [METRIC] = {"metric", 0, "NAME", "cold (default), warm or cpu"},
    [OUTPUT] =
        {"output", 'o', "DIR|FILE",
         "folder for the pictures (default: plots beside the first file), or the one picture "
         "(x.svg, x.png, x.pdf)"},
    [QUIET] = OPTION_QUIET("do not say where the pictures are"),
    [TERMINAL] = {"terminal", 't', NULL, "draw with letters, on standard output"},
    [THEME] = {"theme", 0, "NAME",
               "of a PNG or PDF: light (default) or dark; an SVG follows its reader"},
    {0},
};

/* Index of a name (length bytes) or -1. */
static int find(const char *name, size_t length, const char *const *names)
{
    for (int i = 0; names[i]; i++) {
        if (strlen(names[i]) == length && memcmp(name, names[i], length) == 0) {
            return i;
        }
    }
    return -1;
}

static int take_formats(const struct command *command, const char *list, unsigned *ret_formats)
{
    unsigned formats = 0;

    for (const char *at = list;;) {
        size_t length = strcspn(at, ",");
        int format = find(at, length, plot_format_names);

        if (format < 0) {
            return command_complain(command, STATUS_USAGE,
                                    "--format is a list of svg, png and pdf, not '%s'", list);
        }
        formats |= FORMAT_BIT(format);
        if (!at[length]) {
            break;
        }
        at += length + 1;
    }
    *ret_formats = formats;
    return -1;
}

/* "x.svg" is a file, everything else a folder. */
static void take_output(const char *path, bool has_format, struct plot_options *options)
{
    const char *dot = strrchr(path, '.');
    int format = dot && dot != path && dot[-1] != '/'
                     ? find(dot + 1, strlen(dot + 1), plot_format_names)
                     : -1;

    options->output = path;
    if (format >= 0 && !has_format) {
        options->pictures.file = path;
        options->pictures.formats = FORMAT_BIT(format);
    }
}

static int take(const struct command *command, int option, const char *value,
                struct plot_options *options)
{
    int theme;

    switch (option) {
    case FORMAT:
        return take_formats(command, value, &options->pictures.formats);
    case METRIC:
        return metric_find(value, &options->pictures.metric) == 0
                   ? -1
                   : command_complain(command, STATUS_USAGE,
                                      "--metric is cold, warm or cpu, not '%s'", value);
    case OUTPUT:
        options->output = value;
        return -1;
    case TERMINAL:
        options->terminal = true;
        return -1;
    default:
        theme = find(value, strlen(value), plot_theme_names);
        if (theme < 0) {
            return command_complain(command, STATUS_USAGE, "--theme is light or dark, not '%s'",
                                    value);
        }
        options->pictures.theme = (enum plot_theme)theme;
        return -1;
    }
}

/* The first operand may be a kind; all others are files. */
static void take_operand(char *value, struct plot_options *options, char **paths)
{
    int kind = find(value, strlen(value), plot_kind_names);

    if (kind >= 0 && !options->one_kind && options->path_count == 0) {
        options->one_kind = true;
        options->pictures.kinds = KIND_BIT(kind);
    } else {
        paths[options->path_count++] = value;
    }
}

static int check(const struct command *command, struct plot_options *options)
{
    bool machines = options->pictures.kinds == KIND_BIT(PLOT_MACHINES);

    if (options->path_count == 0) {
        return command_complain(command, STATUS_USAGE, "which file?");
    }
    if (options->path_count > 1 && !options->one_kind && !strpbrk(options->paths[0], "/.") &&
        access(options->paths[0], F_OK) < 0) {
        return command_complain(command, STATUS_USAGE,
                                "no kind is called '%s'; tvp plot --help lists them",
                                options->paths[0]);
    }
    if (options->path_count > 1 && options->one_kind && !machines) {
        return command_complain(command, STATUS_USAGE,
                                "one file at a time; only 'machines' is drawn from several");
    }
    if (options->path_count > 1) {
        options->one_kind = true;
        options->pictures.kinds = KIND_BIT(PLOT_MACHINES);
    }
    if (options->output) {
        take_output(options->output, options->pictures.formats != 0, options);
    }
    if (options->pictures.formats == 0) {
        options->pictures.formats = FORMAT_BIT(PLOT_SVG) | FORMAT_BIT(PLOT_PNG);
    }
    return -1;
}

int plot_options_parse(const struct command *command, char **arguments,
                       struct plot_options *ret_options)
{
    struct plot_options options = {.pictures.kinds = KINDS_ALL, .paths = arguments};
    struct options reader;
    int option, status = -1;

    options_init(&reader, plot_option_specs, arguments);
    while (status < 0 &&
           (option = manners_next(command, &reader, &options.manners)) != OPTION_END) {
        if (option == OPTION_ARGUMENT) {
            /* What was read makes room for what is kept, never the other way round. */
            take_operand(reader.arguments[-1], &options, arguments);
        } else {
            status = take(command, option, reader.value, &options);
        }
    }
    status = status < 0 ? options.manners.status : status;
    status = status < 0 ? check(command, &options) : status;
    if (status < 0) {
        *ret_options = options;
    }
    return status;
}
