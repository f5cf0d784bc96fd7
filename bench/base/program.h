/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_PROGRAM_H
#define TVP_PROGRAM_H

#include <limits.h>

/* The folder that the running program lies in, without a slash at its end, whatever it was called
 * by. 0 or a negative errno. */
int program_folder(char folder[PATH_MAX]);

#endif
