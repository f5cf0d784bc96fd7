/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind pictures of sweeps: what was measured, without the curves fitted to it, whose
 * laws have a table of their own. */
#include "analysis/scaling.h"
#include "output/plot_cost.h"
#include "output/plot_data.h"
#include "output/report_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int speedup_write(FILE *out, const struct group *group)
{
    static const char *const headers[] = {"strategy", "workers", "speed-up", NULL};
    struct scaling *scaling = calloc(1, sizeof(*scaling));
    int r = scaling ? 0 : -ENOMEM;

    page_table_begin(out, "Speed-up over serial, with 95 % intervals", headers);
    for (const char *name = r < 0 ? NULL : scaling_next(group, NULL); r == 0 && name;
         name = scaling_next(group, name)) {
        r = scaling_make(group, name, group->metric, false, scaling);
        for (size_t i = 0; r == 0 && i < scaling->count; i++) {
            page_row_begin(out, name);
            fprintf(out, "<td>%" PRIu64 "</td>", scaling->rows[i]->series->workers);
            page_cell_estimate(out, &scaling->speedup[i], format_ratio);
            page_row_end(out);
        }
        r = r == -ENODATA ? 0 : r;
    }
    page_table_end(out);
    free(scaling);
    return r;
}

static int cost_write(const struct page *page)
{
    static const char *const headers[] = {"strategy", "workers", "length", "time per task", NULL};
    struct cost_table table;
    int r = cost_table_make(page->record, &page->cold, METRIC_COLD, &table);

    if (r < 0) {
        return r == -ENODATA ? 0 : r;
    }
    page_table_begin(page->out, "Time per task by its length, with 95 % intervals", headers);
    for (size_t i = 0; i < table.count; i++) {
        const struct costs *costs = &table.items[i];

        for (size_t k = 0; k < costs->count; k++) {
            page_row_begin(page->out, costs->strategy);
            fprintf(page->out, "<td>%" PRIu64 "</td>", costs->workers);
            page_cell_duration(page->out, costs->length_ns[k]);
            page_cell_estimate(page->out, &costs->cost_ns[k], format_duration);
            page_row_end(page->out);
        }
    }
    page_table_end(page->out);
    cost_table_release(&table);
    return 0;
}

static void winner_row(FILE *out, const struct group *group, const struct winner *winner,
                       double length_ns, uint64_t workers)
{
    const char *sign = winner_sign(group, winner);
    char length[UNITS_SIZE];

    page_row_begin(out, format_duration(length_ns, length));
    fprintf(out, "<td>%" PRIu64 "</td>", workers);
    if (winner->second) {
        html_element(out, "td", "name", winner->first->series->strategy);
        html_element(out, "td", "name", winner->second->series->strategy);
        page_cell_estimate(out, &winner->lead, format_ratio);
        page_cell(out, !sign[0] ? "yes" : strcmp(sign, "≈") == 0 ? "no difference" : "cannot tell");
    } else {
        fputs("<td>–</td><td>–</td><td>–</td><td>–</td>", out);
    }
    page_row_end(out);
}

static int winners_write(const struct page *page)
{
    static const char *const headers[] = {"length",           "workers",    "fastest", "second",
                                          "second ÷ fastest", "told apart", NULL};
    struct winner_map map;
    int r = winner_map_make(&page->cold, &map);

    if (r < 0) {
        return r == -ENODATA ? 0 : r;
    }
    page_table_begin(page->out, "The first two for each length of a task and number of workers",
                     headers);
    for (size_t i = 0; i < map.lengths.count; i++) {
        for (size_t k = 0; k < map.count; k++) {
            struct winner winner = winner_find(&map, i, map.workers[k], METRIC_COLD);

            winner_row(page->out, map.lengths.groups[i], &winner, map.lengths.length_ns[i],
                       map.workers[k]);
        }
    }
    page_table_end(page->out);
    return 0;
}

int report_curves_write(const struct page *page, enum plot_kind kind, const struct group *group)
{
    switch (kind) {
    case PLOT_SPEEDUP:
        return group ? speedup_write(page->out, group) : 0;
    case PLOT_COST:
        return cost_write(page);
    case PLOT_WINNERS:
        return winners_write(page);
    default:
        return 0;
    }
}
