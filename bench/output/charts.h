/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of pictures that are charts: each turns what was measured into marks and words. */
#ifndef TVP_CHARTS_H
#define TVP_CHARTS_H

#include "analysis/compare.h"
#include "analysis/winners.h"
#include "output/chart.h"

struct chart_source {
    const struct record *record;
    const struct groups *groups;
    const struct comparison *comparison; /* of several files, for machines; else NULL */
    enum metric metric;                  /* that the groups were made with */
    size_t group;                        /* index, for kinds that show one group */
};

/* Fill a chart, which the caller has zeroed and releases whatever comes back. 0, -ENOMEM, or
 * -ENODATA: the file holds nothing of that kind. */
typedef int chart_maker(const struct chart_source *source, struct chart *chart,
                        struct plot_words *words);
int chart_cost(const struct chart_source *source, struct chart *chart, struct plot_words *words);
int chart_machines(const struct chart_source *source, struct chart *chart,
                   struct plot_words *words);
int chart_memory(const struct chart_source *source, struct chart *chart, struct plot_words *words);
int chart_order(const struct chart_source *source, struct chart *chart, struct plot_words *words);
int chart_speedup(const struct chart_source *source, struct chart *chart, struct plot_words *words);
int chart_winners(const struct chart_source *source, struct chart *chart, struct plot_words *words);

/* Whether there is something to draw, for kinds that show one group. */
bool group_has_speedup(const struct group *group);
bool group_has_order(const struct group *group);

/* What stands in the place of a winner: "≈" no difference, "?" cannot tell, "–" not measured; "" if
 * there is one. group: of that length. */
const char *winner_sign(const struct group *group, const struct winner *winner);

/* Shared by them. "11 µs", "1.1 ms": two digits, for rules of thumb. */
char *duration_short(double ns, char text[TIME_TEXT_SIZE]);
/* "48 KiB"; text: UNITS_SIZE bytes. */
char *size_short(double bytes, char *text);
/* "medians of 12 epochs" and the like, for the line below the title. */
void method_epochs(size_t epochs, bool intervals, char *text, size_t size);
/* The name of a strategy for people, with its workers: "thread-pool (4)"; 0 workers: without. */
void strategy_name(const char *strategy, uint64_t workers, char name[ROW_NAME_SIZE]);

#endif
