/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The article's own table, threads beside processes, with this machine's numbers. */
#ifndef TVP_ARTICLE_H
#define TVP_ARTICLE_H

#include "analysis/analysis.h"
#include "output/style.h"

#include <stdio.h>

/* True if the record was made with the profile `article`. */
bool article_fits(const struct record *record);

/* Two columns, and what cannot be said from so few samples. 0, -ENOMEM or -EIO. */
int article_write(FILE *out, const struct record *record, const struct groups *groups,
                  const struct style *style);

#endif
