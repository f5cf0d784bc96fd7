/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker's tasks as bars. Neighbours alternate in shade, so that two tasks do not look like
 * one; a task never vanishes, however short it is. */
#include "output/text.h"
#include "output/timeline_text.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELL_SIZE 16u

struct cell {
    char text[CELL_SIZE]; /* "" behind the left half of a wide character */
    double share;         /* of the task that it shows */
};

/* A task of this lane in columns: first .. last. */
struct bar {
    const struct span *span;
    unsigned first, last;
};

static struct bar bar_make(const struct lane *lane, const struct span *span)
{
    double first = floor((double)span->start_ns / lane->ns_per_cell);
    double last = ceil((double)span->end_ns / lane->ns_per_cell) - 1;
    double most = lane->cells - 1;
    struct bar bar = {.span = span};

    bar.first = (unsigned)fmin(first, most);
    bar.last = (unsigned)fmin(fmax(last, bar.first), most);
    return bar;
}

static double bar_share(const struct lane *lane, const struct bar *bar, unsigned column)
{
    double from = fmax((double)bar->span->start_ns / lane->ns_per_cell, column);
    double to = fmin((double)bar->span->end_ns / lane->ns_per_cell, column + 1.0);

    return fmax(to - from, 0);
}

/* Narrow bars in two shades would draw patterns that mean nothing. */
static bool bar_is_wide(const struct lane *lane, const struct span *span)
{
    return (double)span->end_ns - (double)span->start_ns >= 2 * lane->ns_per_cell;
}

/* Only the end of a bar can be drawn in eighths: Unicode has blocks that grow from the left. */
static const char *cell_glyph(const struct bar *bar, unsigned column, double share, bool odd,
                              bool ascii)
{
    static const char *const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    bool alone = bar->first == bar->last;

    if (!ascii && !odd && column == bar->last && !alone) {
        return eighths[(unsigned)(share * 8 + 0.5)];
    }
    if (share < 0.5 && !alone) {
        return " ";
    }
    return ascii ? (odd ? "=" : "#") : odd ? "▓" : "█";
}

static void bar_draw(struct cell *cells, const struct lane *lane, const struct bar *bar, bool odd,
                     const struct style *style)
{
    for (unsigned column = bar->first; column <= bar->last; column++) {
        double share = bar_share(lane, bar, column);
        bool taken = strcmp(cells[column].text, " ") != 0;

        if (taken && share <= cells[column].share) {
            /* Shared with the end of the bar before: a gap between the two would be a lie. */
            if (!style->ascii && share > 0 && strcmp(cells[column].text, "▓") != 0) {
                strcpy(cells[column].text, "█");
            }
            continue;
        }
        snprintf(cells[column].text, CELL_SIZE, "%s",
                 cell_glyph(bar, column, share, odd, style->ascii));
        cells[column].share = share;
    }
}

size_t list_entry(const struct group *group, uint64_t task, const char **ret_entry)
{
    const char *word = group->arguments ? group->arguments : "";

    for (word += strspn(word, " "); *word && group->tasks > 1; word += strspn(word, " ")) {
        const char *end = word + strcspn(word, " ");
        const char *entry = memchr(word, '=', (size_t)(end - word));
        uint64_t entries = 1;

        word = end;
        if (!entry) {
            continue;
        }
        for (const char *p = ++entry; p < end; p++) {
            entries += *p == ',';
        }
        if (entries == group->tasks && task < entries) {
            for (; task > 0; task--) {
                entry += strcspn(entry, ",") + 1;
            }
            *ret_entry = entry;
            return strcspn(entry, ", ");
        }
    }
    return 0;
}

static void label_place(struct cell *cells, const struct bar *bar, const char *label)
{
    unsigned width = text_width(label), room = bar->last - bar->first + 1;
    struct cell *cell = &cells[bar->first + (room - width - 2) / 2];

    strcpy(cell++->text, " ");
    while (*label) {
        size_t bytes = text_fit(label, strlen(label), 1);
        char character[CELL_SIZE] = "?";

        if (bytes < CELL_SIZE) {
            memcpy(character, label, bytes);
            character[bytes] = '\0';
        }
        memcpy(cell->text, character, sizeof(character));
        for (unsigned i = text_width(character); i > 1; i--) {
            (++cell)->text[0] = '\0';
        }
        cell++;
        label += bytes;
    }
    strcpy(cell->text, " ");
}

/* Its entry of the list if that fits between two columns of bar on either side, else its number,
 * else nothing. */
static int bar_label(struct cell *cells, const struct lane *lane, const struct bar *bar,
                     const struct style *style)
{
    unsigned room = bar->last - bar->first + 1;
    const char *entry = NULL;
    size_t length = list_entry(lane->group, bar->span->task, &entry);
    char number[24];

    snprintf(number, sizeof(number), "%" PRIu64, (uint64_t)bar->span->task + 1);
    char *label = length > 0 ? strndup(entry, length) : strdup(number);
    if (!label) {
        return -ENOMEM;
    }
    text_clean(label, style);
    if (text_width(label) + 4 <= room) {
        label_place(cells, bar, label);
    } else if (strlen(number) + 4 <= room) {
        label_place(cells, bar, number);
    }
    free(label);
    if (bar->span->failed) {
        strcpy(cells[bar->last].text, "!");
    }
    return 0;
}

int lane_write(FILE *out, const struct lane *lane, const struct style *style)
{
    struct cell *cells = calloc(lane->cells, sizeof(*cells));
    bool odd = false;
    int r = cells ? 0 : -ENOMEM;

    for (unsigned column = 0; r == 0 && column < lane->cells; column++) {
        strcpy(cells[column].text, " ");
    }
    /* Bars first, then what is written over them. */
    for (size_t i = 0; r == 0 && i < 2 * lane->timeline->count; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): no round without any */
        const struct span *span = &lane->timeline->items[i % lane->timeline->count];
        struct bar bar = bar_make(lane, span);

        if (span->worker != lane->worker) {
            continue;
        }
        if (i < lane->timeline->count) {
            bar_draw(cells, lane, &bar, odd && bar_is_wide(lane, span), style);
            odd = !odd;
        } else {
            r = bar_label(cells, lane, &bar, style);
        }
    }
    unsigned shown = lane->cells;
    while (r == 0 && lane->trimmed && shown > 0 && strcmp(cells[shown - 1].text, " ") == 0) {
        shown--;
    }
    for (unsigned column = 0; r == 0 && column < shown; column++) {
        fputs(cells[column].text, out);
    }
    free(cells);
    return r;
}
