/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speed-up against workers, both doubling, so that ideal is a straight line. */
#include "output/plot_speedup.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CURVE_STEPS 48
#define BESIDE 270.0 /* pixels for the names at the right */

static void curves_release(struct curves *curves)
{
    for (size_t i = 0; i < curves->count; i++) {
        scaling_release(&curves->items[i]);
    }
    free(curves->items);
}

static double best_speedup(const struct scaling *scaling)
{
    return scaling->speedup[scaling->best].value;
}

static int curves_make(const struct group *group, enum metric metric, struct curves *ret_curves)
{
    struct curves curves = {.items = calloc(CURVES_MAX, sizeof(*curves.items))};
    int r = curves.items ? 0 : -ENOMEM;

    for (const char *name = scaling_next(group, NULL); r == 0 && name && curves.count < CURVES_MAX;
         name = scaling_next(group, name)) {
        r = scaling_make(group, name, metric, true, &curves.items[curves.count]);
        if (r == 0 && best_speedup(&curves.items[curves.count]) > 0) {
            curves.count++;
        } else if (r == 0) {
            scaling_release(&curves.items[curves.count]);
        }
        r = r == -ENODATA ? 0 : r;
    }
    for (size_t i = 1; i < curves.count; i++) {
        if (best_speedup(&curves.items[i]) > best_speedup(&curves.items[curves.best])) {
            curves.best = i;
        }
    }
    if (r < 0 || curves.count == 0) {
        curves_release(&curves);
        return r < 0 ? r : -ENODATA;
    }
    *ret_curves = curves;
    return 0;
}

bool group_has_speedup(const struct group *group)
{
    const struct row *serial = group_find(group, "serial");

    return serial && row_has_time(serial) && scaling_next(group, NULL);
}

static void set_axes(const struct curves *curves, double head, struct chart *chart)
{
    double least = 1, most = 2, low = 1, high = 2;

    for (size_t i = 0; i < curves->count; i++) {
        const struct scaling *scaling = &curves->items[i];

        most = fmax(most, scaling->workers[scaling->count - 1]);
        for (size_t k = 0; k < scaling->count; k++) {
            low = fmin(low, fmin(scaling->speedup[k].value, scaling->speedup[k].low));
            high = fmax(high, fmax(scaling->speedup[k].value, scaling->speedup[k].high));
        }
        least = fmin(least, scaling->workers[0]);
    }
    chart->x = (struct chart_axis){least / 1.07, most * 1.07, 76, PLOT_WIDTH - BESIDE, true};
    chart->y =
        (struct chart_axis){fmax(low, 1.0 / 512) / 1.15, fmax(high, fmin(most, 2 * high)) * 1.07,
                            head + 44 + chart_ends_height(curves->count, 430), head + 44, true};
    chart->height = chart->y.from + 66;
}

/* The name of a range of workers, in its middle at the bottom. */
static void put_range_name(struct chart *chart, double left, double right, const char *text)
{
    const struct chart_axis *x = &chart->x;
    double width = axis_pixel(x, right) - axis_pixel(x, left);
    char lines[3][LABEL_LINE_SIZE];
    size_t count = label_wrap(text, PLOT_ROOM(width - 6, PLOT_FACTOR_NOTE, false), lines, 3);

    for (size_t i = 0; i < count; i++) {
        chart_label(chart,
                    page_place((axis_pixel(x, left) + axis_pixel(x, right)) / 2,
                               chart->y.from - 14 - 17 * (double)(count - 1 - i), SIDE_CENTER,
                               FONT_NOTE, "muted"),
                    "%s", lines[i]);
    }
}

static void put_band(struct chart *chart, double from, double to, const char *look,
                     const char *text)
{
    double left = fmax(from, chart->x.min), right = fmin(to, chart->x.max);

    if (left < right) {
        if (look) {
            chart_area(chart, left, chart->y.min, right, chart->y.max, look);
        }
        put_range_name(chart, left, right, text);
    }
}

/* Bands behind more workers than cores, ticks, the ideal line and the names of the axes. */
static void put_frame(struct chart *chart, const struct record *record)
{
    double cores = (double)record_number(record, "machine.cpu.cores", 0);
    double threads = (double)record_number(record, "machine.cpu.threads", 0), most = chart->x.max;
    double end = fmin(chart->x.max, chart->y.max), start = fmax(chart->x.min, chart->y.min);
    char text[40];

    if (cores > 0) {
        snprintf(text, sizeof(text), "%.0f core%s", cores, cores > 1 ? "s" : "");
        put_band(chart, chart->x.min, cores, NULL, text);
        threads = fmax(threads, cores);
        put_band(chart, cores, threads, "band", "hardware threads");
        put_band(chart, threads, most, threads > cores ? "grid" : "band",
                 threads > cores ? "more workers than threads" : "more workers than cores");
    }
    chart_ticks_doubling(chart, AXIS_X);
    chart_ticks_doubling(chart, AXIS_Y);
    chart_line(chart, start, start, end, end, LINE_IDEAL, "muted");
    double slope = (axis_pixel(&chart->y, start) - axis_pixel(&chart->y, end)) /
                   (axis_pixel(&chart->x, end) - axis_pixel(&chart->x, start));
    double at = exp(0.25 * log(start) + 0.75 * log(end));
    chart_label(chart,
                (struct label_place){.x = axis_pixel(&chart->x, at) - 12,
                                     .y = axis_pixel(&chart->y, at) - 8,
                                     .on_page = true,
                                     .side = SIDE_CENTER,
                                     .look = "muted",
                                     .angle = atan(slope) * 180 / M_PI},
                "ideal");
    chart_axis_names(chart, "workers", "speed-up");
}

static void put_curve(struct chart *chart, const struct scaling *scaling, const char *look)
{
    double first = scaling->workers[0], last = scaling->workers[scaling->count - 1];

    for (size_t k = 0; k + 1 < scaling->count && !scaling->fitted; k++) {
        chart_line(chart, scaling->workers[k], scaling->speedup[k].value, scaling->workers[k + 1],
                   scaling->speedup[k + 1].value, LINE_THIN, look);
    }
    for (int i = 0; i < CURVE_STEPS && scaling->fitted; i++) {
        double from = first * pow(last / first, i / (double)CURVE_STEPS);
        double to = first * pow(last / first, (i + 1) / (double)CURVE_STEPS);

        chart_line(chart, from, curve_at(&scaling->usl, from), to, curve_at(&scaling->usl, to),
                   LINE_CURVE, look);
    }
    for (size_t k = 0; k < scaling->count; k++) {
        const struct estimate *speedup = &scaling->speedup[k];

        for (size_t e = 0; e < scaling->data.epoch_count; e++) {
            double value = exp(scaling->data.logs[k * scaling->data.epoch_count + e]);

            if (value >= chart->y.min && value <= chart->y.max) {
                chart_mark(chart, scaling->workers[k], value, MARK_SAMPLE, look);
            }
        }
        if (estimate_has_interval(speedup)) {
            chart_line(chart, scaling->workers[k], speedup->low, scaling->workers[k], speedup->high,
                       LINE_BAR, look);
        }
        chart_mark(chart, scaling->workers[k], speedup->value, MARK_MEDIAN, look);
    }
}

int chart_speedup(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    const struct group *group = &source->groups->items[source->group];
    struct chart_end ends[CURVES_MAX];
    struct curves curves;
    int r = curves_make(group, source->metric, &curves);

    if (r < 0) {
        return r;
    }
    curves_words(source, &curves, words);
    set_axes(&curves, chart_head(words), chart);
    put_frame(chart, source->record);
    for (size_t i = 0; i < curves.count; i++) {
        put_curve(chart, &curves.items[i], row_look(curves.items[i].rows[0]));
        curve_end(&curves.items[i], &ends[i]);
        ends[i].y = fmin(fmax(ends[i].y, chart->y.min), chart->y.max);
        double last = curves.items[i].workers[curves.items[i].count - 1];
        chart_line(chart, last, ends[i].y, chart->x.max, ends[i].y, LINE_THIN, ends[i].look);
    }
    chart_ends(chart, ends, curves.count);
    curves_release(&curves);
    return 0;
}
