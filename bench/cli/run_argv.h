/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line as a result file tells it. */
#ifndef TVP_RUN_ARGV_H
#define TVP_RUN_ARGV_H

#include <jansson.h>

/* ["run", ...]: arguments as they were, with paths cut to their last part, and to HOME if that is
 * the name of whose home it is: a result names no folders. A new reference, or NULL. */
json_t *run_argv_describe(char **arguments);

#endif
