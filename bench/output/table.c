/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns are as wide as their widest cell in the whole table, so that groups line up. Where the
 * width does not suffice, first the CPU time gives way, then long names if that is enough, else
 * other columns that can be missed. */
#include "output/table.h"

#include "output/table_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH 24u  /* longer names stand on a line of their own, */
#define NAME_NARROW 16u /* and these where the speed-up would have no room otherwise */
#define GAP 2u

static char *name_text(const struct row *row, const struct style *style)
{
    char *name = strdup(row->series->strategy);

    return name ? text_clean(name, style) : NULL;
}

static int layout_widen(struct layout *layout, const struct group *group)
{
    for (size_t i = 0; i < group->row_count; i++) {
        char *name = name_text(&group->rows[i], layout->style);

        if (!name) {
            return -ENOMEM;
        }
        unsigned width = text_width(name);
        layout->name = width > layout->name && width <= NAME_WIDTH ? width : layout->name;
        layout->narrow = width > layout->narrow && width <= NAME_NARROW ? width : layout->narrow;
        free(name);
        for (enum column column = 0; column < COLUMN_COUNT; column++) {
            char cell[CELL_SIZE];

            cell_format(layout, &group->rows[i], column, cell);
            width = text_width(cell);
            if (width > layout->widths[column]) {
                layout->widths[column] = width;
            }
        }
    }
    return 0;
}

static unsigned layout_width(const struct layout *layout)
{
    unsigned width = GAP + layout->name;

    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        width += layout->widths[column] ? GAP + layout->widths[column] : 0;
    }
    return width;
}

static int layout_make(const struct groups *groups, enum metric metric, const struct style *style,
                       struct layout *ret_layout)
{
    static const enum column dispensable[] = {COLUMN_CPU, COLUMN_SPEEDUP, COLUMN_INTERVAL};
    struct layout layout = {.metric = metric, .style = style, .name = text_width("strategy")};

    layout.narrow = layout.name;

    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        layout.widths[column] = text_width(column_header(metric, column));
    }
    for (size_t i = 0; i < groups->count; i++) {
        int r = layout_widen(&layout, &groups->items[i]);

        if (r < 0) {
            return r;
        }
    }
    if (metric == METRIC_CPU) {
        layout.widths[COLUMN_CPU] = layout.widths[COLUMN_SPEEDUP] = 0;
    }
    for (size_t i = 0; i < 3 && layout_width(&layout) > style_width(style); i++) {
        layout.widths[dispensable[i]] = 0;
        unsigned saved = layout.name - layout.narrow;
        if (dispensable[i] == COLUMN_CPU && layout.widths[COLUMN_SPEEDUP] > 0 &&
            layout_width(&layout) > style_width(style) &&
            layout_width(&layout) - saved <= style_width(style)) {
            layout.name = layout.narrow;
        }
    }
    *ret_layout = layout;
    return 0;
}

static void cell_write(FILE *out, const struct layout *layout, enum column column, const char *cell)
{
    unsigned width = layout->widths[column];

    if (column == COLUMN_BEST) {
        fprintf(out, "%*s%s", (int)GAP, "", cell);
    } else if (width > 0) {
        fprintf(out, "%*s%s", (int)(GAP + width - text_width(cell)), "", cell);
    }
}

/* Trailing blanks would only be seen where the text is pasted. */
static void line_write(FILE *out, char *line, const char *look, const struct style *style)
{
    size_t length = strlen(line);

    while (length > 0 && line[length - 1] == ' ') {
        line[--length] = '\0';
    }
    fprintf(out, "%s%s%s\n", look, line, look[0] ? style_plain(style) : "");
}

static int row_write(FILE *out, const struct layout *layout, const struct row *row)
{
    char *name = row ? name_text(row, layout->style) : strdup("strategy");
    struct paragraph line;
    int r = name ? paragraph_begin(&line) : -ENOMEM;

    if (r < 0) {
        goto free_name;
    }
    if (text_width(name) > layout->name) {
        struct paragraph long_name;

        r = paragraph_begin(&long_name);
        if (r == 0) {
            fputs(name, long_name.file);
            r = paragraph_end(&long_name, out, layout->style, GAP, GAP);
        }
        name[0] = '\0';
    }
    fprintf(line.file, "%*s%s%*s", (int)GAP, "", name, (int)(layout->name - text_width(name)), "");
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        char cell[CELL_SIZE];

        if (row) {
            cell_format(layout, row, column, cell);
        } else {
            snprintf(cell, sizeof(cell), "%s", column_header(layout->metric, column));
            text_clean(cell, layout->style);
        }
        cell_write(line.file, layout, column, cell);
    }
    char *text = paragraph_take(&line, layout->style);
    if (!text) {
        r = -ENOMEM;
        goto free_name;
    }
    bool fastest = row && row->standing == STANDING_FASTEST;
    line_write(out, text,
               fastest ? style_bold(layout->style)
               : row   ? ""
                       : style_dim(layout->style),
               layout->style);
    free(text);
free_name:
    free(name);
    return r;
}

static int title_write(FILE *out, const struct groups *groups, const struct group *group,
                       const struct style *style)
{
    struct paragraph title;
    int r = paragraph_begin(&title);

    if (r < 0) {
        return r;
    }
    write_label(title.file, groups, group);
    if (group->summary && group->summary[0]) {
        fprintf(title.file, " · %s", group->summary);
    } else {
        fputs(" · ", title.file);
        write_count(title.file, group->tasks, "task");
    }
    fputs(style_bold(style), out);
    r = paragraph_end(&title, out, style, 0, 2);
    fputs(style_plain(style), out);
    return r;
}

int table_write(FILE *out, const struct record *record, const struct groups *groups,
                enum metric metric, const struct style *style)
{
    struct layout layout;
    int r = layout_make(groups, metric, style, &layout);

    for (size_t i = 0; i < groups->count && r == 0; i++) {
        const struct group *group = &groups->items[i];

        r = title_write(out, groups, group, style);
        if (r == 0) {
            r = row_write(out, &layout, NULL);
        }
        for (size_t n = 0; n < group->row_count && r == 0; n++) {
            r = row_write(out, &layout, &group->rows[n]);
        }
        if (r == 0) {
            r = table_notes_write(out, group, style);
        }
        fputc('\n', out);
    }
    if (r == 0 && !record_complete(record)) {
        struct paragraph note;

        r = paragraph_begin(&note);
        if (r == 0) {
            fputs("The run is not complete: it was interrupted, or it still goes on.", note.file);
            r = paragraph_end(&note, out, style, 0, 0);
        }
    }
    if (r == 0 && groups->count > 0) {
        r = table_legend_write(out, groups, metric, style);
    }
    return r < 0 ? r : text_done(out);
}
