/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/counters_table.h"

#include "base/units.h"
#include "output/text.h"
#include "output/why_words.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH 15
#define CELL_WIDTH 9

const char *counter_header(enum counter counter)
{
    static const char *const headers[COUNTER_COUNT] = {
        [COUNTER_USER] = "user",
        [COUNTER_SYSTEM] = "system",
        [COUNTER_MINOR_FAULTS] = "faults",
        [COUNTER_MAJOR_FAULTS] = "from disk",
        [COUNTER_VOLUNTARY] = "waits",
        [COUNTER_FORCED] = "losses",
        [COUNTER_RUN_DELAY] = "queueing",
        [COUNTER_MIGRATIONS] = "moves",
        [COUNTER_CYCLES] = "cycles",
        [COUNTER_INSTRUCTIONS] = "instr.",
        [COUNTER_DTLB_MISSES] = "TLB miss",
    };

    return headers[counter];
}

char *counter_cell(const struct series *series, enum counter counter, char *text)
{
    const double each = counter_each(series, counter);

    if (isnan(each)) {
        return strcpy(text, "-");
    }
    if (each <= 0) {
        return strcpy(text, "0");
    }
    if (counter_is_time(counter)) {
        return format_duration(each, text);
    }
    return each < 1000 ? format_ratio(each, text) : format_count((uint64_t)each, text);
}

size_t counters_shown(const struct group *group, enum counter shown[COUNTER_COUNT])
{
    size_t count = 0;

    for (enum counter counter = 0; counter < COUNTER_COUNT; counter++) {
        bool any = false;

        for (size_t i = 0; i < group->row_count && !any; i++) {
            any = counter_happened(group->rows[i].series, counter);
        }
        if (any) {
            shown[count++] = counter;
        }
    }
    return count;
}

static int row_write(FILE *out, const struct row *row, const enum counter *shown, size_t count,
                     const struct style *style)
{
    char *name = strdup(row->series->strategy), text[UNITS_SIZE];

    if (!name) {
        return -ENOMEM;
    }
    int width = (int)text_width(text_clean(name, style));
    fprintf(out, "  %s%*s", name, width < NAME_WIDTH ? NAME_WIDTH - width : 0, "");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, " %*s", CELL_WIDTH, counter_cell(row->series, shown[i], text));
    }
    fputc('\n', out);
    free(name);
    return 0;
}

static int group_write(FILE *out, const struct groups *groups, const struct group *group,
                       const struct style *style)
{
    enum counter shown[COUNTER_COUNT];
    size_t count = counters_shown(group, shown);
    int r = 0;

    if (count == 0) {
        return 0;
    }
    char *label = label_text(groups, group, style);
    if (!label) {
        return -ENOMEM;
    }
    fprintf(out, "\n%s%s: what a task took%s\n%s  %-*s", style_bold(style), label,
            style_plain(style), style_dim(style), NAME_WIDTH, "strategy");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, " %*s", CELL_WIDTH, counter_header(shown[i]));
    }
    fprintf(out, "%s\n", style_plain(style));
    for (size_t i = 0; i < group->row_count && r == 0; i++) {
        if (row_has_time(&group->rows[i])) {
            r = row_write(out, &group->rows[i], shown, count, style);
        }
    }
    free(label);
    return r;
}

void counters_missing_write(FILE *out, const struct record *record)
{
    const json_t *missing =
        json_object_get(json_object_get(record->head, "environment"), "not_counted");
    const char *last = NULL;

    for (enum event event = 0; event < EVENT_COUNT; event++) {
        const char *why = json_string_value(json_object_get(missing, event_names[event]));

        if (!why) {
            continue;
        }
        if (last && strcmp(last, why) != 0) {
            fprintf(out, ": %s; ", last);
        } else {
            fputs(last ? ", " : "not available here: ", out);
        }
        fputs(counter_words(COUNTER_RUN_DELAY + (enum counter)event), out);
        last = why;
    }
    if (last) {
        fprintf(out, ": %s", last);
    }
}

int counters_table_write(FILE *out, const struct record *record, const struct groups *groups,
                         const struct style *style)
{
    struct paragraph missing;
    int r = 0;

    for (size_t i = 0; i < groups->count && r == 0; i++) {
        r = group_write(out, groups, &groups->items[i], style);
    }
    r = r < 0 ? r : paragraph_begin(&missing);
    if (r < 0) {
        return r;
    }
    counters_missing_write(missing.file, record);
    if (ftell(missing.file) > 0) {
        fputc('\n', out);
    }
    r = paragraph_end(&missing, out, style, 0, 2);
    return r < 0 ? r : text_done(out);
}
