/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several files side by side, by the ratios inside each, which survive a change of machine. */
#include "analysis/compare.h"
#include "base/units.h"
#include "output/compare_parts.h"
#include "output/report_parts.h"

#include <errno.h>
#include <stdlib.h>

static void cell_write(FILE *out, const struct compare_cell *cell)
{
    char value[UNITS_SIZE], low[UNITS_SIZE], high[UNITS_SIZE];

    fputs("<td>", out);
    if (cell->count == 0) {
        fputs("–", out);
    } else if (!cell->good) {
        fputs(compare_state_word(cell), out);
    } else {
        html_text(out, format_ratio(cell->value.value, value));
        if (estimate_has_interval(&cell->value)) {
            html_format(out, " [%s, %s]", format_ratio(cell->value.low, low),
                        format_ratio(cell->value.high, high));
        }
        fputs(cell->change == CHANGE_SLOWER   ? " slower"
              : cell->change == CHANGE_FASTER ? " faster"
              : cell->change == CHANGE_SAME   ? " same"
              : cell->change == CHANGE_UNSURE ? " ?"
                                              : "",
              out);
    }
    fputs("</td>", out);
}

static void rows_write(FILE *out, const struct comparison *comparison)
{
    const size_t columns = comparison->column_count;

    for (size_t i = 0; i < comparison->row_count; i++) {
        const struct compare_row *row = &comparison->rows[i];

        if (row->first) {
            fputs(i > 0 ? "</tbody>\n<tbody>\n" : "", out); /* each is a group of rows */
            fprintf(out, "<tr><th scope=\"rowgroup\" colspan=\"%zu\">", columns + 1);
            html_text(out, row->title);
            fputs("</th></tr>\n", out);
        }
        fputs("<tr><th scope=\"row\">", out);
        html_text(out, row->name);
        fputs("</th>", out);
        for (size_t n = 0; n < columns; n++) {
            cell_write(out, &row->cells[n]);
        }
        fputs("</tr>\n", out);
    }
}

static void table_write_all(FILE *out, const struct comparison *comparison)
{
    fputs("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table: all runs\">\n"
          "<table><caption>Time of each strategy divided by that of ",
          out);
    html_text(out, comparison->settings.base);
    fputs(" in the same run, with 95 % intervals. Below 1 is faster. <em>slower</em> and "
          "<em>faster</em>: than the first run, by more than 5 %; <em>same</em>: less than that; "
          "?: cannot tell.</caption>\n<thead><tr><th scope=\"col\">strategy</th>",
          out);
    for (size_t i = 0; i < comparison->column_count; i++) {
        fputs("<th scope=\"col\">", out);
        html_text(out, comparison->columns[i].name);
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n<tbody>\n", out);
    rows_write(out, comparison);
    fputs("</tbody></table></div>\n", out);
}

/* Where each run begins in this page. */
static void contents_write(FILE *out, const struct page *pages, size_t count)
{
    fputs("<nav aria-label=\"Runs\"><ul>\n", out);
    for (size_t i = 0; i < count; i++) {
        const char *label = record_text(pages[i].record, "machine.label");
        const char *created = record_text(pages[i].record, "created");

        fprintf(out, "<li><a href=\"#file-%zu\">", pages[i].number);
        html_format(out, "%s, %s", label ? label : "a machine without a label",
                    created ? created : "no date");
        fputs("</a></li>\n", out);
    }
    fputs("</ul></nav>\n", out);
}

static int picture_write(FILE *out, const char *folder)
{
    const struct report_file file = {NULL, folder};
    const struct page page = {.out = out, .file = &file, .heading = 2};

    fputs("<section>\n", out);
    page_heading(&page, 0, "machines", "Ratios, machine by machine");
    int r = report_figure_write(&page, "machines.svg");
    fputs("</section>\n", out);
    return r;
}

int report_across_write(FILE *out, const struct page *pages, size_t count, const char *machines)
{
    const struct compare_settings settings = {.metric = METRIC_COLD, .threshold = REPORT_THRESHOLD};
    struct compare_file *files = calloc(count, sizeof(*files));
    const char *picture = NULL;
    struct comparison comparison;

    if (!files) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        files[i] = (struct compare_file){.record = pages[i].record, .checksum = ""};
    }
    int r = compare_make(files, count, &settings, &comparison);
    if (r < 0 && r != -ENOENT) {
        free(files);
        return r;
    }
    fprintf(out,
            "<header><p class=\"question\">Threads or processes?</p>\n"
            "<h1>%zu runs, side by side</h1>\n",
            count);
    contents_write(out, pages, count);
    fputs("</header>\n", out);
    if (r == 0 && compare_usable(&comparison) > 0) {
        table_write_all(out, &comparison);
        picture = machines;
    } else {
        fputs("<p>No strategy was measured in all of them, so nothing is compared.</p>\n", out);
    }
    if (r == 0) {
        compare_release(&comparison);
    }
    free(files);
    return picture ? picture_write(out, picture) : 0;
}
