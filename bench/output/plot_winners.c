/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is the fastest for each length of a task and number of workers, and by how much. */
#include "analysis/winners.h"
#include "base/units.h"
#include "output/charts.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define CELL_HEIGHT 50.0
#define CELL_WIDTH_MAX 110.0
#define BESIDE 150.0

/* Whose wins are counted. */
static const char *const looks[] = {"serial", "pthread",      "thread-pool",
                                    "fork",   "process-pool", "other"};
#define LOOKS (sizeof(looks) / sizeof(*looks))

static void write_words(const struct chart_source *source, const struct winner_map *map,
                        const size_t *wins, size_t cells, struct plot_words *words)
{
    size_t order[LOOKS], told = 0, count = 0;
    char *title = words->title;
    size_t size = sizeof(words->title);

    for (size_t i = 0; i < LOOKS; i++) {
        order[i] = i;
        told += wins[i];
    }
    for (size_t i = 1; i < LOOKS; i++) {
        for (size_t k = i; k > 0 && wins[order[k]] > wins[order[k - 1]]; k--) {
            size_t kept = order[k];

            order[k] = order[k - 1];
            order[k - 1] = kept;
        }
    }
    label_add(title, size, "%.40s: ", map->lengths.groups[0]->workload);
    for (size_t i = 0; i < LOOKS && wins[order[i]] > 0 && count < 3; i++, count++) {
        label_add(title, size, "%s%s wins %zu", count > 0 ? ", " : "", looks[order[i]],
                  wins[order[i]]);
    }
    if (told == 0) {
        label_add(title, size, "the first two are told apart in none of %zu cases", cells);
    } else {
        label_add(title, size, " of %zu cases; %zu cannot be told", cells, cells - told);
    }
    label_add(words->method, sizeof(words->method),
              "colour and name: fastest strategy" DOT
              "number: how many times as fast as the second" DOT
              "≈: the first two are not told apart (%s at 95\u00a0%%)" DOT "%s",
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

static void put_cell(struct chart *chart, const struct winner *winner, double x, double y,
                     size_t *wins)
{
    const char *look = winner->first ? row_look(winner->first) : "grid";
    double half_x = 0.5 - 2 / (axis_pixel(&chart->x, 1) - axis_pixel(&chart->x, 0));
    double half_y = 0.5 - 2 / CELL_HEIGHT;
    char lead[UNITS_SIZE], name[ROW_NAME_SIZE];

    if (!winner->second || !winner->told_apart) {
        chart_area(chart, x - half_x, y - half_y, x + half_x, y + half_y,
                   winner->second ? "grid" : "band");
        chart_label(chart, at_cell(chart, x, y, 0, FONT_PLAIN, "muted"), "%s",
                    winner->second ? "≈" : "–");
        return;
    }
    for (size_t i = 0; i < LOOKS; i++) {
        wins[i] += strcmp(looks[i], look) == 0;
    }
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

int chart_winners(const struct chart_source *source, struct chart *chart, struct plot_words *words)
{
    size_t wins[LOOKS] = {0}, cells;
    struct winner_map map = {.count = 0};
    int r = winner_map_make(source->groups, &map);

    if (r < 0) {
        return r;
    }
    double left = 76, room = PLOT_WIDTH - BESIDE - left;
    double width = fmin(CELL_WIDTH_MAX, room / (double)map.lengths.count);
    /* Two lines of title and method at the most; the words follow from the cells. */
    double head = 31 + 27 + 21 * 2 + 44;

    cells = map.lengths.count * map.count;
    chart->x = (struct chart_axis){-0.5, (double)map.lengths.count - 0.5, left,
                                   left + width * (double)map.lengths.count, false};
    chart->y = (struct chart_axis){-0.5, (double)map.count - 0.5,
                                   head + CELL_HEIGHT * (double)map.count, head, false};
    chart->height = chart->y.from + 66;
    for (size_t i = 0; i < map.lengths.count; i++) {
        for (size_t k = 0; k < map.count; k++) {
            struct winner winner = winner_find(&map, i, map.workers[k], source->metric);

            put_cell(chart, &winner, (double)i, (double)k, wins);
        }
    }
    put_frame(chart, &map, source->record);
    write_words(source, &map, wins, cells, words);
    return 0;
}
