/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of pictures: what each shows, of what, and what would measure it. */
#include "output/plot_kinds.h"

#include "output/plot_label.h"

#include <errno.h>
#include <stddef.h>

const struct plot_kind_info plot_kinds[] = {
    [PLOT_TIMELINE] = {"timeline", "when each task ran, and on which worker", "tvp run sleep",
                       plot_has_timeline, NULL, "When each task ran",
                       "each line is a worker, each bar a task from begin to end, all on one "
                       "clock. Bars side by side are work done at the same time; blank is "
                       "waiting."},
    [PLOT_TIME] =
        {"time", "time by strategy, for all workloads", "tvp run", NULL, NULL, "Time by strategy",
         "further left is faster; the mark is the median of the ratios to the fastest in the "
         "same epoch, the bar its 95 % interval, the faint dots the epochs. A bar that "
         "reaches the line of the fastest leaves open which of the two is faster."},
    [PLOT_SPEEDUP] =
        {"speedup", "speed-up against workers, with the law fitted to it",
         "tvp run loop --workers 1,2,3,4,6,8", group_has_speedup, chart_speedup,
         "Speed-up by workers",
         "on the dotted line twice the workers are twice as fast; where a curve leaves "
         "it, more workers bring less, and where it falls, they cost."},
    [PLOT_COST] = {"cost", "what a task costs against its length, and where that pays off",
                   "tvp run loop --sweep task=1us,10us,100us,1ms,10ms", NULL, chart_cost,
                   "Cost of a task by its length",
                   "the diagonal is serial; where a curve crosses below it, at the ring, tasks are "
                   "long enough for that strategy to pay."},
    [PLOT_MACHINES] = {"machines", "a strategy against its base in several result files",
                       "tvp plot machines A.json B.json", NULL, chart_machines, "On other machines",
                       "each dot is the ratio of a strategy to its base on one machine, the bar "
                       "its interval; right of 1 the base is faster, left of it the strategy."},
    [PLOT_WINNERS] =
        {"winners", "the fastest strategy for each length and number of workers",
         "tvp run loop --sweep task=1us,10us,100us,1ms --sweep workers=1,2,4,8", NULL,
         chart_winners, "Who wins where",
         "each cell names the fastest strategy for tasks that long on so many workers, "
         "and how many times as fast as the second it is; ≈ is no difference, ? cannot tell, – not "
         "measured."},
    [PLOT_ORDER] = {"order", "samples in the order in which they were taken", "tvp run",
                    group_has_order, chart_order, "In the order taken",
                    "samples from left to right as they were taken; a slope is drift, a step is "
                    "something that happened to the machine."},
    [PLOT_MEMORY] = {"memory", "memory of a worker, by kind of page", "tvp run sleep --memory",
                     NULL, chart_memory, "Memory of a worker",
                     "longer bars are more memory for each worker; what is shared is counted "
                     "once."},
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
    ret_words->group = kind->group_has ? request->group + 1 : 0;
    return kind->chart(&source, chart, ret_words);
}

static int chart_data_write(const struct record *record, const struct groups *groups,
                            const struct plot_request *request, const char *stem,
                            struct plot_words *ret_words)
{
    struct chart chart = {.items = NULL};
    int r = plot_chart(record, groups, request, &chart, ret_words);

    if (r == 0) {
        r = chart_write(&chart, ret_words, stem);
    }
    chart_release(&chart);
    return r;
}

int plot_data_write(const struct record *record, const struct groups *groups,
                    const struct plot_request *request, const char *stem,
                    struct plot_words *ret_words)
{
    struct plot_words words = {.title = ""};
    int r;

    if (plot_kinds[request->kind].chart) {
        r = chart_data_write(record, groups, request, stem, &words);
    } else if (request->kind == PLOT_TIME) {
        plot_words_time(record, groups, request->metric, &words);
        r = plot_data_time(groups, &words, request->metric, stem);
    } else if (request->group < groups->count) {
        plot_words_timeline(record, &groups->items[request->group], &words);
        words.group = request->group + 1;
        r = plot_data_timeline(&groups->items[request->group], &words, stem);
    } else {
        r = -ENODATA;
    }
    if (r == 0) {
        /* gnuplot's files are cleaned line by line; these two go straight into the SVG. */
        *ret_words = words;
        label_clean(words.title, ret_words->title, sizeof(ret_words->title));
        label_clean(words.description, ret_words->description, sizeof(ret_words->description));
    }
    return r;
}

void plot_why_nothing(enum plot_kind kind, char *why)
{
    snprintf(why, PLOT_WHY_SIZE, "nothing here that '%s' could show; '%s' would measure it",
             plot_kind_names[kind], plot_remedy(kind));
}
