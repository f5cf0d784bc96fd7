/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Under each value stands how it changed, so that a column is no wider than it must be. */
#include "output/compare_table.h"

#include "output/compare_sheet.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Cells are padded on the right; blanks at the end are held back until something follows. */
static void cell_write(FILE *out, unsigned *pending, const char *text, unsigned width)
{
    if (text[0]) {
        fprintf(out, "%*s%s", (int)*pending, "", text);
        *pending = 0;
    }
    *pending += width - text_width(text) + GAP;
}

/* The next line of a header: whole words as far as they fit, or the head of a long one. */
static void header_take(const char **rest, unsigned width, char line[COMPARE_CELL_SIZE])
{
    size_t length = 0;

    for (;;) {
        size_t next = length + strspn(*rest + length, " ");
        size_t end = next + strcspn(*rest + next, " ");

        snprintf(line, COMPARE_CELL_SIZE, "%.*s", (int)end, *rest);
        if (end == next || text_width(line) > width) {
            break;
        }
        length = end;
    }
    if (length == 0) {
        length = text_fit(*rest, strlen(*rest), width);
    }
    snprintf(line, COMPARE_CELL_SIZE, "%.*s", (int)length, *rest);
    *rest += length;
    *rest += strspn(*rest, " ");
}

static int header_write(FILE *out, const struct sheet *sheet, size_t first, size_t end)
{
    const char **rests = calloc(end - first, sizeof(*rests));
    bool left = true;

    if (!rests) {
        return -ENOMEM;
    }
    for (size_t i = first; i < end; i++) {
        rests[i - first] = sheet->headers[i];
    }
    while (left) {
        unsigned pending = GAP + sheet->name + GAP;

        left = false;
        fputs(style_dim(sheet->style), out);
        for (size_t i = first; i < end; i++) {
            char line[COMPARE_CELL_SIZE] = "";

            if (*rests[i - first]) {
                header_take(&rests[i - first], sheet->widths[i], line);
            }
            left = left || *rests[i - first];
            cell_write(out, &pending, line, sheet->widths[i]);
        }
        fprintf(out, "%s\n", style_plain(sheet->style));
    }
    free(rests);
    return 0;
}

/* One line of a row: its values, or its changes if it has any. */
static void line_write(FILE *out, const struct sheet *sheet, const struct compare_row *row,
                       const char *name, size_t first, size_t end, bool changes)
{
    const struct comparison *comparison = sheet->comparison;
    unsigned pending = GAP;
    bool any = !changes;

    for (size_t i = first; i < end && !any; i++) {
        any = i < comparison->column_count && row->cells[i].change != CHANGE_NONE;
    }
    if (!any) {
        return;
    }
    cell_write(out, &pending, changes ? "" : name, sheet->name);
    for (size_t i = first; i < end; i++) {
        char text[COMPARE_CELL_SIZE] = "";

        if (!changes) {
            compare_value_format(comparison, row, i, sheet->detail, sheet->style, text);
        } else if (i < comparison->column_count) {
            compare_change_format(row, i, sheet->detail, sheet->style, text);
        }
        cell_write(out, &pending, text, sheet->widths[i]);
    }
    fputc('\n', out);
}

static int row_write(FILE *out, const struct sheet *sheet, const struct compare_row *row,
                     size_t first, size_t end)
{
    char *name = strdup(row->name);
    struct paragraph line;
    int r = 0;

    if (!name) {
        return -ENOMEM;
    }
    text_clean(name, sheet->style);
    if (text_width(name) > sheet->name) {
        r = paragraph_begin(&line);
        if (r == 0) {
            fputs(name, line.file);
            r = paragraph_end(&line, out, sheet->style, GAP, GAP);
        }
        name[0] = '\0';
    }
    line_write(out, sheet, row, name, first, end, false);
    line_write(out, sheet, row, name, first, end, true);
    free(name);
    return r;
}

static int title_write(FILE *out, const struct sheet *sheet, const struct compare_row *row)
{
    const struct unit *unit = NULL;
    struct paragraph title;
    int r = paragraph_begin(&title);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < sheet->comparison->column_count && !unit; i++) {
        unit = row->cells[i].count > 0 ? row->cells[i].members[0] : NULL;
    }
    fputs(row->title, title.file);
    if (row->title[0] && unit && unit->group->summary && unit->group->summary[0] &&
        sheet->comparison->settings.rows & KEY_BIT(KEY_WORKLOAD)) {
        fprintf(title.file, " · %s", unit->group->summary);
    }
    fputs(style_bold(sheet->style), out);
    r = paragraph_end(&title, out, sheet->style, 0, 2);
    fputs(style_plain(sheet->style), out);
    return r;
}

/* All rows of one title, in as many blocks as it takes. */
static int section_write(FILE *out, const struct sheet *sheet, size_t first_row, size_t last_row)
{
    const struct compare_row *rows = sheet->comparison->rows;
    int r = title_write(out, sheet, &rows[first_row]);

    for (size_t first = 0, end; first < sheet->columns && r == 0; first = end) {
        end = block_end(sheet, first);
        r = header_write(out, sheet, first, end);
        for (size_t i = first_row; i <= last_row && r == 0; i++) {
            r = row_write(out, sheet, &rows[i], first, end);
        }
    }
    r = r < 0 ? r : compare_notes_write(out, sheet->comparison, first_row, last_row, sheet->style);
    fputc('\n', out);
    return r;
}

static int table_title_write(FILE *out, const struct compare_row *row, const struct style *style)
{
    struct paragraph line;
    int r = row->table[0] ? paragraph_begin(&line) : 0;

    if (r == 0 && row->table[0]) {
        fprintf(line.file, "- %s -", row->table);
        r = paragraph_end(&line, out, style, 0, 2);
    }
    return r;
}

int compare_table_write(FILE *out, const struct comparison *comparison, const struct style *style)
{
    struct sheet sheet = {.comparison = comparison, .style = style};
    const struct compare_row *rows = comparison->rows;
    int r = sheet_make(&sheet);

    r = r < 0 ? r : compare_head_write(out, comparison, style);
    fputc('\n', out);
    for (size_t first = 0, last; first < comparison->row_count && r == 0; first = last + 1) {
        last = first;
        while (last + 1 < comparison->row_count && !rows[last + 1].first) {
            last++;
        }
        if (first == 0 || strcmp(rows[first].table, rows[first - 1].table) != 0) {
            r = table_title_write(out, &rows[first], style);
        }
        r = r < 0 ? r : section_write(out, &sheet, first, last);
    }
    r = r < 0 ? r : compare_legend_write(out, comparison, style);
    sheet_release(&sheet);
    return r < 0 ? r : text_done(out);
}
