/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What equal code compared with itself says about a machine, for people and for programs. */
#ifndef TVP_NOISE_TEXT_H
#define TVP_NOISE_TEXT_H

#include "analysis/noise.h"
#include "output/style.h"

#include <stdio.h>

struct noise_report {
    const struct noise_subject *subjects;
    size_t count;
    uint64_t epochs;          /* asked for, of a comparison */
    struct flag_counts flags; /* planted 0: no load was planted */
};

/* 0, -ENOMEM or -EIO. */
int noise_write(FILE *out, const struct noise_report *report, const struct style *style);
/* A new reference, or NULL without memory. */
json_t *noise_to_json(const struct noise_report *report);

#endif
