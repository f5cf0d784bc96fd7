/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The article's own table, threads beside processes, with this machine's numbers. */
#ifndef TVP_ARTICLE_H
#define TVP_ARTICLE_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* True if the record was made with the profile `article`. */
bool article_fits(const struct record *record);

/* For each strategy its fastest row, what that rests on and what cannot be said from so few
 * samples. 0, -ENOMEM or -EIO. */
int article_write(FILE *out, const struct groups *groups, const struct style *style);

#endif
