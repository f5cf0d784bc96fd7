/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the report, cell by cell. */
#include "base/units.h"
#include "output/plot_data.h"
#include "output/report_parts.h"

#include <inttypes.h>
#include <math.h>

void page_table_begin(FILE *out, const char *caption, const char *const *headers)
{
    /* A box that takes the keyboard's focus is read aloud by its name. */
    fputs("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table: ", out);
    html_text(out, caption);
    fputs("\">\n<table><caption>", out);
    html_text(out, caption);
    fputs("</caption>\n<thead><tr>", out);
    for (; *headers; headers++) {
        fputs("<th scope=\"col\">", out);
        html_text(out, *headers);
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n<tbody>\n", out);
}

void page_table_end(FILE *out)
{
    fputs("</tbody></table></div>\n", out);
}

void page_row_begin(FILE *out, const char *text)
{
    fputs("<tr><th scope=\"row\">", out);
    html_text(out, text);
    fputs("</th>", out);
}

void page_row_of(FILE *out, const struct group *group, const struct row *row)
{
    fputs("<tr><th scope=\"row\">", out);
    page_strategy(out, group, row);
    fputs("</th>", out);
}

void page_strategy(FILE *out, const struct group *group, const struct row *row)
{
    html_text(out, row->series->strategy);
    if (row_varies(group, row)) {
        if (row->series->workers > 0) {
            html_format(out, " (%" PRIu64 ")", row->series->workers);
        } else {
            fputs(" (all)", out);
        }
    }
}

void page_row_end(FILE *out)
{
    fputs("</tr>\n", out);
}

void page_cell(FILE *out, const char *text)
{
    html_element(out, "td", NULL, text);
}

void page_cell_duration(FILE *out, double ns)
{
    char text[UNITS_SIZE];

    page_cell(out, format_duration(ns, text));
}

void page_cell_estimate(FILE *out, const struct estimate *estimate, page_format *format)
{
    char value[UNITS_SIZE], low[UNITS_SIZE], high[UNITS_SIZE];

    fputs("<td>", out);
    if (isnan(estimate->value)) {
        fputs("–", out);
    } else {
        html_text(out, format(estimate->value, value));
        if (estimate_has_interval(estimate)) {
            html_format(out, " [%s, %s]", format(estimate->low, low), format(estimate->high, high));
        }
    }
    fputs("</td>", out);
}
