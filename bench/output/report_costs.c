/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it took beside time: counters, memory, and what one bad task costs the others. */
#include "output/counters_table.h"
#include "output/isolation_text.h"
#include "output/memory_table.h"
#include "output/report_parts.h"
#include "output/why_words.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>

/* Tables of one sort, one a group; begun says whether the first has brought the heading. */
typedef int group_writer(const struct page *page, const struct group *group, const char *label,
                         bool *begun);

static void begin_once(const struct page *page, bool *begun, const char *heading, const char *text)
{
    if (!*begun) {
        page_heading(page, 1, NULL, heading);
        html_element(page->out, "p", NULL, text);
        fputc('\n', page->out);
        *begun = true;
    }
}

static int each_group(const struct page *page, group_writer *write)
{
    bool begun = false;
    int r = 0;

    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        const struct group *group = &page->cold.items[i];
        char *label = label_text(&page->cold, group, &page_style);

        r = label ? write(page, group, label, &begun) : -ENOMEM;
        free(label);
    }
    return r;
}

static int counters_write(const struct page *page, const struct group *group, const char *label,
                          bool *begun)
{
    const char *headers[COUNTER_COUNT + 2] = {"strategy"};
    enum counter shown[COUNTER_COUNT];
    size_t count = counters_shown(group, shown);
    char text[UNITS_SIZE];

    if (count == 0) {
        return 0;
    }
    begin_once(page, begun, "What a task took",
               "Of the program and all its workers together, divided by the tasks; medians over "
               "epochs. What is read in the timed samples themselves comes first; queueing for a "
               "CPU and what follows it is of one sample more an epoch, which is not timed.");
    for (size_t i = 0; i < count; i++) {
        headers[i + 1] = counter_words(shown[i]);
    }
    page_table_begin(page->out, label, headers);
    for (size_t i = 0; i < group->row_count; i++) {
        if (row_has_time(&group->rows[i])) {
            page_row_of(page->out, group, &group->rows[i]);
            for (size_t n = 0; n < count; n++) {
                page_cell(page->out, counter_cell(group->rows[i].series, shown[n], text));
            }
            page_row_end(page->out);
        }
    }
    page_table_end(page->out);
    return 0;
}

/* Once, whatever the workloads. */
static int missing_write(const struct page *page)
{
    struct paragraph missing;
    int r = paragraph_begin(&missing);

    if (r < 0) {
        return r;
    }
    counters_missing_write(missing.file, page->record);
    return page_lines(page->out, &missing, "p", "below");
}

static int memory_write(const struct page *page, const struct group *group, const char *label,
                        bool *begun)
{
    static const char *const headers[] = {"strategy",    "workers",      "PSS", "private",
                                          "page tables", "kernel stack", NULL};
    char text[UNITS_SIZE];
    bool any = false;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct footprint *found = &group->rows[i].series->footprint;
        const struct memory *all = &found->all, *base = &found->base;

        if (found->workers == 0) {
            continue;
        }
        if (!any) {
            begin_once(page, begun, "Memory of each worker",
                       "Read from /proc while all workers were alive and asleep, less what the "
                       "program had before the first of them. PSS counts a shared page by its "
                       "share, and no page tables; a dash in place of private memory: a fork makes "
                       "the parent's own pages common ones.");
            page_table_begin(page->out, label, headers);
            any = true;
        }
        page_row_begin(page->out, group->rows[i].series->strategy);
        page_cell(page->out, format_count(found->workers, text));
        page_cell(page->out,
                  memory_share_text(all->pss_bytes, base->pss_bytes, found->workers, text));
        page_cell(page->out,
                  memory_share_text(all->private_bytes, base->private_bytes, found->workers, text));
        page_cell(page->out, memory_share_text(all->page_table_bytes, base->page_table_bytes,
                                               found->workers, text));
        page_cell(page->out, memory_share_text(all->kernel_stack_bytes, base->kernel_stack_bytes,
                                               found->workers, text));
        page_row_end(page->out);
    }
    if (any) {
        page_table_end(page->out);
    }
    return 0;
}

static int isolation_write_one(const struct page *page, const struct group *group,
                               const char *label, bool *begun)
{
    const char *headers[ISOLATION_CELLS + 2] = {"strategy"};
    const unsigned columns = isolation_columns(group);

    if (!isolation_fits(group)) {
        return 0;
    }
    begin_once(page, begun, "One bad task",
               "What is left of the others when one of them crashes or hangs. A thread that "
               "crashes takes the whole program with it, a process itself alone.");
    for (unsigned i = 0; i < columns; i++) {
        headers[i + 1] = isolation_headers[i];
    }
    page_table_begin(page->out, label, headers);
    for (size_t i = 0; i < group->row_count; i++) {
        char cells[ISOLATION_CELLS][ISOLATION_CELL_SIZE];
        struct isolation isolation;

        if (isolation_of(&group->rows[i], &isolation)) {
            isolation_cells(&isolation, cells);
            page_row_of(page->out, group, &group->rows[i]);
            for (unsigned n = 0; n < columns; n++) {
                page_cell(page->out, cells[n]);
            }
            page_row_end(page->out);
        }
    }
    page_table_end(page->out);
    return 0;
}

int report_costs_write(const struct page *page)
{
    fputs("<section>\n", page->out);
    page_heading(page, 0, "costs", "What it took");
    int r = each_group(page, counters_write);
    r = r < 0 ? r : missing_write(page);
    r = r < 0 ? r : each_group(page, memory_write);
    r = r < 0 ? r : each_group(page, isolation_write_one);
    fputs("</section>\n", page->out);
    return r;
}
