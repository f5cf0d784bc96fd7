/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of isolation: what one bad task costs the others. */
#ifndef TVP_ISOLATION_TEXT_H
#define TVP_ISOLATION_TEXT_H

#include "analysis/isolation.h"
#include "output/style.h"

#include <stdio.h>

/* One table for every group of the workload `crash`, each after an empty line; nothing if there is
 * none. 0, -ENOMEM or -EIO. */
int isolation_write(FILE *out, const struct groups *groups, const struct style *style);

#endif
