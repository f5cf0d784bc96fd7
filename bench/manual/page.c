/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build_config.h"
#include "manual/choices.h"
#include "manual/manual.h"
#include "output/export.h"

#include <ctype.h>
#include <string.h>

#define LINE_WIDTH 70 /* of the source; mandoc complains above 80 */

/* A dot or an apostrophe at the beginning of a line would be a request, a backslash an escape, and
 * at a bare hyphen words may be broken. */
static void write_byte(FILE *out, char byte, bool begins)
{
    if (begins && (byte == '.' || byte == '\'')) {
        fputs("\\&", out);
    }
    if (byte == '\\') {
        fputs("\\e", out);
    } else if (byte == '-') {
        fputs("\\-", out);
    } else {
        fputc(byte, out);
    }
}

/* As it stands, line by line. */
static void write_lines(FILE *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        write_byte(out, *p, p == text || p[-1] == '\n');
    }
}

/* Broken at blanks: lines are filled anew when they are shown. */
static void write_text(FILE *out, const char *text)
{
    size_t column = 0;

    for (const char *p = text; *p; p++) {
        bool breaks = *p == ' ' && column + strcspn(p + 1, " \n") > LINE_WIDTH;

        write_byte(out, breaks ? '\n' : *p, column == 0);
        column = breaks || *p == '\n' ? 0 : column + 1;
    }
}

static void write_verbatim(FILE *out, const char *text)
{
    fputs(".nf\n", out);
    write_lines(out, text);
    fputs(".fi\n", out);
}

static void write_options(FILE *out, const struct option_spec *options)
{
    for (const struct option_spec *spec = options; spec->name; spec++) {
        fputs(".TP\n", out);
        if (spec->letter) {
            fprintf(out, "\\fB\\-%c\\fR, ", spec->letter);
        }
        fputs("\\fB\\-\\-", out);
        write_text(out, spec->name);
        fputs("\\fR", out);
        if (spec->value) {
            fputs(" \\fI", out);
            write_text(out, spec->value);
            fputs("\\fR", out);
        }
        fputc('\n', out);
        write_text(out, spec->help);
        fputc('\n', out);
    }
}

static void write_formats(FILE *out)
{
    fputs(".PP\nFormats:\n", out);
    for (size_t i = 0; export_formats[i]; i++) {
        fputs(".TP\n\\fB", out);
        write_text(out, export_formats[i]->name);
        fputs("\\fR\n", out);
        write_text(out, export_formats[i]->summary);
        fputc('\n', out);
    }
}

static void write_command(FILE *out, const struct command *command)
{
    fprintf(out, ".SS tvp %s ", command->name);
    write_text(out, command->arguments);
    fprintf(out, "\n%c", toupper((unsigned char)command->summary[0]));
    write_text(out, command->summary + 1);
    fputs(".\n", out);
    write_options(out, command->options);
    if (command->more) {
        fputs(".PP\n", out);
        write_verbatim(out, command->more);
    }
    if (command == &command_export) {
        write_formats(out);
    }
}

static void write_head(FILE *out, const char *name, const char *date, const char *summary)
{
    fputs(".\\\" Generated from the tables that parse the command line.\n", out);
    fprintf(out, ".TH %s 1 %s \"tvp %s\" \"User Commands\"\n.SH NAME\n", name, date, TVP_VERSION);
    write_text(out, summary);
    fputs("\n.SH SYNOPSIS\n", out);
}

void manual_write_tvp(FILE *out, const char *date)
{
    write_head(out, "TVP", date, "tvp - threads or processes, and how many?");
    fputs(".B tvp\n.I COMMAND\n[\\fIOPTION\\fR]...\n.br\n.B tvp\n.I COMMAND\n.B \\-\\-help\n.br\n"
          ".B tvp\n.B \\-\\-version\n.SH DESCRIPTION\n",
          out);
    write_text(out,
               "Runs the same work serially, on threads, in processes and on pools of either, and "
               "says which is fastest on this machine, with numbers that say how far they "
               "can be trusted.\nProducts go to standard output, words to standard error; "
               "where a file is named, - is standard input or output.\n");
    fputs(".SH COMMANDS\n", out);
    for (size_t i = 0; commands[i]; i++) {
        write_command(out, commands[i]);
    }
    fputs(".SH EXIT STATUS\n", out);
    write_text(out, command_statuses);
    fputs(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nIf set and not empty, no colors unless "
          "\\fB\\-\\-color always\\fR asks for them.\n"
          ".TP\n.B LC_ALL\\fR, \\fBLC_CTYPE\\fR, \\fBLANG\nA locale without UTF\\-8 is as "
          "\\fB\\-\\-ascii\\fR.\n"
          ".TP\n.B TERM\nIf it is dumb, there are no colors and no progress line.\n"
          ".TP\n.B TMPDIR\nWhere trials may scribble (default: /tmp).\n"
          ".SH FILES\n.TP\n.I results/LABEL/RUN/result.json\nA run: raw samples, and what the "
          "machine looked like.\n.SH SEE ALSO\n.BR tvp\\-trial (1),\n.BR hyperfine (1),\n"
          ".BR perf (1)\n",
          out);
}

void manual_write_trial(FILE *out, const char *date)
{
    write_head(out, "TVP-TRIAL", date, "tvp-trial - one cell, sample by sample");
    fputs(".B tvp\\-trial\n.I WORKLOAD\n[\\fIOPTION\\fR]...\n.SH DESCRIPTION\n", out);
    write_text(out,
               "Runs one workload under one strategy and prints one JSON object a sample: what tvp "
               "starts to measure, to be started by hand below perf, strace or hyperfine.\n");
    fputs(".SH OPTIONS\n", out);
    write_options(out, command_trial.options);
    fputs(".SH EXAMPLE\n", out);
    write_verbatim(out, strchr(command_trial.more, '\n') + 1);
    fputs(".SH EXIT STATUS\n", out);
    write_text(out, "0 done, 1 the system said no, 2 wrong use, 77 the workload cannot run here, "
                    "124 stopped at its --limit.\n");
    fputs(".SH SEE ALSO\n.BR tvp (1)\n", out);
}
