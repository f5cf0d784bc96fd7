/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp compare --live: measure two builds in one run, then say what differs. */
#ifndef TVP_CLI_COMPARE_LIVE_H
#define TVP_CLI_COMPARE_LIVE_H

#include "cli/live_request.h"
#include "output/style.h"
#include "record/record.h"

/* The whole command; returns its status. */
int compare_live_run(const struct command *command, char **arguments);

/* How a comparison of variants is to be shown. */
struct live_view {
    enum metric metric;
    double threshold;
    enum live_gate gate;
    bool strict, json, quiet; /* quiet: nothing but the gate's word */
};

/* What a record with two variants says; returns a status, that of the gate included. */
int compare_live_show(const struct command *command, const struct record *record,
                      const struct live_view *view, const struct style *style);

#endif
