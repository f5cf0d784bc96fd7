/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data of the picture "timeline": lanes of workers under each strategy, on one clock. */
#include "output/plot_data.h"
#include "output/plot_label.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define LANE_PITCH 34.0
#define BLOCK_GAP 38.0
#define RIGHT_EDGE 920.0 /* of the drawing */
#define BELOW 62.0       /* axis and its unit */
#define LEGEND 26.0
#define MOST_LANES 8u   /* of a strategy */
#define MOST_BLOCKS 12u /* strategies in a picture */

struct timeline_plot {
    const struct group *group;
    FILE *blocks, *lanes, *spans;
    double y; /* where the next block begins */
    double left, wall_ns, serial_ns, unit_ns;
    size_t drawn, lanes_cut, blocks_cut, failed;
};

static double plot_pixels(const struct timeline_plot *plot, double ns)
{
    return ns / plot->wall_ns * (RIGHT_EDGE - plot->left);
}

static void put_spans(struct timeline_plot *plot, const struct row *row)
{
    const struct series *series = row->series;

    for (size_t i = 0; i < series->timeline.count; i++) {
        const struct span *span = &series->timeline.items[i];
        char text[160];

        if (span->worker >= MOST_LANES || span->end_ns < span->start_ns) {
            continue;
        }
        span_label(plot->group, series, span,
                   plot_pixels(plot, (double)(span->end_ns - span->start_ns)), text, sizeof(text));
        fprintf(plot->spans, "%.6g\t%.10g\t%.10g\t%d\t%s\t",
                plot->y + LANE_PITCH * (span->worker + 0.5), (double)span->start_ns / plot->unit_ns,
                (double)span->end_ns / plot->unit_ns, span->failed, row_look(row));
        label_put(plot->spans, text);
        fprintf(plot->spans, "\t%" PRIu64 "\n", (uint64_t)span->task + 1);
        plot->failed += span->failed;
    }
}

static void single_text(double ns, char text[TIME_TEXT_SIZE])
{
    char range[TIME_TEXT_SIZE];

    time_texts(&(struct estimate){.value = ns, .low = NAN, .high = NAN}, text, range);
}

/* The lanes of a strategy, and the words beside their end or, if there is no room, below: `beside`
 * is 0 if nothing fits there, 1 if the total does, 2 if the note does too. */
static void put_block(struct timeline_plot *plot, const struct row *row)
{
    const struct series *series = row->series;
    char name[ROW_NAME_SIZE], workers[64] = "", total[120] = "", note[160] = "";
    char wall[TIME_TEXT_SIZE], begun[TIME_TEXT_SIZE];
    struct lanes lanes;

    lanes_measure(series, &lanes);
    size_t shown = lanes.count > MOST_LANES ? MOST_LANES : lanes.count;
    row_name(plot->group, row, name);
    single_text(lanes.wall_ns, wall);
    label_add(total, sizeof(total), "%s", wall);
    if (strcmp(row_look(row), "serial") != 0) {
        if (plot->serial_ns > 0) {
            label_add(total, sizeof(total), "\u00a0\u00a0 ");
            lanes_compare(plot->serial_ns, lanes.wall_ns, total + strlen(total),
                          sizeof(total) - strlen(total));
        }
        if (shown < lanes.count) {
            label_add(workers, sizeof(workers), "%zu of ", shown);
        }
        label_add(workers, sizeof(workers), "%zu worker%s", lanes.count,
                  lanes.count == 1 ? "" : "s");
        single_text(lanes.begun_ns, begun);
        label_add(note, sizeof(note), "workers busy %.0f %%, all started after %s",
                  100 * lanes.busy, begun);
    }
    double room = RIGHT_EDGE - plot->left - plot_pixels(plot, lanes.wall_ns) - 10;
    int beside = room < label_width(total, PLOT_ROOM(0, 1, true))                  ? 0
                 : room < label_width(note, PLOT_ROOM(0, PLOT_FACTOR_NOTE, false)) ? 1
                                                                                   : 2;
    for (size_t i = 0; i < shown; i++) {
        fprintf(plot->lanes, "%.6g\t%s\n", plot->y + LANE_PITCH * ((double)i + 0.5), row_look(row));
    }
    put_spans(plot, row);
    fprintf(plot->blocks, "%.6g\t%.6g\t%.10g\t%s\t", plot->y + LANE_PITCH * 0.5,
            plot->y + LANE_PITCH * ((double)shown - 0.5), lanes.wall_ns / plot->unit_ns,
            row_look(row));
    label_put(plot->blocks, name);
    fprintf(plot->blocks, "\t%s\t%s\t%s\t%d\n", workers, total, note, beside);
    plot->lanes_cut += lanes.count - shown;
    plot->y += LANE_PITCH * (double)shown + BLOCK_GAP;
    plot->drawn++;
}

/* What must be known before the first block is placed. */
static void plot_measure(struct timeline_plot *plot)
{
    const struct row *serial = lanes_serial(plot->group);
    double widest = 110, largest;

    for (size_t i = 0; i < plot->group->row_count; i++) {
        const struct row *row = &plot->group->rows[i];
        char name[ROW_NAME_SIZE];
        struct lanes lanes;

        if (row->series->timeline.count == 0) {
            continue;
        }
        lanes_measure(row->series, &lanes);
        plot->wall_ns = fmax(plot->wall_ns, lanes.wall_ns);
        if (row == serial) {
            plot->serial_ns = lanes.wall_ns;
        }
        row_name(plot->group, row, name);
        widest = fmax(widest, label_width(name, PLOT_ROOM(0, 1, true)));
    }
    plot->wall_ns = fmax(plot->wall_ns, 1);
    largest = plot->wall_ns;
    plot->unit_ns = largest >= 999.5e6   ? 1e9
                    : largest >= 999.5e3 ? 1e6
                    : largest >= 999.5   ? 1e3
                                         : 1;
    plot->left = PLOT_MARGIN + widest + 14;
}

static void put_words(FILE *words, const struct timeline_plot *plot, double head)
{
    const char *unit = plot->unit_ns >= 1e9   ? "seconds"
                       : plot->unit_ns >= 1e6 ? "milliseconds"
                       : plot->unit_ns >= 1e3 ? "microseconds"
                                              : "nanoseconds";
    double bottom = plot->y - BLOCK_GAP + 28;
    char text[200] = "";

    label_add(text, sizeof(text), "%s since the first task was handed out", unit);
    data_put_text(words, "axis", text);
    text[0] = '\0';
    if (plot->failed > 0) {
        label_add(text, sizeof(text), "outlined, !: the task failed");
    }
    if (plot->lanes_cut > 0) {
        label_add(text, sizeof(text), "%sfirst %u workers of each strategy shown",
                  text[0] ? DOT : "", MOST_LANES);
    }
    if (plot->blocks_cut > 0) {
        label_add(text, sizeof(text), "%s%zu more strategies not shown", text[0] ? DOT : "",
                  plot->blocks_cut);
    }
    data_put_text(words, "legend", text);
    data_put_number(words, "width", PLOT_WIDTH);
    data_put_number(words, "height", bottom + BELOW + (text[0] ? LEGEND : 0));
    data_put_number(words, "axis_y", bottom + 46);
    data_put_number(words, "top", head + 18);
    data_put_number(words, "bottom", bottom);
    data_put_number(words, "left", plot->left);
    data_put_number(words, "right", RIGHT_EDGE);
    data_put_number(words, "max", plot->wall_ns / plot->unit_ns);
}

static int put_blocks(struct timeline_plot *plot, const char *stem)
{
    int r = data_open(stem, "blocks", "y\tlast y\tend\tlook\tname\tworkers\ttotal\tnote\tbeside",
                      &plot->blocks);

    if (r == 0) {
        r = data_open(stem, "lanes", "y\tlook", &plot->lanes);
    }
    if (r == 0) {
        r = data_open(stem, "spans", "y\tstart\tend\tfailed\tlook\tlabel\ttask", &plot->spans);
    }
    for (size_t i = 0; r == 0 && i < plot->group->row_count; i++) {
        if (plot->group->rows[i].series->timeline.count == 0) {
            continue;
        }
        if (plot->drawn < MOST_BLOCKS) {
            put_block(plot, &plot->group->rows[i]);
        } else {
            plot->blocks_cut++;
        }
    }
    FILE *files[] = {plot->spans, plot->lanes, plot->blocks};
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        int closed = data_close(files[i]);

        r = r < 0 ? r : closed;
    }
    return r;
}

int plot_data_timeline(const struct group *group, const struct plot_words *words, const char *stem)
{
    struct timeline_plot plot = {.group = group};
    FILE *file;

    if (!plot_has_timeline(group)) {
        return -ENODATA;
    }
    int r = data_open(stem, "words", "name\tvalue", &file);
    if (r < 0) {
        return r;
    }
    double head = data_put_head(file, words);
    plot_measure(&plot);
    plot.y = head + 24;
    r = put_blocks(&plot, stem);
    put_words(file, &plot, head);
    int closed = data_close(file);
    return r < 0 ? r : closed;
}
