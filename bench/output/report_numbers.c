/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind a picture as tables, made from the record: what was written for gnuplot is
 * places on a page. */
#include "output/plot_data.h"
#include "output/report_parts.h"
#include "output/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

static int time_write(const struct page *page)
{
    static const char *const headers[] = {"workload", "strategy", "median", "from", "to", NULL};
    int r = 0;

    page_table_begin(page->out, "Medians and their 95 % intervals", headers);
    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        const struct group *group = &page->cold.items[i];
        char *label = label_text(&page->cold, group, &page_style);

        r = label ? 0 : -ENOMEM;
        for (size_t n = 0; n < group->row_count && r == 0; n++) {
            const struct row *row = &group->rows[n];

            if (row_has_time(row)) {
                page_row_begin(page->out, label);
                fputs("<td class=\"name\">", page->out);
                page_strategy(page->out, group, row);
                fputs("</td>", page->out);
                page_cell_duration(page->out, row->time.value);
                page_cell_duration(page->out, row->time.low);
                page_cell_duration(page->out, row->time.high);
                page_row_end(page->out);
            }
        }
        free(label);
    }
    page_table_end(page->out);
    return r;
}

static void spans_write(FILE *out, const struct group *group, const struct row *row)
{
    const struct timeline *timeline = &row->series->timeline;

    for (size_t i = 0; i < timeline->count; i++) {
        const struct span *span = &timeline->items[i];

        page_row_of(out, group, row);
        fprintf(out, "<td>%" PRIu64 "</td><td>%" PRIu64 "</td>", (uint64_t)span->task + 1,
                (uint64_t)span->worker + 1);
        page_cell_duration(out, (double)span->start_ns);
        page_cell_duration(out, (double)span->end_ns);
        fprintf(out, "<td>%s</td></tr>\n", span->failed ? "failed" : "done");
    }
}

static void timeline_write_all(FILE *out, const struct group *group)
{
    static const char *const headers[] = {"strategy", "task", "worker", "begin",
                                          "end",      "how",  NULL};

    page_table_begin(out, "Tasks in the order in which they ended, since the first submit",
                     headers);
    for (size_t n = 0; n < group->row_count; n++) {
        spans_write(out, group, &group->rows[n]);
    }
    page_table_end(out);
}

/* Samples are too many for a table; they are in the data that the page holds. */
static int order_write(FILE *out, const struct group *group)
{
    static const char *const headers[] = {"strategy", "epoch", "median", NULL};
    int r = 0;

    page_table_begin(out, "Medians of the epochs, in the order of time", headers);
    for (size_t n = 0; n < group->row_count && r == 0; n++) {
        const struct row *row = &group->rows[n];
        size_t size = row->series->samples.count + 1, count = 0;
        double *medians = calloc(size, sizeof(*medians));
        uint64_t *epochs = calloc(size, sizeof(*epochs));

        r = medians && epochs ? 0 : -ENOMEM;
        if (r == 0 && row_has_time(row)) {
            count = epoch_medians(row->series, group->metric, medians, epochs, size);
        }
        for (size_t i = 0; i < count; i++) {
            page_row_of(out, group, row);
            fprintf(out, "<td>%" PRIu64 "</td>", epochs[i] + 1);
            page_cell_duration(out, medians[i]);
            page_row_end(out);
        }
        free(medians);
        free(epochs);
    }
    page_table_end(out);
    return r;
}

const char *report_numbers_elsewhere(enum plot_kind kind)
{
    return kind == PLOT_MACHINES ? "The table above has the same in numbers."
           : kind == PLOT_MEMORY ? "The tables of memory below have the same in numbers."
                                 : NULL;
}

int report_numbers_write(const struct page *page, enum plot_kind kind, const struct group *group)
{
    if (kind == PLOT_TIME) {
        return time_write(page);
    }
    if (kind == PLOT_TIMELINE && group) {
        timeline_write_all(page->out, group);
        return 0;
    }
    if (kind == PLOT_ORDER && group) {
        return order_write(page->out, group);
    }
    return report_curves_write(page, kind, group);
}
