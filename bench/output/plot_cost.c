/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a task costs against its length, both by tens: serial is the diagonal, and a strategy pays
 * off where it dips below. */
#include "output/plot_cost.h"

#include <math.h>
#include <stdlib.h>

#define CURVE_STEPS 64
#define NAMES 170.0  /* pixels at the left, inside the axes */
#define BESIDE 236.0 /* and at the right of them */
#define NAME_PITCH 36.0
#define RING_ROOM 66.0 /* of a length beside its line */

static void set_axes(const struct cost_table *table, double head, struct chart *chart)
{
    const struct lengths *lengths = &table->lengths;
    double first = lengths->length_ns[0], last = lengths->length_ns[lengths->count - 1];
    double low = first, high = last, left = 96, right = PLOT_WIDTH - BESIDE;

    for (size_t i = 0; i < table->count; i++) {
        const struct costs *costs = &table->items[i];

        for (size_t k = 0; k < costs->count; k++) {
            low = fmin(low, costs->cost_ns[k].value);
            high = fmax(high, costs->cost_ns[k].value);
        }
    }
    double part = NAMES / (right - left);
    chart->x = (struct chart_axis){.max = last * 1.3, .from = left, .to = right, .log = true};
    chart->x.min = first * pow(first / chart->x.max, part / (1 - part));
    chart->y = (struct chart_axis){low / 2.2, high * 1.6, head + 44 + 470, head + 44, true};
    chart->height = chart->y.from + 66;
}

/* A line cost = share x length from the first length on, as far as it lies within the axes. */
static void put_diagonal(struct chart *chart, double share, double first, enum line_style style,
                         const char *look)
{
    double from = fmax(first, chart->y.min / share);
    double to = fmin(chart->x.max, chart->y.max / share);

    chart_line(chart, from, share * from, to, share * to, style, look);
}

static void put_along(struct chart *chart, double share, double part, double above,
                      const char *look, const char *text)
{
    const struct chart_axis *x = &chart->x, *y = &chart->y;
    double from = fmax(x->min, y->min / share), to = fmin(x->max, y->max / share);
    double at = from * pow(to / from, part);
    double slope = (axis_pixel(y, share * from) - axis_pixel(y, share * to)) /
                   (axis_pixel(x, to) - axis_pixel(x, from));
    struct label_place place =
        page_place(axis_pixel(x, at) - above * 0.6, axis_pixel(y, share * at) - above, SIDE_CENTER,
                   FONT_NOTE, look);

    place.angle = atan(slope) * 180 / M_PI;
    chart_label(chart, place, "%s", text);
}

/* Of all strategies, if they had the same number; else 0. */
static uint64_t common_workers(const struct cost_table *table)
{
    uint64_t workers = table->items[0].workers;

    for (size_t i = 1; i < table->count; i++) {
        workers = table->items[i].workers == workers ? workers : 0;
    }
    return workers;
}

static void put_frame(struct chart *chart, const struct cost_table *table)
{
    uint64_t workers = common_workers(table);
    double first = table->lengths.length_ns[0];
    char text[60];

    chart_ticks_durations(chart, AXIS_X);
    chart_ticks_durations(chart, AXIS_Y);
    chart_axis_names(chart, "length of one task", "time per task");
    if (workers > 1) {
        put_diagonal(chart, 1.0 / (double)workers, first, LINE_IDEAL, "muted");
        snprintf(text, sizeof(text), "ideal: serial ÷ %u workers", (unsigned)workers);
        put_along(chart, 1.0 / (double)workers, 0.7, -17, "muted", text);
    }
    put_diagonal(chart, 1, first, LINE_STRONG, "serial");
    put_along(chart, 1, 0.72, 14, "serial", "serial: the task itself");
}

static void put_curve(struct chart *chart, const struct costs *costs)
{
    const char *look = strategy_look(costs->strategy);
    double first = costs->from_ns, last = costs->to_ns;

    for (int i = 0; i < CURVE_STEPS && costs->outcome != BREAKEVEN_NONE; i++) {
        double from = first * pow(last / first, i / (double)CURVE_STEPS);
        double to = first * pow(last / first, (i + 1) / (double)CURVE_STEPS);

        chart_line(chart, from, curve_at(&costs->fit, from), to, curve_at(&costs->fit, to),
                   LINE_CURVE, look);
    }
    for (size_t k = 0; k < costs->count; k++) {
        const struct estimate *cost = &costs->cost_ns[k];

        for (size_t e = 0; e < costs->data.epoch_count; e++) {
            double value = exp(costs->data.logs[k * costs->data.epoch_count + e]);

            if (value >= chart->y.min && value <= chart->y.max) {
                chart_mark(chart, costs->length_ns[k], value, MARK_SAMPLE, look);
            }
        }
        if (estimate_has_interval(cost)) {
            chart_line(chart, costs->length_ns[k], cost->low, costs->length_ns[k], cost->high,
                       LINE_BAR, look);
        }
        chart_mark(chart, costs->length_ns[k], cost->value, MARK_MEDIAN, look);
    }
}

static int by_first_cost(const void *a, const void *b)
{
    double left = (*(const struct costs *const *)a)->cost_ns[0].value;
    double right = (*(const struct costs *const *)b)->cost_ns[0].value;

    return (left < right) - (left > right);
}

static int by_length_at(const void *a, const void *b)
{
    double left = (*(const struct costs *const *)a)->length_at.value;
    double right = (*(const struct costs *const *)b)->length_at.value;

    return (left > right) - (left < right);
}

/* Names at the left, each led to where its curve begins, and pushed apart. */
static void put_names(struct chart *chart, const struct costs **sorted, size_t count)
{
    double last = -INFINITY;

    for (size_t i = 0; i < count; i++) {
        const struct costs *costs = sorted[i];
        const char *look = strategy_look(costs->strategy);
        double x = axis_pixel(&chart->x, costs->length_ns[0]) - 26;
        double wanted = axis_pixel(&chart->y, costs->cost_ns[0].value);
        double y = fmin(fmax(wanted, last + NAME_PITCH),
                        chart->y.from - 14 - NAME_PITCH * (double)(count - 1 - i));
        char name[ROW_NAME_SIZE], price[TIME_TEXT_SIZE];

        last = y;
        strategy_name(costs->strategy, 0, name);
        label_trim(name, PLOT_ROOM(NAMES - 30, 0.98, true));
        chart_leader(chart, x + 5, y, axis_pixel(&chart->x, costs->length_ns[0]), wanted, look);
        chart_label(chart, page_place(x, y - 8, SIDE_RIGHT, FONT_BOLD, look), "%s", name);
        if (costs->outcome != BREAKEVEN_NONE) {
            chart_label(chart, page_place(x, y + 9, SIDE_RIGHT, FONT_NOTE, look), "%s a task",
                        duration_short(costs->overhead_ns.value, price));
        }
    }
}

/* Rings on the diagonal, and lines down from them to their lengths, which stand at the side where
 * there is room, or above each other. */
static void put_rings(struct chart *chart, const struct costs **sorted, size_t count)
{
    double last = -INFINITY, taken = -INFINITY; /* the line before; where the lowest text ends */
    int level = 0;
    for (size_t i = 0; i < count; i++) {
        const char *look = strategy_look(sorted[i]->strategy);
        double at = sorted[i]->length_at.value, x = axis_pixel(&chart->x, at);
        double next =
            i + 1 < count ? axis_pixel(&chart->x, sorted[i + 1]->length_at.value) : INFINITY;
        bool left = next - x < RING_ROOM && x - taken > RING_ROOM;
        char text[TIME_TEXT_SIZE];

        level = !left && x - last < RING_ROOM && level > 0 ? level + 1
                : !left && next - x < RING_ROOM            ? 1
                                                           : 0;
        last = x;
        taken = left || level > 0 ? x : x + RING_ROOM;
        chart_line(chart, at, at, at, chart->y.min, LINE_DROP, look);
        chart_mark(chart, at, at, MARK_RING, look);
        chart_label(chart,
                    page_place(left ? x - 6 : x + 6, chart->y.from - 12 - 18 * level,
                               left ? SIDE_RIGHT : SIDE_LEFT, FONT_PLAIN, look),
                    "%s", duration_short(at, text));
    }
}

static void put_thumb(struct chart *chart, const struct costs **sorted, size_t count)
{
    static const char *const lines[] = {"for 90 % of what its workers",
                                        "can gain, a task must last", "at least"};
    double x = chart->x.to + 30, y = chart->y.to + 12;
    char text[TIME_TEXT_SIZE], name[ROW_NAME_SIZE];

    chart_label(chart, page_place(x, y, SIDE_LEFT, FONT_BOLD, "text"), "Rule of thumb");
    for (size_t i = 0; i < 3; i++) {
        chart_label(chart, page_place(x, y + 25 + 18 * (double)i, SIDE_LEFT, FONT_NOTE, "muted"),
                    "%s", lines[i]);
    }
    y += 92;
    for (size_t i = 0; i < count; i++) {
        if (sorted[i]->outcome == BREAKEVEN_NONE) {
            continue;
        }
        double longest = sorted[i]->to_ns;
        bool beyond = sorted[i]->ideal_ns > longest;

        strategy_name(sorted[i]->strategy, 0, name);
        label_trim(name, PLOT_ROOM(112, PLOT_FACTOR_ROW, false));
        chart_label(chart, page_place(x + 76, y, SIDE_RIGHT, FONT_BOLD, "text"), "%s%s",
                    beyond ? ">\u00a0" : "",
                    duration_short(beyond ? longest : sorted[i]->ideal_ns, text));
        chart_label(
            chart, page_place(x + 86, y, SIDE_LEFT, FONT_PLAIN, strategy_look(sorted[i]->strategy)),
            "%s", name);
        y += 24;
    }
}

int chart_cost(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    const struct costs *sorted[COSTS_MAX], *rings[COSTS_MAX];
    struct cost_table table;
    size_t ring_count = 0;
    int r = cost_table_make(source->record, source->groups, source->metric, &table);

    if (r < 0) {
        return r;
    }
    cost_words(source, &table, words);
    set_axes(&table, chart_head(words), chart);
    put_frame(chart, &table);
    for (size_t i = 0; i < table.count; i++) {
        sorted[i] = &table.items[i];
        put_curve(chart, sorted[i]);
        if (sorted[i]->outcome == BREAKEVEN_AT) {
            rings[ring_count++] = sorted[i];
        }
    }
    qsort(sorted, table.count, sizeof(struct costs *), by_first_cost);
    qsort(rings, ring_count, sizeof(struct costs *), by_length_at);
    put_names(chart, sorted, table.count);
    put_rings(chart, rings, ring_count);
    put_thumb(chart, sorted, table.count);
    cost_table_release(&table);
    return 0;
}
