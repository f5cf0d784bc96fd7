/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of pictures: what each shows, of what, and what would measure it. */
#include "output/plot_kinds.h"

#include <errno.h>
#include <stddef.h>

const struct plot_kind_info plot_kinds[] = {
    [PLOT_TIMELINE] = {"timeline", "when each task ran, and on which worker", "tvp run sleep",
                       plot_has_timeline, NULL},
    [PLOT_TIME] = {"time", "time by strategy, for all workloads", "tvp run", NULL, NULL},
    [PLOT_SPEEDUP] = {"speedup", "speed-up against workers, with the law fitted to it",
                      "tvp run loop --workers 1,2,3,4,6,8", group_has_speedup, chart_speedup},
    [PLOT_COST] = {"cost", "what a task costs against its length, and where that pays off",
                   "tvp run loop --sweep task=1us,10us,100us,1ms,10ms", NULL, chart_cost},
    [PLOT_MACHINES] = {"machines", "processes against threads in several result files",
                       "tvp plot machines A.json B.json", NULL, chart_machines},
    [PLOT_WINNERS] = {"winners", "the fastest strategy for each length and number of workers",
                      "tvp run loop --sweep task=1us,10us,100us,1ms --sweep workers=1,2,4,8", NULL,
                      chart_winners},
    [PLOT_ORDER] = {"order", "samples in the order in which they were taken", "tvp run",
                    group_has_order, chart_order},
    [PLOT_MEMORY] = {"memory", "memory of a worker, by kind of page", "tvp run sleep --memory",
                     NULL, chart_memory},
};

const char *const plot_kind_names[] = {"timeline", "time",  "speedup", "cost", "machines",
                                       "winners",  "order", "memory",  NULL};

bool plot_is_of_group(enum plot_kind kind)
{
    return plot_kinds[kind].group_has != NULL;
}

bool plot_group_has(enum plot_kind kind, const struct group *group)
{
    return plot_kinds[kind].group_has && plot_kinds[kind].group_has(group);
}

const char *plot_summary(enum plot_kind kind)
{
    return plot_kinds[kind].summary;
}

const char *plot_remedy(enum plot_kind kind)
{
    return plot_kinds[kind].remedy;
}

int plot_chart(const struct record *record, const struct groups *groups,
               const struct plot_request *request, struct chart *chart,
               struct plot_words *ret_words)
{
    const struct plot_kind_info *kind = &plot_kinds[request->kind];
    const struct chart_source source = {record, groups, request->comparison, request->metric,
                                        request->group};

    if (kind->group_has &&
        (request->group >= groups->count || !kind->group_has(&groups->items[request->group]))) {
        return -ENODATA;
    }
    return kind->chart(&source, chart, ret_words);
}

void plot_why_nothing(enum plot_kind kind, char *why)
{
    snprintf(why, PLOT_WHY_SIZE, "nothing here that '%s' could show; '%s' would measure it",
             plot_kind_names[kind], plot_remedy(kind));
}
