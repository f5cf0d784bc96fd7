/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this program of the build can write. All go to out; whoever calls looks at its errors. */
#ifndef TVP_MANUAL_H
#define TVP_MANUAL_H

#include <stdio.h>

/* tvp.1 and tvp-trial.1, in man(7). date: of the page, YYYY-MM-DD. */
void manual_write_tvp(FILE *out, const char *date);
void manual_write_trial(FILE *out, const char *date);

/* Completion of both programs, for one shell each. */
void completion_write_bash(FILE *out);
void completion_write_fish(FILE *out);
void completion_write_zsh(FILE *out);

#endif
