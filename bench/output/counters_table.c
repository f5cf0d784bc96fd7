/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/counters_table.h"

#include "base/units.h"
#include "output/plot_data.h"
#include "output/text.h"
#include "output/why_words.h"
#include "output/words.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH 15u
#define NAME_WIDTH_MOST 30u
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

/* With its workers where there are several rows of the strategy; NULL without memory. */
static char *name_make(const struct group *group, const struct row *row, const struct style *style)
{
    const struct series *series = row->series;
    char *name = NULL;

    if (!row_varies(group, row)) {
        name = strdup(series->strategy);
    } else if ((series->workers > 0
                    ? asprintf(&name, "%s (%" PRIu64 ")", series->strategy, series->workers)
                    : asprintf(&name, "%s (all)", series->strategy)) < 0) {
        name = NULL;
    }
    return name ? text_clean(name, style) : NULL;
}

static unsigned name_width(const struct group *group, const struct style *style)
{
    unsigned widest = NAME_WIDTH;

    for (size_t i = 0; i < group->row_count; i++) {
        char *name = name_make(group, &group->rows[i], style);
        unsigned width = name ? text_width(name) : 0;

        widest = width > widest && width <= NAME_WIDTH_MOST ? width : widest;
        free(name);
    }
    return widest;
}

static int row_write(FILE *out, const struct group *group, const struct row *row, unsigned width,
                     const enum counter *shown, size_t count, const struct style *style)
{
    char *name = name_make(group, row, style), text[UNITS_SIZE];

    if (!name) {
        return -ENOMEM;
    }
    unsigned own = text_width(name);
    fprintf(out, "  %s%*s", name, own < width ? (int)(width - own) : 0, "");
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
    unsigned width = name_width(group, style);
    fprintf(out, "\n%s%s: what a task took%s\n%s  %-*s", style_bold(style), label,
            style_plain(style), style_dim(style), (int)width, "strategy");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, " %*s", CELL_WIDTH, counter_header(shown[i]));
    }
    fprintf(out, "%s\n", style_plain(style));
    for (size_t i = 0; i < group->row_count && r == 0; i++) {
        if (row_has_time(&group->rows[i])) {
            r = row_write(out, group, &group->rows[i], width, shown, count, style);
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
