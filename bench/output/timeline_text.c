/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/timeline_text.h"

#include "base/units.h"
#include "output/plot_data.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LANES_SHOWN 8u
#define NAME_WIDTH 16u /* longer names stand on a line of their own */
#define ROWS 3u

struct view {
    const struct group *group;
    const struct style *style;
    const struct row *rows[ROWS];
    size_t count;
    uint64_t total_ns; /* of the longest */
    unsigned name, time, speedup, cells;
};

/* What the picture shows too: until the caller knew that the last task had ended. */
static uint64_t row_wall(const struct row *row)
{
    struct lanes lanes;

    lanes_measure(row->series, &lanes);
    return (uint64_t)lanes.wall_ns;
}

/* How many times shorter this sample is than the serial one; "" if that cannot be said. Rows
 * with a wrong answer are never part of a view. */
static void speedup_text(const struct view *view, const struct row *row, char text[UNITS_SIZE])
{
    const struct row *serial = group_find(view->group, "serial");
    uint64_t end = row_wall(row);

    text[0] = '\0';
    if (view->rows[0] == serial && row != serial && end > 0) {
        double ratio = (double)row_wall(serial) / (double)end;
        char number[UNITS_SIZE];

        snprintf(text, UNITS_SIZE, "%.24s" GLUE "×", format_ratio(ratio, number));
        text_clean(text, view->style);
    }
}

static void view_add(struct view *view, const struct row *row)
{
    if (!row || !row_has_time(row) || row->series->timeline.count == 0) {
        return;
    }
    uint64_t end = row_wall(row);
    unsigned name = text_width(row->series->strategy);

    view->rows[view->count++] = row;
    view->total_ns = end > view->total_ns ? end : view->total_ns;
    view->name = name > view->name && name <= NAME_WIDTH ? name : view->name;
}

static struct view view_make(const struct group *group, const struct style *style)
{
    struct contest contest = group->contest;
    struct view view = {.group = group, .style = style};
    char text[UNITS_SIZE];

    view_add(&view, group_find(group, "serial"));
    view_add(&view, contest.threads);
    view_add(&view, contest.processes);
    for (size_t i = 0; i < view.count; i++) {
        double end = (double)row_wall(view.rows[i]);
        unsigned time = text_width(format_duration(end, text));

        view.time = time > view.time ? time : view.time;
        speedup_text(&view, view.rows[i], text);
        view.speedup = text_width(text) > view.speedup ? text_width(text) : view.speedup;
    }
    view.cells = style_width(style) - view.name - view.time - view.speedup - 6;
    return view;
}

static int worker_compare(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The workers of a timeline, sorted, each once. Returns their number, 0 without memory. */
static size_t workers_make(const struct timeline *timeline, uint32_t **ret_workers)
{
    uint32_t *workers = calloc(timeline->count, sizeof(*workers));
    size_t count = 0;

    if (!workers) {
        return 0;
    }
    for (size_t i = 0; i < timeline->count; i++) {
        workers[i] = timeline->items[i].worker;
    }
    qsort(workers, timeline->count, sizeof(*workers), worker_compare);
    for (size_t i = 0; i < timeline->count; i++) {
        if (i == 0 || workers[i] != workers[count - 1]) {
            workers[count++] = workers[i];
        }
    }
    *ret_workers = workers;
    return count;
}

static int name_write(FILE *out, const struct view *view, const struct row *row)
{
    char *name = strdup(row->series->strategy);

    if (!name) {
        return -ENOMEM;
    }
    text_clean(name, view->style);
    unsigned width = text_width(name);
    if (width <= view->name) {
        fprintf(out, "%*s%s ", (int)(view->name - width + 1), "", name);
        free(name);
        return 0;
    }
    struct paragraph line;
    int r = paragraph_begin(&line);
    if (r == 0) {
        fputs(name, line.file);
        r = paragraph_end(&line, out, view->style, 1, 1);
        fprintf(out, "%*s", (int)view->name + 2, "");
    }
    free(name);
    return r;
}

static void totals_write(FILE *out, const struct view *view, const struct row *row)
{
    char text[UNITS_SIZE];

    format_duration((double)row_wall(row), text);
    fprintf(out, "  %*s", (int)view->time, text);
    speedup_text(view, row, text);
    if (text[0]) {
        fprintf(out, "  %*s%s", (int)(view->speedup - text_width(text)), "", text);
    }
    fputc('\n', out);
}

static int row_write(FILE *out, const struct view *view, const struct row *row)
{
    const struct timeline *timeline = &row->series->timeline;
    uint32_t *workers = NULL;
    size_t count = workers_make(timeline, &workers);
    int r = count ? name_write(out, view, row) : -ENOMEM;

    for (size_t i = 0; i < count && i < LANES_SHOWN && r == 0; i++) {
        struct lane lane = {.group = view->group,
                            .timeline = timeline,
                            .worker = workers[i],
                            .cells = view->cells,
                            .ns_per_cell = (double)view->total_ns / view->cells,
                            .trimmed = i > 0};

        if (i > 0) {
            fprintf(out, "%*s", (int)view->name + 2, "");
        }
        r = lane_write(out, &lane, view->style);
        if (i == 0 && r == 0) {
            totals_write(out, view, row);
        } else {
            fputc('\n', out);
        }
    }
    if (count > LANES_SHOWN && r == 0) {
        fprintf(out, "%*s%s %zu more worker%s\n", (int)view->name + 2, "",
                view->style->ascii ? "..." : "…", count - LANES_SHOWN,
                count == LANES_SHOWN + 1 ? "" : "s");
    }
    free(workers);
    return r;
}

static void axis_write(FILE *out, const struct view *view)
{
    char middle[UNITS_SIZE], end[UNITS_SIZE];

    format_duration((double)view->total_ns / 2, middle);
    format_duration((double)view->total_ns, end);
    int half = (int)(view->cells / 2 + text_width(middle) / 2);
    fprintf(out, "%s%*s0%*s%*s%s\n", style_dim(view->style), (int)view->name + 2, "", half - 1,
            middle, (int)view->cells - half, end, style_plain(view->style));
}

/* What is drawn, and a word on it if there is nothing to draw or something failed. */
static int title_write(FILE *out, const struct view *view)
{
    bool failed = false;
    struct paragraph title;
    int r = paragraph_begin(&title);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < view->count; i++) {
        const struct timeline *timeline = &view->rows[i]->series->timeline;

        for (size_t n = 0; n < timeline->count; n++) {
            failed = failed || timeline->items[n].failed;
        }
    }
    fprintf(title.file, "%s: ", view->group->workload);
    fputs(view->count && view->total_ns ? "one sample of each, a line for each worker"
                                        : "no timeline was kept (too many tasks, or no sample)",
          title.file);
    fputs(failed ? "; ! marks a failed task" : "", title.file);
    return paragraph_end(&title, out, view->style, 0, 2);
}

int timeline_write(FILE *out, const struct group *group, const struct style *style)
{
    struct view view = view_make(group, style);
    int r = title_write(out, &view);

    if (r < 0 || view.total_ns == 0) {
        return r < 0 ? r : text_done(out);
    }
    for (size_t i = 0; i < view.count && r == 0; i++) {
        r = row_write(out, &view, view.rows[i]);
    }
    axis_write(out, &view);
    return r < 0 ? r : text_done(out);
}
