/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One strategy against its base on several machines, as fork against pthread: one panel a workload,
 * one dot a file. Times do not survive the move to another machine; ratios do. */
#include "output/plot_machines.h"
#include "base/units.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define NAMES 170.0
#define PANEL_GAP 14.0
#define PANEL_LEAST 110.0
#define ROW_PITCH 34.0

/* Where a ratio of one panel lies on the axis of the page, which is in pixels. */
struct panel {
    double left, right, low, high;
};

static double panel_x(const struct panel *panel, double ratio)
{
    return panel->left +
           log(ratio / panel->low) / log(panel->high / panel->low) * (panel->right - panel->left);
}

static void put_ratio(struct chart *chart, const struct panel *panel, const struct estimate *ratio,
                      double y, bool mean, const char *look)
{
    double x = panel_x(panel, ratio->value), end = x;
    char text[UNITS_SIZE];

    if (estimate_has_interval(ratio)) {
        double low = panel_x(panel, ratio->low), high = panel_x(panel, ratio->high);

        chart_line(chart, low, y, high, y, LINE_BAR, look);
        end = high;
    }
    chart_mark_value(chart, x, y, mean ? MARK_MEAN : MARK_MEDIAN,
                     strcmp(look, "muted") == 0 ? "other" : look, ratio->value);
    format_ratio(ratio->value, text);
    if (end + 44 < panel->right) {
        chart_label(chart, page_place(end + 9, y, SIDE_LEFT, FONT_NOTE, "text"), "%s", text);
    } else {
        double start = estimate_has_interval(ratio) ? panel_x(panel, ratio->low) : x;

        chart_label(chart, page_place(start - 9, y, SIDE_RIGHT, FONT_NOTE, "text"), "%s", text);
    }
}

static void put_ticks(struct chart *chart, const struct panel *panel)
{
    static const double steps[] = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000};
    double last = -INFINITY;

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        double x = panel_x(panel, steps[i]);

        if (x >= panel->left && x <= panel->right && x - last > 30) {
            chart_line(chart, x, chart->y.from, x, chart->y.to, LINE_GRID, "grid");
            chart_label(chart, page_place(x, chart->y.from + 16, SIDE_CENTER, FONT_NOTE, "muted"),
                        "%g", steps[i]);
            last = x;
        }
    }
}

static void put_panel(struct chart *chart, const struct comparison *comparison,
                      const struct panels *panels, const struct compare_row *row,
                      const struct panel *panel)
{
    double margin = comparison->settings.threshold, y = chart->y.to + ROW_PITCH / 2 + 4;
    char title[LABEL_LINE_SIZE];

    chart_area(chart, panel->left, chart->y.from, panel->right, chart->y.to, "band");
    chart_area(chart, panel_x(panel, 1 / (1 + margin)), chart->y.from, panel_x(panel, 1 + margin),
               chart->y.to, "grid");
    put_ticks(chart, panel);
    chart_line(chart, panel_x(panel, 1), chart->y.from, panel_x(panel, 1), chart->y.to, LINE_THIN,
               "muted");
    label_clean(row->title ? row->title : "", title, sizeof(title));
    label_trim(title, PLOT_ROOM(panel->right - panel->left, 0.98, true));
    chart_label(chart, page_place(panel->left, chart->y.to - 14, SIDE_LEFT, FONT_BOLD, "text"),
                "%s", title);
    for (size_t k = 0; k < comparison->column_count; k++, y += ROW_PITCH) {
        const struct compare_cell *cell = &row->cells[k];

        if (cell->good) {
            put_ratio(chart, panel, &cell->value, y, false, cell_look(panels, cell, margin));
        } else {
            chart_label(
                chart,
                page_place((panel->left + panel->right) / 2, y, SIDE_CENTER, FONT_NOTE, "muted"),
                "%s", cell->count > 0 ? "not compared" : "–");
        }
    }
    if (row->mean.count > 0) {
        put_ratio(chart, panel, &row->mean, y, true, "text");
    }
}

static void put_names(struct chart *chart, const struct comparison *comparison, bool mean)
{
    double y = chart->y.to + ROW_PITCH / 2 + 4;
    char name[LABEL_LINE_SIZE];

    for (size_t k = 0; k < comparison->column_count; k++, y += ROW_PITCH) {
        label_clean(comparison->columns[k].name, name, sizeof(name));
        label_trim(name, PLOT_ROOM(NAMES - PLOT_MARGIN - 12, PLOT_FACTOR_ROW, true));
        chart_label(chart, page_place(NAMES - 12, y, SIDE_RIGHT, FONT_BOLD, "text"), "%s", name);
    }
    if (mean) {
        chart_label(chart, page_place(NAMES - 12, y, SIDE_RIGHT, FONT_BOLD, "text"),
                    "geometric mean");
    }
}

int chart_machines(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    const struct comparison *comparison = source->comparison;
    struct panels panels = comparison && comparison->column_count > 1 ? panels_make(comparison)
                                                                      : (struct panels){.count = 0};

    if (panels.count == 0) {
        return -ENODATA;
    }
    panels_words(source, &panels, words);
    double head = chart_head(words) + 40, room = PLOT_WIDTH - PLOT_MARGIN - NAMES;
    double width = (room + PANEL_GAP) / (double)panels.count - PANEL_GAP;
    double rows = (double)comparison->column_count + comparison->means;
    double bottom = head + ROW_PITCH * rows + 8;

    chart->x = (struct chart_axis){NAMES, NAMES + room, NAMES, NAMES + room, false};
    chart->y = (struct chart_axis){bottom, head, bottom, head, false};
    chart->height = bottom + 66;
    for (size_t i = 0; i < panels.count; i++) {
        double left = NAMES + (width + PANEL_GAP) * (double)i;
        struct panel panel = {left, left + width, panels.low / 1.25, panels.high * 1.5};

        put_panel(chart, comparison, &panels, panels.rows[i], &panel);
    }
    put_names(chart, comparison, comparison->means);
    chart_label(chart, page_place(NAMES + room / 2, bottom + 46, SIDE_CENTER, FONT_PLAIN, "muted"),
                "←  %.40s faster          ratio          %.40s faster  →", panels.strategy,
                panels.base);
    return 0;
}
