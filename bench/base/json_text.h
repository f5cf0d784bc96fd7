/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Just enough JSON writing for the trial, which links next to nothing. */
#ifndef TVP_JSON_TEXT_H
#define TVP_JSON_TEXT_H

#include <stdio.h>

/* text as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD. */
void json_write_text(FILE *out, const char *text);

#endif
