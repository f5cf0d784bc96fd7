/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of `tvp show`, cell by cell the same, with a bar for each median: without gnuplot
 * they are the picture. */
#include "output/plot_data.h"
#include "output/report_parts.h"
#include "output/table_parts.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>

static double slowest(const struct group *group)
{
    double most = 0;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        most = row_has_time(row) && row->time.value > most ? row->time.value : most;
    }
    return most;
}

/* Drawn, not styled: the page's policy allows no style of a single element. */
static void bar_write(FILE *out, const struct row *row, double most)
{
    fputs("<td class=\"bar\">", out);
    if (row_has_time(row) && most > 0) {
        fprintf(out,
                "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                "<rect class=\"%s\" width=\"%.2f\" height=\"10\"/></svg>",
                row_look(row), 100 * row->time.value / most);
    }
    fputs("</td>", out);
}

static void row_write(FILE *out, const struct row *row, double most)
{
    static const struct layout layout = {.metric = METRIC_COLD, .style = &page_style};
    const bool fastest = row->standing == STANDING_FASTEST;

    fprintf(out, "<tr%s><th scope=\"row\" class=\"%s\">", fastest ? " class=\"fastest\"" : "",
            row_look(row));
    html_text(out, row->series->strategy);
    fputs("</th>", out);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        char cell[CELL_SIZE];

        cell_format(&layout, row, column, cell);
        html_element(out, "td", column == COLUMN_BEST ? "name" : NULL, cell);
        if (column == COLUMN_INTERVAL) {
            bar_write(out, row, most);
        }
    }
    fputs("</tr>\n", out);
}

static void head_write(FILE *out)
{
    fputs("<thead><tr><th scope=\"col\">strategy</th>", out);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        fputs("<th scope=\"col\">", out);
        html_text(out, column_header(METRIC_COLD, column));
        fputs("</th>", out);
        if (column == COLUMN_INTERVAL) {
            fputs("<th scope=\"col\" class=\"bar\"><span class=\"hidden\">median as a bar</span>"
                  "</th>",
                  out);
        }
    }
    fputs("</tr></thead>\n", out);
}

static int table_write_one(const struct page *page, const struct group *group)
{
    char *label = label_text(&page->cold, group, &page_style);
    FILE *out = page->out;

    if (!label) {
        return -ENOMEM;
    }
    fputs("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table: ", out);
    html_text(out, label);
    fputs("\">\n<table class=\"times\"><caption><strong>", out);
    html_text(out, label);
    fputs("</strong> ", out);
    if (group->summary && group->summary[0]) {
        html_text(out, group->summary);
    } else {
        html_format(out, "%llu tasks", (unsigned long long)group->tasks);
    }
    fputs("</caption>\n", out);
    free(label);
    head_write(out);
    fputs("<tbody>\n", out);
    for (size_t i = 0; i < group->row_count; i++) {
        row_write(out, &group->rows[i], slowest(group));
    }
    fputs("</tbody></table></div>\n", out);
    return 0;
}

static int notes_write(const struct page *page, const struct group *group)
{
    struct paragraph notes;
    int r = paragraph_begin(&notes);

    if (r < 0) {
        return r;
    }
    r = table_notes_write(notes.file, group, &page_style);
    int written = page_lines(page->out, &notes, "p", "below");
    return r < 0 ? r : written;
}

static int legend_write(const struct page *page)
{
    struct paragraph legend;
    int r = paragraph_begin(&legend);

    if (r < 0) {
        return r;
    }
    r = table_legend_write(legend.file, &page->cold, METRIC_COLD, &page_style);
    int written = page_lines(page->out, &legend, "p", "below");
    return r < 0 ? r : written;
}

int report_tables_write(const struct page *page)
{
    int r = 0;

    fputs("<section>\n", page->out);
    page_heading(page, 0, "tables", "Tables");
    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        r = table_write_one(page, &page->cold.items[i]);
        r = r < 0 ? r : notes_write(page, &page->cold.items[i]);
    }
    r = r < 0 ? r : legend_write(page);
    fputs("</section>\n", page->out);
    return r;
}
