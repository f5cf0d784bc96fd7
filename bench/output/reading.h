/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to read the numbers: one page for people. The README has the same words, and a test compares
 * them (tests/e2e/test_help.py), so a change is made in both. */
#ifndef TVP_READING_H
#define TVP_READING_H

#include "output/style.h"

#include <stdio.h>

/* 0, -ENOMEM or -EIO. */
int reading_write(FILE *out, const struct style *style);

#endif
