/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp help: the overview, a command, or how to read the numbers. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "output/reading.h"

#include <string.h>

enum { HELP };
static const struct option_spec options[] = {
    [HELP] = {"help", 'h', NULL, "show this and exit"},
    {0},
};

static int topic_show(const struct command *command, const char *topic)
{
    struct style style;

    if (strcmp(topic, "reading") == 0) {
        terminal_style(stdout, "auto", false, &style);
        return reading_write(stdout, &style) < 0
                   ? command_complain(command, STATUS_FAILED, "cannot write the page")
                   : STATUS_DONE;
    }
    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, topic) == 0) {
            command_help(commands[i]);
            return STATUS_DONE;
        }
    }
    return command_complain(command, STATUS_USAGE,
                            "no topic '%s'; there are reading and the commands", topic);
}

static int help_run(const struct command *command, char **arguments)
{
    const char *topic = NULL;
    struct options reader;
    int option;

    options_init(&reader, options, arguments);
    while ((option = options_next(&reader)) != OPTION_END) {
        switch (option) {
        case HELP:
            command_help(command);
            return STATUS_DONE;
        case OPTION_WRONG:
            return command_complain(command, STATUS_USAGE, "%s", reader.why);
        default:
            if (topic) {
                return command_complain(command, STATUS_USAGE, "one topic at a time");
            }
            topic = reader.value;
        }
    }
    if (topic) {
        return topic_show(command, topic);
    }
    command_overview(stdout);
    return STATUS_DONE;
}

const struct command command_help_topics = {
    .name = "help",
    .arguments = "[TOPIC]",
    .summary = "explain a command, or how to read the numbers (tvp help reading)",
    .options = options,
    .more = "Topics: reading, and the names of all commands.\n",
    .run = help_run,
};
