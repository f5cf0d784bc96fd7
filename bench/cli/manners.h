/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that mean the same in every command: --ascii, --color, --help and --quiet. A command
 * lists those that it has in its table, as below, and reads its options through manners_next(). */
#ifndef TVP_MANNERS_H
#define TVP_MANNERS_H

#include "cli/command.h"
#include "output/style.h"

#include <stdbool.h>
#include <stdio.h>

/* clang-format off */
#define OPTION_ASCII {"ascii", 0, NULL, "plain letters only"}
#define OPTION_COLOR {"color", 0, "WHEN", "auto (default), always or never"}
#define OPTION_HELP {"help", 'h', NULL, "show this and exit"}
#define OPTION_QUIET(says) {"quiet", 'q', NULL, says}
/* clang-format on */

struct manners {
    const char *color; /* NULL: auto */
    bool ascii, quiet;
    int status; /* after the last option: -1, go on; else the status to end with */
};

/* The next option or argument that is the command's own, as options_next(); OPTION_END also after
 * --help and after a complaint. Manners begin as {0}. */
int manners_next(const struct command *command, struct options *reader, struct manners *manners);
/* What was asked for and what the terminal can do. -1, or the status after a complaint. */
int manners_style(const struct command *command, const struct manners *manners, FILE *out,
                  struct style *ret_style);

#endif
