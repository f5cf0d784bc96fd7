/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks of `tvp check` for people: one line a check, advice where there is any. */
#ifndef TVP_FITNESS_TEXT_H
#define TVP_FITNESS_TEXT_H

#include "analysis/fitness.h"
#include "output/style.h"

#include <stdio.h>

/* title: the name of a file, or "this machine". Ends with a line that sums up. 0, -ENOMEM or -EIO.
 */
int fitness_write(FILE *out, const char *title, const struct fitness *fitness,
                  const struct style *style);

#endif
