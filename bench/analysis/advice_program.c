/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/advice_program.h"

#include <errno.h>
#include <math.h>

/* Time of one task; NaN: not measured. */
static double each_ns(const struct groups *groups, const char *strategy)
{
    const struct row *row = groups->count == 1 ? group_find(&groups->items[0], strategy) : NULL;

    return row && row_has_time(row) ? row->time.value / (double)groups->items[0].tasks : NAN;
}

const char *advice_program_error(const struct groups *program)
{
    for (size_t i = 0; i < program->count; i++) {
        for (size_t k = 0; k < program->items[i].row_count; k++) {
            const struct series *series = program->items[i].rows[k].series;

            if (series->error_count > 0) {
                return series->errors[0].text;
            }
            if (series->failure_count > 0) {
                return series->failures[0].text;
            }
        }
    }
    return NULL;
}

int advice_program_make(const struct groups *program, const struct groups *idle,
                        const struct groups *empty, struct advice_program *ret_program)
{
    struct advice_program found = {
        .start_ns = each_ns(idle, "serial"),
        .thread_ns = each_ns(empty, "pthread") - each_ns(empty, "serial"),
    };

    if (program->count != 1 || isnan(found.start_ns) || isnan(found.thread_ns)) {
        return -ENODATA;
    }
    found.group = &program->items[0];
    int r = scaling_make(found.group, "thread-pool", METRIC_COLD, false, &found.scaling);
    if (r < 0) {
        return r;
    }
    double tasks = (double)found.group->tasks;
    found.each = group_find(found.group, "serial")->time;
    found.each.value /= tasks;
    found.each.low /= tasks;
    found.each.high /= tasks;
    found.saved_ns = fmin(fmax(found.start_ns - found.thread_ns, 0), found.each.value);
    *ret_program = found;
    return 0;
}
