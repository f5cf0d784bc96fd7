/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sample in the order in which it was taken, so that drift and disturbances show. */
#include "analysis/drift.h"
#include "output/charts.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BESIDE 240.0
#define ROWS_MAX 12u
#define TICKS_MAX 12
#define EPOCHS_MAX 4096u /* numbers of a stranger's file may be any */

/* When a group was measured, and the least and the most of its samples. */
struct reach {
    double from_s, to_s, low_ns, high_ns;
    size_t samples, end; /* end: one more than the last epoch */
    size_t rows;         /* strategies, of which ROWS_MAX have room */
};

static double at_seconds(const struct sample *sample)
{
    return (double)sample->at_ns / 1e9;
}

/* Of several rows of one strategy the fastest. */
static bool row_leads(const struct group *group, const struct row *row)
{
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *other = &group->rows[i];

        if (row_has_time(other) && strcmp(other->series->strategy, row->series->strategy) == 0 &&
            other->time.value < row->time.value) {
            return false;
        }
    }
    return row_has_time(row);
}

static struct reach group_reach(const struct group *group, enum metric metric)
{
    struct reach reach = {INFINITY, -INFINITY, INFINITY, -INFINITY, 0, 0, 0};

    for (size_t i = 0; i < group->row_count; i++) {
        const struct sample_list *samples = &group->rows[i].series->samples;
        bool leads = row_leads(group, &group->rows[i]);

        reach.rows += leads;
        if (!leads || reach.rows > ROWS_MAX) {
            continue;
        }
        for (size_t k = 0; k < samples->count; k++) {
            const struct sample *sample = &samples->items[k];
            double ns = sample_metric(sample, metric);

            if (!(ns > 0)) {
                continue;
            }
            reach.samples++;
            reach.from_s = fmin(reach.from_s, at_seconds(sample));
            reach.to_s = fmax(reach.to_s, at_seconds(sample));
            reach.low_ns = fmin(reach.low_ns, ns);
            reach.high_ns = fmax(reach.high_ns, ns);
            if (sample->epoch < EPOCHS_MAX && sample->epoch >= reach.end) {
                reach.end = sample->epoch + 1;
            }
        }
    }
    return reach;
}

/* Numbers reach gnuplot with ten digits: what those cannot tell apart is no axis. */
static bool reach_is_drawn(struct reach reach)
{
    return reach.samples > 1 && reach.to_s - reach.from_s > 1e-7 * reach.to_s;
}

bool group_has_order(const struct group *group)
{
    return reach_is_drawn(group_reach(group, METRIC_WARM));
}

/* When one epoch began and ended; its samples are those of all strategies. */
struct epoch_span {
    double from_s, to_s;
    bool any, loud; /* numbers have gaps where other sets of the workload took turns */
};

/* Of the epochs before `end`, to be freed; NULL without memory. */
static struct epoch_span *spans_make(const struct group *group, size_t end)
{
    struct epoch_span *spans = calloc(end + 1, sizeof(*spans));

    for (size_t i = 0; spans && i < group->row_count; i++) {
        const struct sample_list *samples = &group->rows[i].series->samples;

        for (size_t k = 0; k < samples->count; k++) {
            const struct sample *sample = &samples->items[k];
            double at_s = at_seconds(sample);

            if (sample->epoch < end) {
                struct epoch_span *span = &spans[sample->epoch];

                span->from_s = span->any ? fmin(span->from_s, at_s) : at_s;
                span->to_s = fmax(span->to_s, at_s);
                span->loud = span->loud || sample->loud;
                span->any = true;
            }
        }
    }
    return spans;
}

static void put_loud(struct chart *chart, const struct epoch_span *spans, size_t end)
{
    double pad = (chart->x.max - chart->x.min) * 0.004;

    for (size_t e = 0; e < end; e++) {
        if (spans[e].loud) {
            chart_area(chart, fmax(spans[e].from_s - pad, chart->x.min), chart->y.min,
                       fmin(spans[e].to_s + pad, chart->x.max), chart->y.max, "band");
        }
    }
}

static void put_axes(struct chart *chart, const struct reach *reach)
{
    double span = reach->to_s - reach->from_s;
    double step = pow(10, floor(log10(span / 2)));
    char text[40];

    step *= span / step > 8 ? 2 : 1;
    /* Counted, not added up: adding less than what a double tells apart would never end. */
    double first = ceil(reach->from_s / step);
    for (int i = 0; i < TICKS_MAX && (first + i) * step <= reach->to_s; i++) {
        snprintf(text, sizeof(text), "%.6g\u00a0s", (first + i) * step);
        chart_tick(chart, AXIS_X, (first + i) * step, text);
    }
    chart_ticks_durations(chart, AXIS_Y);
    chart_axis_names(chart, "since the run began", "time of a sample");
}

static void put_rows(struct chart *chart, const struct group *group, enum metric metric)
{
    struct chart_end ends[ROWS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < group->row_count && count < ROWS_MAX; i++) {
        const struct row *row = &group->rows[i];
        const struct sample_list *samples = &row->series->samples;
        char value[TIME_TEXT_SIZE];

        if (!row_leads(group, row)) {
            continue;
        }
        for (size_t k = 0; k < samples->count; k++) {
            double ns = sample_metric(&samples->items[k], metric);

            if (ns > 0) {
                chart_mark(chart, at_seconds(&samples->items[k]), ns, MARK_SAMPLE, row_look(row));
            }
        }
        chart_line(chart, chart->x.min, row->time.value, chart->x.max, row->time.value, LINE_CURVE,
                   row_look(row));
        ends[count] = (struct chart_end){.y = row->time.value, .look = row_look(row)};
        row_name(group, row, ends[count].name);
        bool seen;
        double percent = series_drift(row->series, metric, &seen);
        snprintf(ends[count].note, sizeof(value), "%s", duration_short(row->time.value, value));
        if (seen && fabs(percent) >= 100 * MARGIN) {
            label_add(ends[count].note, sizeof(ends[count].note), ", drifts %+.0f\u00a0%%",
                      percent);
        }
        count++;
    }
    chart_ends(chart, ends, count);
}

static void write_words(const struct chart_source *source, const struct group *group,
                        const struct reach *reach, const struct epoch_span *spans,
                        struct plot_words *words)
{
    const struct row *best = group->best < group->row_count ? &group->rows[group->best] : NULL;
    char name[GROUP_NAME_SIZE], *title = words->title;
    size_t size = sizeof(words->title);
    size_t epochs = 0, loud = 0;
    bool seen = false;
    double percent = best ? series_drift(best->series, source->metric, &seen) : NAN;

    for (size_t e = 0; e < reach->end; e++) {
        epochs += spans[e].any;
        loud += spans[e].loud;
    }
    group_name(source->groups, group, name);
    label_add(title, size, "%s: ", name);
    if (isnan(percent)) {
        label_add(title, size, "too few epochs to see a drift");
    } else if (!seen) {
        label_add(title, size, "no drift can be told in %.3g\u00a0s", reach->to_s - reach->from_s);
    } else if (fabs(percent) < 100 * MARGIN) {
        label_add(title, size, "drifts by less than %g\u00a0%% in %.3g\u00a0s", 100 * MARGIN,
                  reach->to_s - reach->from_s);
    } else {
        label_add(title, size, "%+.0f\u00a0%% from the first epoch to the last (%s)", percent,
                  best->series->strategy);
    }
    if (loud > 0) {
        label_add(title, size, "; others disturbed %zu of %zu epochs", loud, epochs);
    }
    label_add(words->method, sizeof(words->method),
              "faint: each of %zu\u00a0samples when it began, %s" DOT "line: median%s",
              reach->samples, plot_metric_words(source->metric),
              loud > 0 ? DOT "shaded: epochs that others disturbed" : "");
    if (reach->rows > ROWS_MAX) {
        label_add(words->method, sizeof(words->method), DOT "%zu more strategies not shown",
                  reach->rows - ROWS_MAX);
    }
    plot_words_record(source->record, words->method, sizeof(words->method));
    snprintf(words->description, sizeof(words->description), "%s", title);
}

int chart_order(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    const struct group *group = &source->groups->items[source->group];
    struct reach reach = group_reach(group, source->metric);

    if (!reach_is_drawn(reach)) {
        return -ENODATA;
    }
    struct epoch_span *spans = spans_make(group, reach.end);
    if (!spans) {
        return -ENOMEM;
    }
    write_words(source, group, &reach, spans, words);
    size_t rows = reach.rows < ROWS_MAX ? reach.rows : ROWS_MAX;
    double head = chart_head(words) + 44, pad = (reach.to_s - reach.from_s) * 0.01;
    chart->x =
        (struct chart_axis){reach.from_s - pad, reach.to_s + pad, 96, PLOT_WIDTH - BESIDE, false};
    chart->y = (struct chart_axis){reach.low_ns / 1.1, reach.high_ns * 1.1,
                                   head + chart_ends_height(rows, 330), head, true};
    chart->height = chart->y.from + 66;
    put_loud(chart, spans, reach.end);
    free(spans);
    put_axes(chart, &reach);
    put_rows(chart, group, source->metric);
    return 0;
}
