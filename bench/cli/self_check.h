/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp check --self: equal cells measured side by side and compared, again and again. */
#ifndef TVP_SELF_CHECK_H
#define TVP_SELF_CHECK_H

#include "cli/command.h"

/* The whole command; returns its status. */
int self_check_run(const struct command *command, char **arguments);

#endif
