/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many tasks of a series failed: what is quickly given up must not look fast. */
#include "analysis/analysis.h"

uint64_t series_failed_tasks(const struct series *series)
{
    uint64_t most = 0;

    for (size_t i = 0; i < series->samples.count; i++) {
        if (series->samples.items[i].failed > most) {
            most = series->samples.items[i].failed;
        }
    }
    return most;
}

bool series_fails(const struct series *series)
{
    return series->tasks > 0 && series_failed_tasks(series) == series->tasks;
}
