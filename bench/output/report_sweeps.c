/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sweeps amount to: in words, and the laws fitted to them with what they leave. */
#include "analysis/scaling.h"
#include "output/plot_cost.h"
#include "output/report_parts.h"
#include "output/sweep_words.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define GROUPS_MAX 12u /* of which curves are fitted; files can hold hundreds of groups */

static char *format_percent(double value, char text[UNITS_SIZE])
{
    snprintf(text, UNITS_SIZE, "%.*f %%", value < 0.0995 ? 2 : 1, 100 * value);
    return text;
}

static char *format_workers(double value, char text[UNITS_SIZE])
{
    snprintf(text, UNITS_SIZE, "%.3g", value);
    return text;
}

/* Root of the mean square of ln(measured / law), which is how far it is off in %. */
static void cell_residual(FILE *out, const struct curve_fit *fit)
{
    char text[UNITS_SIZE];

    page_cell(out, format_percent(fit->residual, text));
}

static void scaling_row(FILE *out, const char *label, const struct scaling *scaling)
{
    const struct estimate peak = {scaling->peak, NAN, NAN, 0};
    char text[UNITS_SIZE];

    page_row_begin(out, label);
    html_element(out, "td", "name", scaling->rows[0]->series->strategy);
    page_cell_estimate(out, &scaling->speedup[scaling->best], format_ratio);
    page_cell(out, format_workers(scaling->workers[scaling->best], text));
    if (!scaling->fitted) {
        fputs("<td>–</td><td>–</td><td>–</td><td>–</td><td>–</td>", out);
    } else {
        page_cell_estimate(out, &scaling->contention, format_percent);
        page_cell_estimate(out, &scaling->coherency, format_percent);
        if (isnan(scaling->peak)) {
            page_cell(out, "none measured");
        } else {
            page_cell_estimate(out, &peak, format_workers);
        }
        cell_residual(out, &scaling->usl);
        cell_residual(out, &scaling->amdahl);
    }
    page_row_end(out);
}

/* All strategies of a group that were measured with several numbers of workers. */
static int scalings_write(const struct page *page, const struct group *group, bool *begun)
{
    static const char *const headers[] = {
        "workload",  "strategy", "largest speed-up",     "at workers",        "contention",
        "coherency", "peak",     "residual (universal)", "residual (Amdahl)", NULL};
    struct scaling *scaling = calloc(1, sizeof(*scaling));
    char *label = label_text(&page->cold, group, &page_style);
    int r = scaling && label ? 0 : -ENOMEM;

    for (const char *name = r < 0 ? NULL : scaling_next(group, NULL); r == 0 && name;
         name = scaling_next(group, name)) {
        r = scaling_make(group, name, METRIC_COLD, true, scaling);
        if (r == 0) {
            if (!*begun) {
                page_table_begin(page->out,
                                 "Speed-up by workers. Contention and coherency are those of the "
                                 "universal scalability law, fitted from 5 numbers of workers on, "
                                 "with 95 % intervals; a residual is how far the measurements are "
                                 "from a law.",
                                 headers);
                *begun = true;
            }
            scaling_row(page->out, label, scaling);
            scaling_release(scaling);
        }
        r = r == -ENODATA ? 0 : r;
    }
    free(label);
    free(scaling);
    return r;
}

static void cost_row(FILE *out, const struct costs *costs)
{
    static const char *const places[2][2] = {
        {"perhaps below the shortest measured", "below the shortest measured"},
        {"perhaps above the longest measured", "above the longest measured"},
    };
    char text[UNITS_SIZE];

    page_row_begin(out, costs->strategy);
    page_cell(out, format_count(costs->workers, text));
    if (costs->outcome == BREAKEVEN_NONE) {
        fputs("<td>–</td><td>–</td><td>no fit</td><td>–</td>", out);
    } else {
        page_cell_estimate(out, &costs->overhead_ns, format_duration);
        page_cell_estimate(out, &costs->share, format_ratio);
        if (costs->outcome == BREAKEVEN_AT) {
            page_cell_estimate(out, &costs->length_at, format_duration);
        } else {
            page_cell(out, places[costs->outcome == BREAKEVEN_ABOVE][costs_settled(costs)]);
        }
        cell_residual(out, &costs->fit);
    }
    page_row_end(out);
}

static int costs_write_all(const struct page *page)
{
    static const char *const headers[] = {
        "strategy", "workers", "overhead a task", "share", "pays off from", "residual", NULL};
    struct cost_table table;
    int r = lengths_workload(&page->cold)
                ? cost_table_make(page->record, &page->cold, METRIC_COLD, &table)
                : -ENODATA;

    if (r < 0) {
        return r == -ENODATA ? 0 : r;
    }
    page_table_begin(page->out,
                     "Cost of a task = overhead + share × its length, fitted with 95 % intervals: "
                     "a share of 0.5 is what two workers can bring at best. It pays off where that "
                     "is less than the length.",
                     headers);
    for (size_t i = 0; i < table.count; i++) {
        cost_row(page->out, &table.items[i]);
    }
    page_table_end(page->out);
    cost_table_release(&table);
    return 0;
}

int report_sweeps_write(const struct page *page)
{
    struct paragraph words;
    bool begun = false;
    int r = paragraph_begin(&words);

    if (r < 0) {
        return r;
    }
    fputs("<section>\n", page->out);
    page_heading(page, 0, "sweeps", "Sweeps");
    r = sweep_words_write(words.file, page->record, &page->cold, METRIC_COLD, &page_style);
    bool any = r == 0 && ftell(words.file) > 0;
    int lines = page_lines(page->out, &words, "p", NULL);
    r = r < 0 ? r : lines;
    if (r == 0 && !any) {
        fputs("<p>None was measured: <code>tvp run --sweep</code> varies the length of tasks, the "
              "workers, the payload and the memory of the parent.</p>\n",
              page->out);
    }
    for (size_t i = 0; i < page->cold.count && i < GROUPS_MAX && r == 0; i++) {
        r = scalings_write(page, &page->cold.items[i], &begun);
    }
    if (begun) {
        page_table_end(page->out);
    }
    r = r < 0 ? r : costs_write_all(page);
    fputs("</section>\n", page->out);
    return r;
}
