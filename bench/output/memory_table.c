/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/memory_table.h"

#include "base/units.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LEAST 8

char *memory_share_text(uint64_t all, uint64_t base, uint64_t workers, char *text)
{
    double kib = ((double)all - (double)base) / (double)workers / 1024;

    if (all < base) {
        strcpy(text, "-");
    } else if (kib < 1000) {
        snprintf(text, UNITS_SIZE, "%.1f KiB", kib);
    } else {
        snprintf(text, UNITS_SIZE, "%.1f MiB", kib / 1024);
    }
    return text;
}

static bool has_footprint(const struct group *group)
{
    for (size_t i = 0; i < group->row_count; i++) {
        if (group->rows[i].series->footprint.workers > 0) {
            return true;
        }
    }
    return false;
}

static char *name_text(const struct row *row, const struct style *style)
{
    char *name = strdup(row->series->strategy);

    return name ? text_clean(name, style) : NULL;
}

static int name_width(const struct groups *groups, const struct style *style)
{
    int width = NAME_LEAST;

    for (size_t i = 0; i < groups->count; i++) {
        for (size_t n = 0; n < groups->items[i].row_count; n++) {
            char *name = name_text(&groups->items[i].rows[n], style);
            int found = name ? (int)text_width(name) : 0;

            width = found > width ? found : width;
            free(name);
        }
    }
    return width;
}

static int row_write(FILE *out, const struct row *row, int width, const struct style *style)
{
    const struct footprint *found = &row->series->footprint;
    const struct memory *all = &found->all, *base = &found->base;
    char pss[UNITS_SIZE], private[UNITS_SIZE], tables[UNITS_SIZE], stacks[UNITS_SIZE];
    char count[UNITS_SIZE], *name = name_text(row, style);

    if (!name) {
        return -ENOMEM;
    }
    fprintf(
        out, "  %s%*s  %7s  %10s  %10s  %11s  %12s\n", name, width - (int)text_width(name), "",
        format_count(found->workers, count),
        memory_share_text(all->pss_bytes, base->pss_bytes, found->workers, pss),
        memory_share_text(all->private_bytes, base->private_bytes, found->workers, private),
        memory_share_text(all->page_table_bytes, base->page_table_bytes, found->workers, tables),
        memory_share_text(all->kernel_stack_bytes, base->kernel_stack_bytes, found->workers,
                          stacks));
    free(name);
    return 0;
}

static int group_write(FILE *out, const struct groups *groups, const struct group *group, int width,
                       const struct style *style)
{
    char *label = label_text(groups, group, style);
    int r = label ? 0 : -ENOMEM;

    fprintf(out, "%s%s: memory of each worker%s\n", style_bold(style), label ? label : "",
            style_plain(style));
    fprintf(out, "%s  %-*s  %7s  %10s  %10s  %11s  %12s%s\n", style_dim(style), width, "strategy",
            "workers", "PSS", "private", "page tables", "kernel stack", style_plain(style));
    for (size_t i = 0; r == 0 && i < group->row_count; i++) {
        if (group->rows[i].series->footprint.workers > 0) {
            r = row_write(out, &group->rows[i], width, style);
        }
    }
    fputc('\n', out);
    free(label);
    return r;
}

int memory_table_write(FILE *out, const struct groups *groups, const struct style *style)
{
    int width = name_width(groups, style), r = 0;
    bool any = false;

    for (size_t i = 0; r == 0 && i < groups->count; i++) {
        if (has_footprint(&groups->items[i])) {
            r = group_write(out, groups, &groups->items[i], width, style);
            any = true;
        }
    }
    if (r == 0 && any) {
        fprintf(
            out,
            "%sRead from /proc while all workers were alive and asleep, less the trial before "
            "its\nfirst worker. PSS counts a shared page by its share, and no page tables.\n"
            "- in place of private memory: a fork makes the parent's own pages common ones.%s\n",
            style_dim(style), style_plain(style));
    }
    return r;
}
