/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a record advice can be built on. */
#include "analysis/advice_parts.h"
#include "base/units.h"

#include <math.h>
#include <string.h>

double advice_payload(const struct group *group)
{
    const char *found = strcmp(group->workload, "payload") == 0 && group->arguments
                            ? strstr(group->arguments, "bytes=")
                            : NULL;
    char text[UNITS_SIZE];
    uint64_t bytes = 0;

    if (!found) {
        return 0;
    }
    found += strlen("bytes=");
    (void)snprintf(text, sizeof(text), "%.*s", (int)strcspn(found, " "), found);
    return parse_size(text, &bytes) == 0 ? (double)bytes : 0;
}

const struct row *advice_serial(const struct group *group)
{
    const struct row *serial = group_find(group, "serial");

    return serial && row_has_time(serial) ? serial : NULL;
}

bool advice_takes_part(const struct group *group)
{
    return (strcmp(group->workload, "loop") == 0 || strcmp(group->workload, "empty") == 0 ||
            advice_payload(group) > 0) &&
           !group->variant && group->tasks > 0 && group->failed_tasks == 0;
}

uint64_t advice_chunk(const char *strategy)
{
    const char *found = strstr(strategy, ":chunk=");
    char text[UNITS_SIZE];
    uint64_t chunk = 1;

    if (found) {
        found += strlen(":chunk=");
        (void)snprintf(text, sizeof(text), "%.*s", (int)strcspn(found, ":"), found);
        (void)parse_count(text, &chunk);
    }
    return chunk > 0 ? chunk : 1;
}

bool advice_is_candidate(const struct row *row)
{
    return row_has_time(row) && row->series->workers > 0 &&
           (strcmp(row->series->strategy, "serial") == 0 ||
            strategy_kind(row->series->strategy) != KIND_OTHER);
}

struct estimate advice_cold(const struct row *row, const struct row *serial)
{
    struct estimate time = row->time, ratio;

    if (!serial || serial == row) {
        return time;
    }
    ratio = series_ratio(row->series, serial->series, METRIC_COLD, CONFIDENCE);
    if (!(ratio.value > 0)) {
        return time;
    }
    time.value = ratio.value * serial->time.value;
    time.low = ratio.low * serial->time.value;
    time.high = ratio.high * serial->time.value;
    time.confidence = ratio.confidence;
    return time;
}
