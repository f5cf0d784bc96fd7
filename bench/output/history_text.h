/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A history as people see it: a line a row, drawn run by run, and since when it is as it is. */
#ifndef TVP_HISTORY_TEXT_H
#define TVP_HISTORY_TEXT_H

#include "analysis/history.h"
#include "output/style.h"

#include <stdio.h>

/* 0, -ENOMEM or -EIO. */
int history_write(FILE *out, const struct history *history, const struct style *style);
/* The same for programs; a new reference, or NULL without memory. */
json_t *history_to_json(const struct history *history);

#endif
