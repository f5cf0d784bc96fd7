/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures drawn with letters, for terminals and for machines without gnuplot. */
#include "output/plot_kinds.h"
#include "output/text.h"
#include "output/timeline_text.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NAME_COLUMNS 34u
#define TIME_COLUMNS 12u

/* "  fork             ██████████ 12.3 ms" */
static void bar_write(FILE *out, const struct group *group, const struct row *row, double most_ns,
                      const struct style *style)
{
    char name[ROW_NAME_SIZE], value[TIME_TEXT_SIZE], line[1024] = "  ";
    unsigned room = style_width(style) - NAME_COLUMNS - TIME_COLUMNS - 2;
    char range[TIME_TEXT_SIZE];

    row_name(group, row, name);
    label_cut(name, NAME_COLUMNS - 5);
    text_clean(name, style);
    label_add(line, sizeof(line), "%s", name);
    for (size_t i = label_columns(name); i < NAME_COLUMNS - 2; i++) {
        label_add(line, sizeof(line), " ");
    }
    if (!row_has_time(row)) {
        row_excuse(row, range, sizeof(range));
        label_add(line, sizeof(line), "%s", range);
    } else {
        unsigned length = (unsigned)(room * row->time.value / most_ns + 0.5);

        time_texts(&row->time, value, range);
        for (unsigned i = 0; i < length; i++) {
            label_add(line, sizeof(line), "█");
        }
        label_add(line, sizeof(line), "%s%s", length > 0 ? " " : "", value);
    }
    fprintf(out, "%s\n", text_clean(line, style));
}

static int bars_write(FILE *out, const struct groups *groups, const struct style *style)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        double most_ns = 1;
        char *label = label_text(groups, group, style);

        if (!label) {
            return -ENOMEM;
        }
        fprintf(out, "%s%s\n", i > 0 ? "\n" : "", label);
        free(label);
        for (size_t k = 0; k < group->row_count; k++) {
            if (row_has_time(&group->rows[k]) && group->rows[k].time.value > most_ns) {
                most_ns = group->rows[k].time.value;
            }
        }
        for (size_t k = 0; k < group->row_count; k++) {
            bar_write(out, group, &group->rows[k], most_ns, style);
        }
    }
    return text_done(out);
}

int plot_text(FILE *out, const struct record *record, const struct groups *groups,
              const struct plot_request *request, const struct style *style, char *why)
{
    struct plot_words words = {.title = ""};
    struct chart chart = {.items = NULL};
    int r;

    if (plot_kinds[request->kind].chart) {
        r = plot_chart(record, groups, request, &chart, &words);
        r = r < 0 ? r : chart_text(out, &chart, &words, style);
        chart_release(&chart);
    } else if (request->kind == PLOT_TIME) {
        r = groups->count > 0 ? bars_write(out, groups, style) : -ENODATA;
    } else {
        r = request->group < groups->count && plot_has_timeline(&groups->items[request->group])
                ? timeline_write(out, &groups->items[request->group], style)
                : -ENODATA;
    }
    if (r == -ENODATA) {
        plot_why_nothing(request->kind, why);
    } else if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
    }
    return r;
}
