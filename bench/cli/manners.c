/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/manners.h"

#include "cli/terminal.h"

#include <string.h>

/* Whether it was one of those that all commands share. */
static bool take_shared(const char *name, const char *value, struct manners *manners)
{
    if (strcmp(name, "ascii") == 0) {
        manners->ascii = true;
    } else if (strcmp(name, "color") == 0) {
        manners->color = value;
    } else if (strcmp(name, "quiet") == 0) {
        manners->quiet = true;
    } else {
        return false;
    }
    return true;
}

int manners_next(const struct command *command, struct options *reader, struct manners *manners)
{
    int option;

    manners->status = -1;
    while ((option = options_next(reader)) >= 0) {
        const char *name = reader->table[option].name;

        if (strcmp(name, "help") == 0) {
            command_help(command);
            manners->status = STATUS_DONE;
            return OPTION_END;
        }
        if (!take_shared(name, reader->value, manners)) {
            return option;
        }
    }
    if (option == OPTION_WRONG) {
        manners->status = command_complain(command, STATUS_USAGE, "%s", reader->why);
        return OPTION_END;
    }
    return option;
}

int manners_style(const struct command *command, const struct manners *manners, FILE *out,
                  struct style *ret_style)
{
    const char *color = manners->color ? manners->color : "auto";

    if (terminal_style(out, color, manners->ascii, ret_style) < 0) {
        return command_complain(command, STATUS_USAGE, "--color is auto, always or never, not '%s'",
                                color);
    }
    return -1;
}
