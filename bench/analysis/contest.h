/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads or processes? In two steps, because the intervals of all contests are corrected
 * together in between. */
#ifndef TVP_CONTEST_H
#define TVP_CONTEST_H

#include "analysis/analysis.h"

/* Who meets, and their ratio at 95 %. The rows of the group must have their times. */
struct contest contest_begin(const struct group *group, enum metric metric);
/* What the ratio says. The rows must have their standings; serial: that of this name, or NULL. */
void contest_decide(struct group *group, const struct row *serial);

#endif
