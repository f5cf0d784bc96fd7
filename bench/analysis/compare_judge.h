/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of many changes may be believed. Private to the comparison. */
#ifndef TVP_COMPARE_JUDGE_H
#define TVP_COMPARE_JUDGE_H

#include "analysis/compare.h"

#define TIMES_EPOCHS 12u /* times of two runs: fewer clean epochs say nothing */

/* A change that is looked at. */
struct probe {
    const struct compare_cell *before;
    struct compare_cell *after;
    bool proven; /* after Holm's correction */
};

struct probes {
    struct probe *items;
    size_t count;
    double alpha;
    const struct compare_settings *settings;
};

/* Holm's correction over all of them: sets proven. 0 or -ENOMEM. */
int probes_correct(struct probes *probes);
/* Sets change, unsure and epochs of the later cell, by the rule of ruling.h. */
void probe_decide(const struct probes *probes, const struct probe *probe);

#endif
