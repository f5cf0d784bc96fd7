/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands there are, and what they have in common. Apart from main(), so that the manual and
 * the completions are made out of the same tables. */
#include "build_config.h"
#include "cli/command.h"

#include <stdarg.h>
#include <stdio.h>

/* Alphabetical. */
const struct command *const commands[] = {
    &command_advise,      &command_check,
    &command_compare,     &command_export,
    &command_help_topics, &command_history,
    &command_list,        &command_merge,
    &command_plot,        &command_report,
    &command_run,         &command_show,
    &command_sweep,       NULL,
};

const char command_statuses[] =
    "0 done, 1 the system said no (compare: the gate failed, and only\n"
    "that), 2 wrong use, 3 a result file is damaged (compare: or cannot be read),\n"
    "4 measured but a cell failed, 5 check --strict has a warning, 77 nothing could\n"
    "run, 130 interrupted.\n";

void command_overview(FILE *out)
{
    fputs("tvp " TVP_VERSION ": threads or processes, and how many? Measured, on this machine.\n\n"
          "Usage: tvp COMMAND [OPTION]...      tvp COMMAND --help tells all of a command\n\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    }
    fprintf(out, "\nExit status: %s", command_statuses);
}

void command_help(const struct command *command)
{
    printf("Usage: tvp %s %s\n%s\n\n", command->name, command->arguments, command->summary);
    options_print(command->options, stdout);
    if (command->more) {
        printf("\n%s", command->more);
    }
    if (command->print_more) {
        command->print_more(stdout);
    }
}

int command_complain(const struct command *command, int status, const char *format, ...)
{
    va_list list;

    fprintf(stderr, "tvp %s: ", command->name);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    return status;
}
