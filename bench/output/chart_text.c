/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart drawn with letters: a grid of cells, one letter each. */
#include "output/chart_grid.h"
#include "output/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROW_PIXELS 20.0
#define HEAD_PIXELS 24.0 /* what stands above the axes belongs to them */

/* Unbreakable blanks are two bytes in UTF-8. */
static void glue_replace(char *text, char with)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        if (strncmp(from, "\u00a0", 2) == 0) {
            *to++ = with;
            from++;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* The words of a label as they will be written. Cleaned before they are measured: an arrow becomes
 * two letters. */
static void label_plain(const struct chart_item *item, char text[LABEL_LINE_SIZE],
                        const struct style *style)
{
    label_clean(item->text ? item->text : "", text, LABEL_LINE_SIZE);
    glue_replace(text, ' ');
    text_clean(text, style);
}

/* The drawing is made narrower where words at its right would be cut, but not beyond two thirds. */
static double fit_scale(const struct chart *chart, unsigned columns, const struct style *style)
{
    double scale = (double)columns / PLOT_WIDTH, least = scale * 2 / 3;
    char text[LABEL_LINE_SIZE];

    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_item *item = &chart->items[i];

        if (item->kind == CHART_LABEL && item->on_page && item->side == SIDE_LEFT &&
            item->x >= chart->x.to) {
            label_plain(item, text, style);
            scale = fmin(scale, ((double)columns - text_width(text)) / item->x);
        }
    }
    return fmax(scale, least);
}

/* Words go over everything but other words, in front of which they end. */
static void draw_label(struct grid *grid, const struct chart *chart, const struct chart_item *item,
                       const struct style *style)
{
    double x = item->on_page ? item->x : axis_pixel(&chart->x, item->x);
    double y = item->on_page ? item->y : axis_pixel(&chart->y, item->y);
    char text[LABEL_LINE_SIZE];
    unsigned column, row;

    if (item->style == FONT_SMALL && strncmp(item->look, "on-", 3) == 0) {
        snprintf(text, sizeof(text), "%s", chart_letter(item->look + 3)); /* no room for a name */
    } else {
        label_plain(item, text, style);
    }
    if (fabs(item->angle) > 1 || !grid_place(grid, x, y, &column, &row)) {
        return;
    }
    unsigned width = text_width(text);
    unsigned back = item->side == SIDE_LEFT ? 0 : item->side == SIDE_RIGHT ? width : width / 2;
    column = column > back ? column - back : 0;
    unsigned char *taken = grid->taken + row * grid->columns;
    unsigned room = 0;
    while (column + room < grid->columns && !taken[column + room]) {
        room++;
    }
    if (room < 3 && room < width) {
        return;
    }
    text[text_fit(text, strlen(text), room)] = '\0';
    for (const char *p = text; *p && column < grid->columns; column++) {
        size_t length = text_fit(p, strlen(p), 1);

        snprintf(grid->cells[row * grid->columns + column], LETTER_SIZE, "%.*s",
                 (int)(length < LETTER_SIZE ? length : LETTER_SIZE - 1), p);
        taken[column] = 1;
        p += length;
    }
    if (column < grid->columns) {
        taken[column] = 1; /* a blank between two labels */
    }
}

static void draw_all(struct grid *grid, const struct chart *chart, const struct style *style)
{
    bool medians = false;

    for (size_t i = 0; i < chart->count; i++) {
        medians =
            medians || (chart->items[i].kind == CHART_MARK && chart->items[i].style != MARK_SAMPLE);
    }
    for (int kind = CHART_AREA; kind <= CHART_LABEL; kind++) {
        for (size_t i = 0; i < chart->count; i++) {
            const struct chart_item *item = &chart->items[i];

            if ((int)item->kind != kind) {
                continue;
            }
            switch (item->kind) {
            case CHART_AREA:
                grid_area(grid, chart, item);
                break;
            case CHART_LINE:
                grid_line(grid, chart, item);
                break;
            case CHART_MARK:
                grid_mark(grid, chart, item, !medians);
                break;
            case CHART_LABEL:
                draw_label(grid, chart, item, style);
                break;
            case CHART_LEADER:
                break; /* letters are too coarse for it */
            }
        }
    }
}

static int write_row(FILE *out, const struct grid *grid, unsigned row, const struct style *style)
{
    char *text = calloc(grid->columns + 1, LETTER_SIZE);
    size_t length = 0, end = 0;

    if (!text) {
        return -ENOMEM;
    }
    for (unsigned column = 0; column < grid->columns; column++) {
        const char *letter = grid->cells[row * grid->columns + column];

        letter = style->ascii && strcmp(letter, "·") == 0 ? "." : letter;
        length += (size_t)snprintf(text + length, LETTER_SIZE, "%s", letter[0] ? letter : " ");
        end = letter[0] ? length : end;
    }
    text[end] = '\0';
    fprintf(out, "%s\n", text_clean(text, style));
    free(text);
    return 0;
}

static int write_words(FILE *out, const char *text, const struct style *style)
{
    char glued[LABEL_LINE_SIZE * 2];
    struct paragraph paragraph;
    int r = paragraph_begin(&paragraph);

    snprintf(glued, sizeof(glued), "%s", text);
    glue_replace(glued, GLUE[0]);
    if (r == 0) {
        fputs(glued, paragraph.file);
        r = paragraph_end(&paragraph, out, style, 0, 0);
    }
    return r;
}

/* What the letters mean that were used. */
static int write_key(FILE *out, const struct chart *chart, const struct style *style)
{
    static const char *const looks[] = {"serial", "pthread", "thread-pool", "fork", "process-pool"};
    char text[200] = "";

    for (size_t k = 0; k < sizeof(looks) / sizeof(*looks); k++) {
        bool used = false;

        for (size_t i = 0; i < chart->count; i++) {
            const struct chart_item *item = &chart->items[i];

            used = used || (item->kind == CHART_MARK && strcmp(item->look, looks[k]) == 0) ||
                   (item->kind == CHART_LABEL && strncmp(item->look, "on-", 3) == 0 &&
                    strcmp(item->look + 3, looks[k]) == 0);
        }
        if (used) {
            label_add(text, sizeof(text), "%s%s: %s", text[0] ? ", " : "", chart_letter(looks[k]),
                      looks[k]);
        }
    }
    return write_words(out, text, style);
}

int chart_text(FILE *out, const struct chart *chart, const struct plot_words *words,
               const struct style *style)
{
    double top = fmin(chart->y.from, chart->y.to) - HEAD_PIXELS;
    struct grid grid = {.columns = style_width(style), .top = top, .row_pixels = ROW_PIXELS};
    int r = chart->lost ? -ENOMEM : 0;

    grid.rows = (unsigned)((chart->height - top) / ROW_PIXELS);
    grid.cells = calloc((size_t)grid.rows * grid.columns + 1, sizeof(*grid.cells));
    grid.taken = calloc((size_t)grid.rows * grid.columns + 1, 1);
    grid.scale = fit_scale(chart, grid.columns, style);
    if (!grid.cells || !grid.taken) {
        r = -ENOMEM;
    }
    if (r == 0) {
        draw_all(&grid, chart, style);
        r = write_words(out, words->title, style);
    }
    r = r < 0 ? r : write_words(out, words->method, style);
    fputs(r == 0 ? "\n" : "", out);
    for (unsigned row = 0; row < grid.rows && r == 0; row++) {
        r = write_row(out, &grid, row, style);
    }
    free(grid.cells);
    free(grid.taken);
    r = r < 0 ? r : write_key(out, chart, style);
    return r < 0 ? r : text_done(out);
}
