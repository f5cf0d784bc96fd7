/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads or processes? In two steps, because the intervals of all contests are corrected
 * together in between.
 *   The rows that meet are the best of their kinds by the data that then compare them. With as many
 * rows on either side these two choices cancel: 2 to 6 equal rows a side name a winner as rarely as
 * one a side does. Two against one change little (1.7 % of equal code for 1.7 %, over six kinds of
 * noise), but six against one win by luck in 2.9 %. So where one side has three times the rows of
 * the other or more, a contest counts as half as many tests (tests/property/test_selection.c). */
#ifndef TVP_CONTEST_H
#define TVP_CONTEST_H

#include "analysis/analysis.h"

/* Who meets; their ratio is taken by groups_correct(). The rows of the group must have their
 * times. */
struct contest contest_begin(const struct group *group);
/* What the ratio says. The rows must have their standings; serial: that of this name, or NULL. */
void contest_decide(struct group *group, const struct row *serial);

#endif
