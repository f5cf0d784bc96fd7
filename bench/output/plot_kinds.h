/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of pictures as a table, by enum plot_kind. */
#ifndef TVP_PLOT_KINDS_H
#define TVP_PLOT_KINDS_H

#include "output/charts.h"
#include "output/plot.h"

struct plot_kind_info {
    const char *name, *summary;
    const char *remedy;                           /* the command that would measure it */
    bool (*group_has)(const struct group *group); /* one picture a group that has it; NULL: one */
    chart_maker *chart;                           /* NULL: drawn by a script of its own */
    const char *title, *reading;                  /* of the report: heading, how to read it */
};
extern const struct plot_kind_info plot_kinds[PLOT_KINDS];

/* Make the chart of a request; chart and what comes back as for chart_maker. */
int plot_chart(const struct record *record, const struct groups *groups,
               const struct plot_request *request, struct chart *chart,
               struct plot_words *ret_words);
/* Write the data files of a request for gnuplot, and hand over the words, clean. */
int plot_data_write(const struct record *record, const struct groups *groups,
                    const struct plot_request *request, const char *stem,
                    struct plot_words *ret_words);
/* One sentence for -ENODATA, naming what would measure it. */
void plot_why_nothing(enum plot_kind kind, char *why);

#endif
