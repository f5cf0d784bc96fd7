/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/chart_grid.h"

#include <math.h>
#include <string.h>

#define LINE_ROWS 60.0 /* an area higher than this is a background */

/* Column and row of a pixel; false outside. */
bool grid_place(const struct grid *grid, double x, double y, unsigned *ret_column,
                unsigned *ret_row)
{
    double column = floor(x * grid->scale);
    double row = floor((y - grid->top) / grid->row_pixels);

    if (!(column >= 0 && column < grid->columns && row >= 0 && row < grid->rows)) {
        return false;
    }
    *ret_column = (unsigned)column;
    *ret_row = (unsigned)row;
    return true;
}

static void grid_put(struct grid *grid, double x, double y, const char *letter)
{
    unsigned column, row;

    if (grid_place(grid, x, y, &column, &row)) {
        snprintf(grid->cells[row * grid->columns + column], LETTER_SIZE, "%s", letter);
    }
}

const char *chart_letter(const char *look)
{
    static const char *const letters[][2] = {{"serial", "s"},       {"pthread", "t"},
                                             {"thread-pool", "T"},  {"fork", "f"},
                                             {"process-pool", "F"}, {"text", "◆"}};

    for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++) {
        if (strcmp(letters[i][0], look) == 0) {
            return letters[i][1];
        }
    }
    return "*";
}

static const char *shade_of(const char *look)
{
    static const char *const shades[][2] = {
        {"text", "█"}, {"muted", "▓"}, {"mid", "▒"}, {"grid", "░"}};

    for (size_t i = 0; i < sizeof(shades) / sizeof(*shades); i++) {
        if (strcmp(shades[i][0], look) == 0) {
            return shades[i][1];
        }
    }
    return NULL;
}

void grid_area(struct grid *grid, const struct chart *chart, const struct chart_item *item)
{
    double left = axis_pixel(&chart->x, item->x), right = axis_pixel(&chart->x, item->x2);
    double y = axis_pixel(&chart->y, item->y), y2 = axis_pixel(&chart->y, item->y2);
    const char *shade = shade_of(item->look);
    double step = 1 / grid->scale;

    if (!shade || fabs(y - y2) > LINE_ROWS) {
        return;
    }
    for (double x = fmin(left, right) + step / 2; x <= fmax(left, right); x += step) {
        grid_put(grid, x, (y + y2) / 2, shade);
    }
}

void grid_line(struct grid *grid, const struct chart *chart, const struct chart_item *item)
{
    double x = axis_pixel(&chart->x, item->x), x2 = axis_pixel(&chart->x, item->x2);
    double y = axis_pixel(&chart->y, item->y), y2 = axis_pixel(&chart->y, item->y2);
    double steps = 1 + 2 * fmax(fabs(x2 - x) * grid->scale, fabs(y2 - y) / grid->row_pixels);
    bool bar = item->style == LINE_BAR;
    const char *letter = bar                          ? fabs(x2 - x) > fabs(y2 - y) ? "-" : "|"
                         : item->style == LINE_STRONG ? "/"
                                                      : "·";

    if (item->style == LINE_GRID || item->style == LINE_THIN || !(steps < 1e4)) {
        return;
    }
    for (double i = 0; i <= steps; i++) {
        grid_put(grid, x + (x2 - x) * i / steps, y + (y2 - y) * i / steps, letter);
    }
}

void grid_mark(struct grid *grid, const struct chart *chart, const struct chart_item *item,
               bool with_samples)
{
    double x = axis_pixel(&chart->x, item->x), y = axis_pixel(&chart->y, item->y);

    if (item->style == MARK_SAMPLE ? with_samples : true) {
        grid_put(grid, x, y, item->style == MARK_RING ? "o" : chart_letter(item->look));
    }
}
