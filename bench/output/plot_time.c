/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data of the picture "time by strategy": times as multiples of the fastest strategy of the
 * same work in the same epochs, on a logarithmic axis, which alone shows 2 % and 8 times at once.
 */
#include "base/units.h"
#include "output/plot_data.h"
#include "output/plot_label.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define ROW_PITCH 22.0
#define GROUP_GAP 24.0
#define SUMMARY_PITCH 18.0
#define SUMMARY_LINES 8u
#define NAME_WIDTH 158.0 /* of the column with workloads */
#define RIGHT_EDGE 736.0 /* of the drawing; the columns of numbers follow */
#define BELOW 96.0       /* axis, legend */
#define MOST_EPOCHS 1024u

/* The files being written and what is learned on the way. */
struct time_plot {
    const struct groups *all;
    enum metric metric;
    FILE *groups, *rows, *epochs;
    double y;        /* where the next group begins */
    double left;     /* edge of the drawing */
    double min, max; /* of everything drawn, as multiples of the fastest */
    double limit;    /* what takes longer is written, not drawn */
    bool ties, unknown, failures, several, beyond;
};

static void plot_reach(struct time_plot *plot, double ratio)
{
    plot->min = fmin(plot->min, ratio);
    plot->max = fmax(plot->max, fmin(ratio, plot->limit));
}

/* The ratios of the epochs are the evidence, and each is shown. They are spread a little up and
 * down by the golden section: even for any number of them, and the same in every drawing. */
static void put_epochs(struct time_plot *plot, const struct row *best, const struct row *row,
                       double y)
{
    double ratios[MOST_EPOCHS];
    uint64_t epochs[MOST_EPOCHS];
    size_t count =
        series_epoch_ratios(row->series, best->series, plot->metric, ratios, epochs, MOST_EPOCHS);

    for (size_t i = 0; i < count; i++) {
        double spread = fmod(0.5 + 0.6180339887498949 * (double)i, 1.0) - 0.5;

        fprintf(plot->epochs, "%.6g\t%.8g\t%s\t%" PRIu64 "\n", y + 0.7 * ROW_PITCH * spread,
                ratios[i], row_look(row), epochs[i]);
        plot_reach(plot, ratios[i]);
    }
}

static const char *row_mark(const struct row *row)
{
    return row->standing == STANDING_SAME ? "≈" : row->standing == STANDING_UNSURE ? "?" : "";
}

/* What is drawn for a row that has a time. Without an interval the bar is NaN, and so is
 * everything of a row beyond the axis, which is named there instead. */
static void put_marks(struct time_plot *plot, const struct group *group, const struct row *row,
                      double y, char beyond[UNITS_SIZE])
{
    struct estimate ratio = row->to_best;
    char number[UNITS_SIZE];

    if (ratio.value > plot->limit) {
        snprintf(beyond, UNITS_SIZE, "%.20s× →", format_ratio(ratio.value, number));
        plot->beyond = true;
        ratio.value = ratio.low = ratio.high = NAN;
    } else if (!isnan(ratio.value)) {
        plot_reach(plot, ratio.value);
        if (estimate_has_interval(&ratio)) {
            plot_reach(plot, ratio.low);
            plot_reach(plot, ratio.high);
        }
        if (row->standing != STANDING_FASTEST) { /* which is 1 in every epoch */
            put_epochs(plot, &group->rows[group->best], row, y);
        }
    }
    fprintf(plot->rows, "%.6g\t%.8g\t%.8g\t%.8g\t", y, ratio.value, ratio.low, ratio.high);
}

static void put_row(struct time_plot *plot, const struct group *group, const struct row *row,
                    double y)
{
    char name[ROW_NAME_SIZE], value[TIME_TEXT_SIZE] = "–", range[TIME_TEXT_SIZE] = "–";
    char beyond[UNITS_SIZE] = "", excuse[200] = "";

    row_name(group, row, name);
    if (row_has_time(row)) {
        time_texts(&row->time, value, range);
        put_marks(plot, group, row, y, beyond);
    } else {
        row_excuse(row, excuse, sizeof(excuse));
        label_trim(excuse, PLOT_ROOM(RIGHT_EDGE - plot->left - 60, PLOT_FACTOR_NOTE, false));
        fprintf(plot->rows, "%.6g\tNaN\tNaN\tNaN\t", y);
    }
    plot->ties = plot->ties || row->standing == STANDING_SAME;
    plot->unknown = plot->unknown || row->standing == STANDING_UNSURE;
    plot->several = plot->several || strchr(name, '(');
    fprintf(plot->rows, "%s\t", row_look(row));
    label_put(plot->rows, name);
    fprintf(plot->rows, "\t%s\t%s\t%s\t%s\t", value, row_mark(row), range, beyond);
    label_put(plot->rows, excuse);
    fprintf(plot->rows, "\t%d\n", row->standing == STANDING_FASTEST);
}

enum { LINE_NAME, LINE_SUMMARY, LINE_WARNING, LINE_BOX };

static void put_line(struct time_plot *plot, double y, int look, const char *text, double end)
{
    fprintf(plot->groups, "%.6g\t%d\t", y, look);
    label_put(plot->groups, text);
    fprintf(plot->groups, "\t%.6g\n", end);
}

/* Name, summary and a warning where tasks failed, at the left of the rows. Returns their height. */
static double put_group_words(struct time_plot *plot, const struct group *group, double height)
{
    const struct label_room *room = PLOT_ROOM(NAME_WIDTH, PLOT_FACTOR_NOTE, false);
    char text[GROUP_NAME_SIZE], summary[LABEL_LINE_SIZE], lines[SUMMARY_LINES][LABEL_LINE_SIZE];
    double y = plot->y + ROW_PITCH / 2 + 20;
    bool fails = group->failed_tasks > 0;
    size_t most = (size_t)fmin(SUMMARY_LINES, fmax(2, (height - ROW_PITCH) / SUMMARY_PITCH));

    label_clean(group->workload, text, sizeof(text));
    label_trim(text, PLOT_ROOM(NAME_WIDTH, 1.08, true));
    put_line(plot, y - 20, LINE_NAME, text, 0);
    label_clean(group->summary ? group->summary : "", lines[0], sizeof(lines[0]));
    group_rare(group, text); /* first, for what does not fit is cut at the end */
    snprintf(summary, sizeof(summary), "%s%s%.200s", text, text[0] ? ", " : "", lines[0]);
    size_t count = label_wrap(summary, room, lines, most - fails);
    for (size_t i = 0; i < count; i++) {
        put_line(plot, y + SUMMARY_PITCH * (double)i, LINE_SUMMARY, lines[i], 0);
    }
    if (fails) {
        snprintf(text, sizeof(text), "! %" PRIu64 " of %" PRIu64 " fail", group->failed_tasks,
                 group->tasks);
        label_trim(text, room);
        put_line(plot, y + SUMMARY_PITCH * (double)count, LINE_WARNING, text, 0);
        plot->failures = true;
    }
    return ROW_PITCH + SUMMARY_PITCH * (double)(count + fails);
}

static void put_group(struct time_plot *plot, const struct group *group)
{
    double height = ROW_PITCH * (double)group->row_count;
    double words = put_group_words(plot, group, height);

    for (size_t i = 0; i < group->row_count; i++) {
        put_row(plot, group, &group->rows[i], plot->y + ROW_PITCH * ((double)i + 0.5));
    }
    height = words > height ? words : height;
    put_line(plot, plot->y - 3, LINE_BOX, "", plot->y + height + 3);
    plot->y += height + GROUP_GAP;
}

static size_t put_legend(FILE *words, const struct time_plot *plot)
{
    char text[400] = "bold: smallest median";

    if (plot->ties) {
        label_add(text, sizeof(text), DOT "≈ no difference from it beyond %g\u00a0%%",
                  100 * MARGIN);
    }
    if (plot->unknown) {
        label_add(text, sizeof(text), DOT "? cannot tell");
    }
    if (plot->beyond) {
        label_add(text, sizeof(text), DOT "→\u00a0beyond\u00a0the\u00a0axis");
    }
    if (plot->several) {
        label_add(text, sizeof(text), DOT "(n):\u00a0n\u00a0workers");
    }
    if (plot->failures) {
        label_add(text, sizeof(text), DOT "!:\u00a0tasks\u00a0failed");
    }
    return data_put_lines(words, "legend", text,
                          PLOT_ROOM(PLOT_WIDTH - 2 * PLOT_MARGIN, 0.82, false));
}

static int put_groups(struct time_plot *plot, const char *stem)
{
    int r = data_open(stem, "groups", "y\tlook (0 name, 1 summary, 2 warning, 3 box)\ttext\tend",
                      &plot->groups);

    if (r == 0) {
        r = data_open(
            stem, "rows",
            "y\tratio\tlow\thigh\tlook\tname\tmedian\tmark\tinterval\tbeyond\texcuse\tfastest",
            &plot->rows);
    }
    if (r == 0) {
        r = data_open(stem, "epochs", "y\tratio\tlook\tepoch", &plot->epochs);
    }
    for (size_t i = 0; r == 0 && i < plot->all->count; i++) {
        put_group(plot, &plot->all->items[i]);
    }
    FILE *files[] = {plot->epochs, plot->rows, plot->groups};
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        int closed = data_close(files[i]);

        r = r < 0 ? r : closed;
    }
    return r;
}

int plot_data_time(const struct groups *groups, const struct plot_words *words, enum metric metric,
                   const char *stem)
{
    struct time_plot plot = {
        .all = groups, .metric = metric, .min = 0.96, .max = 1.2, .limit = axis_limit(groups)};
    FILE *file = NULL;

    if (groups->count == 0) {
        return -ENODATA;
    }
    int r = data_open(stem, "words", "name\tvalue", &file);
    if (r < 0) {
        return r;
    }
    double head = data_put_head(file, words) + 14;
    plot.left = PLOT_MARGIN + NAME_WIDTH + 6 + rows_width(groups) + 16;
    plot.y = head + 22;
    r = put_groups(&plot, stem);
    double bottom = plot.y - GROUP_GAP + 10, pad = pow(plot.max / plot.min, 0.03);
    data_put_number(file, "width", PLOT_WIDTH);
    data_put_number(file, "height", bottom + BELOW + 19 * ((double)put_legend(file, &plot) - 1));
    data_put_number(file, "head_y", head);
    data_put_number(file, "top", head + 14);
    data_put_number(file, "bottom", bottom);
    data_put_number(file, "left", plot.left);
    data_put_number(file, "right", RIGHT_EDGE);
    data_put_number(file, "min", plot.min / pad);
    data_put_number(file, "max", plot.max * pad);
    data_put_number(file, "margin", 1 + MARGIN);
    data_put_directions(file, metric);
    int closed = data_close(file);
    r = r < 0 ? r : closed;
    return r < 0 ? r
                 : data_write_ticks(stem, plot.min / pad, plot.max * pad, RIGHT_EDGE - plot.left);
}
