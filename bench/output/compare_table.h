/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as people see it, in words: a column a file, under each value how it changed. */
#ifndef TVP_COMPARE_TABLE_H
#define TVP_COMPARE_TABLE_H

#include "analysis/compare.h"
#include "output/style.h"

#include <stdio.h>

/* 0, -ENOMEM or -EIO. */
int compare_table_write(FILE *out, const struct comparison *comparison, const struct style *style);
/* The same for programs; a new reference, or NULL without memory. */
json_t *compare_to_json(const struct comparison *comparison);

#endif
