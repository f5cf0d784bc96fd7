/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is the fastest for each length of a task and number of workers, and by how much. */
#include "analysis/trust.h"
#include "base/units.h"
#include "output/charts.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELL_HEIGHT 50.0
#define CELL_WIDTH_MAX 110.0
#define BESIDE 150.0

/* Whose wins are counted. */
static const char *const looks[] = {"serial", "pthread",      "thread-pool",
                                    "fork",   "process-pool", "other"};
#define LOOKS (sizeof(looks) / sizeof(*looks))

/* How the cells came out. */
struct tally {
    size_t wins[LOOKS], told, same, unsure, missing;
};

const char *winner_sign(const struct group *group, const struct winner *winner)
{
    enum unsure unsure;
    uint64_t more_epochs;

    if (!winner->second) {
        return "–";
    }
    if (winner->told_apart) {
        return "";
    }
    return group_standing(group, &winner->lead, &unsure, &more_epochs) == STANDING_SAME ? "≈" : "?";
}

static struct tally tally_make(const struct winner_map *map, const struct winner *winners)
{
    struct tally tally = {.told = 0};

    for (size_t i = 0; i < map->lengths.count * map->count; i++) {
        const char *sign = winner_sign(map->lengths.groups[i / map->count], &winners[i]);

        tally.missing += strcmp(sign, "–") == 0;
        tally.same += strcmp(sign, "≈") == 0;
        tally.unsure += strcmp(sign, "?") == 0;
        for (size_t n = 0; n < LOOKS && !sign[0]; n++) {
            tally.wins[n] += strcmp(looks[n], row_look(winners[i].first)) == 0;
        }
        tally.told += !sign[0];
    }
    return tally;
}

/* ": thread-pool wins 40, serial wins 12", most first. */
static void add_wins(const struct tally *tally, char *text, size_t size)
{
    size_t order[LOOKS];

    for (size_t i = 0; i < LOOKS; i++) {
        size_t at = i;

        for (; at > 0 && tally->wins[i] > tally->wins[order[at - 1]]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    for (size_t i = 0; i < LOOKS && tally->wins[order[i]] > 0; i++) {
        label_add(text, size, "%s%s wins %zu", i > 0 ? ", " : ": ", looks[order[i]],
                  tally->wins[order[i]]);
    }
}

static void write_words(const struct chart_source *source, const struct winner_map *map,
                        const struct tally *tally, struct plot_words *words)
{
    size_t measured = map->lengths.count * map->count - tally->missing;
    char *title = words->title;
    size_t size = sizeof(words->title);

    label_add(title, size, "%.40s", map->lengths.groups[0]->workload);
    add_wins(tally, title, size);
    label_add(title, size, tally->told > 0 ? " of %zu cases" : ": nobody wins any of %zu cases",
              measured);
    if (tally->same > 0) {
        label_add(title, size, "; %zu without a difference", tally->same);
    }
    if (tally->unsure > 0) {
        label_add(title, size, "; %zu cannot be told", tally->unsure);
    }
    if (tally->missing > 0) {
        label_add(title, size, "; %zu not measured", tally->missing);
    }
    label_add(words->method, sizeof(words->method),
              "colour and name: fastest strategy" DOT
              "number: how many times as fast as the second" DOT
              "≈: no difference from it, ?: cannot tell (%s at 95\u00a0%%)" DOT "%s",
              map->corrected ? "all cases together" : "each case by itself",
              plot_metric_words(source->metric));
    plot_words_record(source->record, words->method, sizeof(words->method));
    snprintf(words->description, sizeof(words->description), "%s", title);
}

static struct label_place at_cell(const struct chart *chart, double x, double y, double shift,
                                  enum label_font font, const char *look)
{
    return (struct label_place){.x = axis_pixel(&chart->x, x),
                                .y = axis_pixel(&chart->y, y) + shift,
                                .on_page = true,
                                .side = SIDE_CENTER,
                                .font = font,
                                .look = look};
}

static const char *on_look(const char *look)
{
    static const char *const on[] = {"on-serial", "on-pthread",      "on-thread-pool",
                                     "on-fork",   "on-process-pool", "on-other"};

    for (size_t i = 0; i < LOOKS; i++) {
        if (strcmp(looks[i], look) == 0) {
            return on[i];
        }
    }
    return "on-other";
}

static void put_cell(struct chart *chart, const struct winner *winner, const char *sign, double x,
                     double y)
{
    double half_x = 0.5 - 2 / (axis_pixel(&chart->x, 1) - axis_pixel(&chart->x, 0));
    double half_y = 0.5 - 2 / CELL_HEIGHT;
    char lead[UNITS_SIZE], name[ROW_NAME_SIZE];

    if (sign[0]) {
        chart_area(chart, x - half_x, y - half_y, x + half_x, y + half_y,
                   winner->second ? "grid" : "band");
        chart_label(chart, at_cell(chart, x, y, 0, FONT_PLAIN, "muted"), "%s", sign);
        return;
    }
    const char *look = row_look(winner->first);
    chart_area(chart, x - half_x, y - half_y, x + half_x, y + half_y, look);
    chart_label(chart, at_cell(chart, x, y, -7, FONT_PLAIN, on_look(look)), "%s×",
                format_ratio(winner->lead.value, lead));
    strategy_name(winner->first->series->strategy, 0, name);
    label_trim(name, PLOT_ROOM(2 * half_x * (axis_pixel(&chart->x, 1) - axis_pixel(&chart->x, 0)),
                               0.72, false));
    chart_label(chart, at_cell(chart, x, y, 12, FONT_SMALL, on_look(look)), "%s", name);
}

static void put_frame(struct chart *chart, const struct winner_map *map,
                      const struct record *record)
{
    int64_t cores = record_number(record, "machine.cpu.cores", 0);
    char text[TIME_TEXT_SIZE];
    size_t within = 0;

    for (size_t i = 0; i < map->lengths.count; i++) {
        struct label_place place = at_cell(chart, (double)i, -0.5, 18, FONT_NOTE, "muted");
        chart_label(chart, place, "%s", duration_short(map->lengths.length_ns[i], text));
    }
    for (size_t k = 0; k < map->count; k++) {
        struct label_place place = at_cell(chart, -0.5, (double)k, 0, FONT_NOTE, "muted");

        place.x -= 10;
        place.side = SIDE_RIGHT;
        chart_label(chart, place, "%" PRIu64, map->workers[k]);
        within += cores > 0 && map->workers[k] <= (uint64_t)cores;
    }
    chart_axis_names(chart, "length of one task", "workers");
    if (within > 0 && within < map->count) {
        double edge = (double)within - 0.5;
        struct label_place note = at_cell(chart, chart->x.max, edge, -26, FONT_NOTE, "muted");

        chart_line(chart, -0.5, edge, axis_value(&chart->x, chart->x.to + 12), edge, LINE_CURVE,
                   "text");
        note.x += 18;
        note.side = SIDE_LEFT;
        chart_label(chart, note, "↑ more workers");
        note.y += 17;
        chart_label(chart, note, "than cores (%" PRId64 ")", cores);
    }
}

static void set_axes(struct chart *chart, const struct winner_map *map, double head)
{
    double left = 76, room = PLOT_WIDTH - BESIDE - left;
    double width = fmin(CELL_WIDTH_MAX, room / (double)map->lengths.count);

    chart->x = (struct chart_axis){-0.5, (double)map->lengths.count - 0.5, left,
                                   left + width * (double)map->lengths.count, false};
    chart->y = (struct chart_axis){-0.5, (double)map->count - 0.5,
                                   head + CELL_HEIGHT * (double)map->count, head, false};
    chart->height = chart->y.from + 66;
}

int chart_winners(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    struct winner_map map = {.count = 0};
    int r = winner_map_make(source->groups, &map);
    size_t cells = r < 0 ? 0 : map.lengths.count * map.count;
    struct winner *winners = calloc(cells + 1, sizeof(*winners));

    if (r < 0 || !winners) {
        free(winners);
        return r < 0 ? r : -ENOMEM;
    }
    for (size_t i = 0; i < cells; i++) {
        winners[i] = winner_find(&map, i / map.count, map.workers[i % map.count], source->metric);
    }
    struct tally tally = tally_make(&map, winners);
    write_words(source, &map, &tally, words);
    set_axes(chart, &map, chart_head(words) + 44);
    for (size_t i = 0; i < cells; i++) {
        size_t column = i / map.count, row = i % map.count;

        put_cell(chart, &winners[i], winner_sign(map.lengths.groups[column], &winners[i]),
                 (double)column, (double)row);
    }
    put_frame(chart, &map, source->record);
    free(winners);
    return 0;
}
