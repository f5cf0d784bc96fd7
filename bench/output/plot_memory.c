/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker costs in memory, by kind of page: PSS alone hides most of what a fork costs. */
#include "base/units.h"
#include "output/charts.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define ROW_PITCH 30.0
#define GROUP_GAP 34.0
#define NAMES 190.0
#define BESIDE 110.0
#define ROWS_MAX 48u
#define PARTS 4u

/* Bytes of one worker. */
struct parts {
    double bytes[PARTS], all;
};
static const char *const part_names[PARTS] = {"private pages", "shared pages (its share)",
                                              "page tables", "kernel stack"};
static const char *const part_looks[PARTS] = {"text", "mid", "muted", "grid"};

static double growth(uint64_t all, uint64_t base, uint64_t workers)
{
    return all > base ? (double)(all - base) / (double)workers : 0;
}

static bool row_has_memory(const struct row *row)
{
    return row->series->footprint.workers > 0;
}

static struct parts row_parts(const struct row *row)
{
    const struct footprint *footprint = &row->series->footprint;
    const struct memory *all = &footprint->all, *base = &footprint->base;
    double pss = growth(all->pss_bytes, base->pss_bytes, footprint->workers);
    double own = growth(all->private_bytes, base->private_bytes, footprint->workers);
    struct parts parts = {
        {fmin(own, pss), fmax(pss - own, 0),
         growth(all->page_table_bytes, base->page_table_bytes, footprint->workers),
         growth(all->kernel_stack_bytes, base->kernel_stack_bytes, footprint->workers)},
        0};

    for (size_t i = 0; i < PARTS; i++) {
        parts.all += parts.bytes[i];
    }
    return parts;
}

struct shown {
    const struct group *groups[ROWS_MAX];
    const struct row *rows[ROWS_MAX];
    struct parts parts[ROWS_MAX];
    size_t count, left_out;
    double most;
    size_t smallest, largest;
};

/* Of one workload and parent the first group, and of each strategy the most workers: a worker
 * costs what it costs, and a few more of the same say nothing new. */
static bool is_chosen(const struct groups *groups, size_t group, size_t row)
{
    const struct group *own = &groups->items[group];
    const struct series *series = own->rows[row].series;

    for (size_t i = 0; i < group; i++) {
        if (strcmp(groups->items[i].workload, own->workload) == 0 &&
            parent_same(&groups->items[i].parent, &own->parent)) {
            return false;
        }
    }
    for (size_t k = 0; k < own->row_count; k++) {
        const struct series *other = own->rows[k].series;

        if (strcmp(other->strategy, series->strategy) == 0 &&
            other->footprint.workers > series->footprint.workers) {
            return false;
        }
    }
    return strcmp(strategy_look(series->strategy), "serial") != 0;
}

/* The two that differ most, both of one group: workers of a larger parent cost more of any kind. */
static void find_extremes(struct shown *shown)
{
    double most = 0;
    shown->smallest = shown->largest;
    for (size_t i = 0; i < shown->count; i++) {
        for (size_t k = 0; k < shown->count; k++) {
            double ratio = shown->parts[k].all / shown->parts[i].all;

            if (shown->groups[i] == shown->groups[k] && shown->parts[i].all > 0 && ratio > most) {
                most = ratio;
                shown->smallest = i;
                shown->largest = k;
            }
        }
    }
}

static struct shown rows_find(const struct groups *groups)
{
    struct shown shown = {.count = 0};

    for (size_t i = 0; i < groups->count; i++) {
        for (size_t k = 0; k < groups->items[i].row_count; k++) {
            const struct row *row = &groups->items[i].rows[k];
            size_t at = shown.count;

            if (!row_has_memory(row) || !is_chosen(groups, i, k)) {
                continue;
            }
            if (at == ROWS_MAX) {
                shown.left_out++;
                continue;
            }
            shown.groups[at] = &groups->items[i];
            shown.rows[at] = row;
            shown.parts[at] = row_parts(row);
            shown.most = fmax(shown.most, shown.parts[at].all);
            shown.largest =
                shown.parts[at].all > shown.parts[shown.largest].all ? at : shown.largest;
            shown.count++;
        }
    }
    find_extremes(&shown);
    return shown;
}

static void write_words(const struct chart_source *source, const struct shown *shown,
                        struct plot_words *words)
{
    const struct parts *small = &shown->parts[shown->smallest],
                       *large = &shown->parts[shown->largest];
    char first[UNITS_SIZE], last[UNITS_SIZE], ratio[UNITS_SIZE];
    const char *much = shown->rows[shown->largest]->series->strategy;
    const char *little = shown->rows[shown->smallest]->series->strategy;
    char rare[GROUP_NAME_SIZE];
    group_rare(shown->groups[shown->largest], rare);

    if (small->all > 0 && large->all > (1 + MARGIN) * small->all) {
        label_add(words->title, sizeof(words->title),
                  "A worker costs %s of memory under %s, %s under %s: %s×%s%s%s",
                  size_short(small->all, first), little, size_short(large->all, last), much,
                  format_ratio(large->all / small->all, ratio), rare[0] ? " (" : "", rare,
                  rare[0] ? ")" : "");
    } else {
        label_add(words->title, sizeof(words->title), "A worker costs %s of memory at the most",
                  size_short(large->all, last));
    }
    label_add(words->method, sizeof(words->method),
              "all processes while the workers are alive, less before the first one, ÷ workers" DOT
              "one reading each, apart from the timing");
    if (shown->left_out > 0) {
        label_add(words->method, sizeof(words->method), DOT "%zu more not shown", shown->left_out);
    }
    plot_words_record(source->record, words->method, sizeof(words->method));
    label_add(words->description, sizeof(words->description), "Memory of a worker.");
    for (size_t i = 0; i < shown->count; i++) {
        label_add(words->description, sizeof(words->description), " %s: %s.",
                  shown->rows[i]->series->strategy, size_short(shown->parts[i].all, first));
    }
}

static void put_row(struct chart *chart, const struct shown *shown, size_t i, double y)
{
    double from = 0, at = axis_pixel(&chart->y, y);
    char name[ROW_NAME_SIZE], text[UNITS_SIZE];

    row_name(shown->groups[i], shown->rows[i], name);
    label_trim(name, PLOT_ROOM(NAMES - 40, PLOT_FACTOR_ROW, false));
    chart_label(chart, page_place(NAMES - 10, at, SIDE_RIGHT, FONT_PLAIN, row_look(shown->rows[i])),
                "%s", name);
    for (size_t p = 0; p < PARTS; p++) {
        double till = from + shown->parts[i].bytes[p];

        if (till > from) {
            chart_area(chart, from, y - 10, till, y + 10, part_looks[p]);
        }
        from = till;
    }
    chart_label(chart,
                page_place(axis_pixel(&chart->x, from) + 8, at, SIDE_LEFT, FONT_PLAIN, "text"),
                "%s", size_short(from, text));
}

/* Above the first bar stands what its colours mean, in a row: the parts of thin bars have no room
 * for words. */
static void put_parts(struct chart *chart, double y)
{
    double x = PLOT_MARGIN;

    for (size_t p = 0; p < PARTS; p++) {
        double left = axis_value(&chart->x, x), right = axis_value(&chart->x, x + 14);

        chart_area(chart, left, axis_value(&chart->y, y - 7), right, axis_value(&chart->y, y + 7),
                   part_looks[p]);
        chart_label(chart, page_place(x + 20, y, SIDE_LEFT, FONT_NOTE, "muted"), "%s",
                    part_names[p]);
        /* So wide that letters of a terminal fit too. */
        x += 40 + 11.5 * (double)label_columns(part_names[p]);
    }
}

int chart_memory(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    struct shown shown = rows_find(source->groups);
    const struct group *last = NULL;
    char name[GROUP_NAME_SIZE];

    if (shown.count == 0 || !(shown.most > 0)) {
        return -ENODATA;
    }
    write_words(source, &shown, words);
    double head = chart_head(words) + 18, y = head + 24, height = ROW_PITCH * (double)shown.count;
    for (size_t i = 0; i < shown.count; i++) {
        height += i == 0 || shown.groups[i] != shown.groups[i - 1] ? GROUP_GAP : 0;
    }
    chart->x =
        (struct chart_axis){-shown.most * (NAMES - PLOT_MARGIN) / (PLOT_WIDTH - BESIDE - NAMES),
                            shown.most, PLOT_MARGIN, PLOT_WIDTH - BESIDE, false};
    /* Downwards in pixels, so that rows are counted from the top. */
    chart->y = (struct chart_axis){y + height, head - 6, y + height, head - 6, false};
    chart->height = y + height + 20;
    put_parts(chart, head + 6);
    for (size_t i = 0; i < shown.count; i++) {
        if (shown.groups[i] != last) {
            last = shown.groups[i];
            group_name(source->groups, last, name);
            chart_label(chart,
                        page_place(PLOT_MARGIN, y + GROUP_GAP - 16, SIDE_LEFT, FONT_BOLD, "text"),
                        "%s", name);
            y += GROUP_GAP;
        }
        put_row(chart, &shown, i, y + ROW_PITCH / 2);
        y += ROW_PITCH;
    }
    return 0;
}
