/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/isolation.h"

#include <math.h>
#include <string.h>

bool isolation_fits(const struct group *group)
{
    return group->workload && strcmp(group->workload, "crash") == 0;
}

bool isolation_hangs(const struct group *group)
{
    static const char hangs[] = "how=hang";
    const char *found = group->arguments ? strstr(group->arguments, hangs) : NULL;

    return found && strchr(" ", found[sizeof(hangs) - 1]);
}

static uint64_t most_failed(const struct sample_list *list)
{
    uint64_t most = 0;

    for (size_t i = 0; i < list->count; i++) {
        most = list->items[i].failed > most ? list->items[i].failed : most;
    }
    return most;
}

static double failed_span_ns(const struct timeline *timeline)
{
    for (size_t i = 0; i < timeline->count; i++) {
        if (timeline->items[i].failed) {
            return (double)timeline->items[i].end_ns - (double)timeline->items[i].start_ns;
        }
    }
    return NAN;
}

bool isolation_of(const struct row *row, struct isolation *ret_isolation)
{
    const struct series *series = row->series;
    const uint64_t warm = most_failed(&series->warmup), timed = most_failed(&series->samples);
    const uint64_t failed = warm > timed ? warm : timed;
    const size_t samples = series->warmup.count + series->samples.count;

    if (series->tasks == 0 || (samples == 0 && series->failure_count == 0)) {
        return false;
    }
    *ret_isolation = (struct isolation){
        .others = series->tasks - 1,
        .trial_lost = samples == 0,
        .noticed_ns = failed_span_ns(&series->timeline),
    };
    if (samples > 0) {
        const uint64_t left = failed < series->tasks ? series->tasks - failed : 0;

        ret_isolation->survived = left < series->tasks - 1 ? left : series->tasks - 1;
    }
    return true;
}
