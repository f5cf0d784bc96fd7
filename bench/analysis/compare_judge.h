/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of many changes may be believed. Private to the comparison. */
#ifndef TVP_COMPARE_JUDGE_H
#define TVP_COMPARE_JUDGE_H

#include "analysis/compare.h"

/* A change that is looked at. */
struct probe {
    const struct compare_cell *before;
    struct compare_cell *after;
    struct estimate estimate; /* of the logarithm */
    bool proven;              /* after Holm's correction */
};

struct probes {
    struct probe *items;
    size_t count;
    double alpha, margin;
    const struct compare_settings *settings;
};

/* Holm's correction over all of them: sets proven. 0 or -ENOMEM. */
int probes_correct(struct probes *probes);
/* Sets change, doubt and needed of the later cell. */
void probe_decide(const struct probes *probes, const struct probe *probe);

#endif
