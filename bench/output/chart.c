/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/chart.h"

#include "base/units.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void chart_release(struct chart *chart)
{
    if (!chart) {
        return;
    }
    for (size_t i = 0; i < chart->count; i++) {
        free(chart->items[i].text);
    }
    free(chart->items);
    *chart = (struct chart){.items = NULL};
}

double axis_pixel(const struct chart_axis *axis, double value)
{
    double part = axis->log ? log(value / axis->min) / log(axis->max / axis->min)
                            : (value - axis->min) / (axis->max - axis->min);

    return axis->from + part * (axis->to - axis->from);
}

double axis_value(const struct chart_axis *axis, double pixel)
{
    double part = (pixel - axis->from) / (axis->to - axis->from);

    return axis->log ? axis->min * pow(axis->max / axis->min, part)
                     : axis->min + part * (axis->max - axis->min);
}

static struct chart_item *add(struct chart *chart, enum chart_kind kind, const char *look)
{
    if (chart->count == chart->capacity) {
        size_t capacity = chart->capacity ? 2 * chart->capacity : 256;
        struct chart_item *items = reallocarray(chart->items, capacity, sizeof(*items));

        if (!items) {
            chart->lost = true;
            return NULL;
        }
        chart->items = items;
        chart->capacity = capacity;
    }
    struct chart_item *item = &chart->items[chart->count++];
    *item = (struct chart_item){.kind = kind, .look = look, .value = NAN};
    return item;
}

static void add_box(struct chart *chart, enum chart_kind kind, const double box[4], int style,
                    const char *look)
{
    struct chart_item *item = add(chart, kind, look);

    if (item) {
        item->style = style;
        item->x = box[0];
        item->y = box[1];
        item->x2 = box[2];
        item->y2 = box[3];
    }
}

void chart_area(struct chart *chart, double x, double y, double x2, double y2, const char *look)
{
    add_box(chart, CHART_AREA, (const double[]){x, y, x2, y2}, 0, look);
}

void chart_line(struct chart *chart, double x, double y, double x2, double y2,
                enum line_style style, const char *look)
{
    add_box(chart, CHART_LINE, (const double[]){x, y, x2, y2}, (int)style, look);
}

void chart_leader(struct chart *chart, double x, double y, double x2, double y2, const char *look)
{
    add_box(chart, CHART_LEADER, (const double[]){x, y, x2, y2}, 0, look);
}

void chart_mark_value(struct chart *chart, double x, double y, enum mark_style style,
                      const char *look, double value)
{
    struct chart_item *item = add(chart, CHART_MARK, look);

    if (item) {
        item->style = (int)style;
        item->x = x;
        item->y = y;
        item->value = value;
    }
}

void chart_mark(struct chart *chart, double x, double y, enum mark_style style, const char *look)
{
    chart_mark_value(chart, x, y, style, look, NAN);
}

struct label_place page_place(double x, double y, enum label_side side, enum label_font font,
                              const char *look)
{
    return (struct label_place){
        .x = x, .y = y, .on_page = true, .side = side, .font = font, .look = look};
}

void chart_label(struct chart *chart, struct label_place place, const char *format, ...)
{
    struct chart_item *item = add(chart, CHART_LABEL, place.look);
    va_list arguments;

    if (!item) {
        return;
    }
    va_start(arguments, format);
    if (vasprintf(&item->text, format, arguments) < 0) {
        item->text = NULL;
        chart->lost = true;
    }
    va_end(arguments);
    item->style = (int)place.font;
    item->x = place.x;
    item->y = place.y;
    item->on_page = place.on_page;
    item->side = place.side;
    item->angle = place.angle;
}

void chart_tick(struct chart *chart, enum chart_side side, double value, const char *text)
{
    const struct chart_axis *x = &chart->x, *y = &chart->y;
    struct label_place place = {.on_page = true, .font = FONT_NOTE, .look = "muted"};

    if (side == AXIS_X) {
        chart_line(chart, value, y->min, value, y->max, LINE_GRID, "grid");
        place.x = axis_pixel(x, value);
        place.y = fmax(y->from, y->to) + 18;
        place.side = SIDE_CENTER;
    } else {
        chart_line(chart, x->min, value, x->max, value, LINE_GRID, "grid");
        place.x = x->from - 8;
        place.y = axis_pixel(y, value);
        place.side = SIDE_RIGHT;
    }
    chart_label(chart, place, "%s", text);
}

void chart_axis_names(struct chart *chart, const char *x, const char *y)
{
    double middle = (chart->x.from + chart->x.to) / 2;

    chart_label(chart, page_place(middle, chart->y.from + 46, SIDE_CENTER, FONT_PLAIN, "muted"),
                "%s", x);
    chart_label(chart, page_place(PLOT_MARGIN, chart->y.to - 18, SIDE_LEFT, FONT_PLAIN, "muted"),
                "%s", y);
}

void chart_ticks_doubling(struct chart *chart, enum chart_side side)
{
    const struct chart_axis *axis = side == AXIS_X ? &chart->x : &chart->y;
    double steps = log2(axis->max / axis->min), factor = steps > 16 ? 4 : 2;
    char text[UNITS_SIZE];

    for (double value = 1.0 / 1024; value <= axis->max; value *= factor) {
        if (value >= axis->min) {
            snprintf(text, sizeof(text), "%.4g", value);
            chart_tick(chart, side, value, text);
        }
    }
}

void chart_ticks_durations(struct chart *chart, enum chart_side side)
{
    const struct chart_axis *axis = side == AXIS_X ? &chart->x : &chart->y;
    double decades = log10(axis->max / axis->min);
    static const double finest[] = {1, 1.2, 1.5, 2, 3, 4, 5, 7, 0}, fine[] = {1, 2, 5, 0},
                        coarse[] = {1, 0};
    const double *digits = decades < 0.5 ? finest : decades < 2 ? fine : coarse;
    static const struct {
        double ns;
        const char *name;
    } units[] = {{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}, {0, "ns"}};
    char text[UNITS_SIZE];

    for (double power = 1; power <= axis->max; power *= 10) {
        /* NOLINTNEXTLINE(clang-analyzer-core.Undefined*): each list ends in 0 */
        for (const double *digit = digits; *digit > 0; digit++) {
            double value = power * *digit;
            size_t unit = 0;

            if (value < axis->min || value > axis->max) {
                continue;
            }
            while (value < units[unit].ns) {
                unit++;
            }
            snprintf(text, sizeof(text), "%.4g\u00a0%s",
                     value / (units[unit].ns > 0 ? units[unit].ns : 1), units[unit].name);
            chart_tick(chart, side, value, text);
        }
    }
}

double chart_head(const struct plot_words *words)
{
    char lines[2][LABEL_LINE_SIZE];
    double room = PLOT_WIDTH - 2 * PLOT_MARGIN;
    size_t titles = label_wrap(words->title, PLOT_ROOM(room, PLOT_FACTOR_TITLE, true), lines, 2);
    size_t methods =
        label_wrap(words->method, PLOT_ROOM(room, PLOT_FACTOR_METHOD, false), lines, 2);

    return 31 + 27 * (double)titles + 21 * (double)methods;
}
