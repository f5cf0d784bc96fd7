/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a comparison the picture "machines" shows, what each says, and the words on it. */
#include "output/plot_machines.h"

#include <math.h>
#include <string.h>

static void panels_reach(struct panels *panels, const struct estimate *estimate)
{
    if (estimate->value > 0) {
        panels->low = fmin(panels->low, fmin(estimate->value, estimate->low));
        panels->high = fmax(panels->high, fmax(estimate->value, estimate->high));
    }
}

static const char *row_strategy(const struct compare_row *row, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        if (row->cells[i].count > 0) {
            return row->cells[i].members[0]->row->series->strategy;
        }
    }
    return "";
}

static bool row_is_shown(const struct compare_row *row, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        if (row->cells[i].good) {
            return true;
        }
    }
    return false;
}

/* Fork against pthread is the question; where nobody has a fork, it is that of the first row. */
static const char *strategy_choose(const struct comparison *comparison)
{
    const char *first = NULL;

    for (size_t i = 0; i < comparison->row_count; i++) {
        const struct compare_row *row = &comparison->rows[i];
        const char *strategy = row_strategy(row, comparison->column_count);

        if (!row_is_shown(row, comparison->column_count)) {
            continue;
        }
        if (strcmp(strategy, "fork") == 0) {
            return strategy;
        }
        first = first ? first : strategy;
    }
    return first;
}

struct panels panels_make(const struct comparison *comparison)
{
    const char *base = comparison->settings.base;
    struct panels panels = {.strategy = strategy_choose(comparison),
                            .base = base ? base : "its base",
                            .low = 0.95,
                            .high = 1.1};

    for (size_t i = 0; panels.strategy && i < comparison->row_count; i++) {
        const struct compare_row *row = &comparison->rows[i];

        if (!row_is_shown(row, comparison->column_count) ||
            strcmp(row_strategy(row, comparison->column_count), panels.strategy) != 0) {
            continue;
        }
        if (panels.count == PANELS_MAX) {
            panels.left_out++;
            continue;
        }
        panels.rows[panels.count++] = row;
        for (size_t k = 0; k < comparison->column_count; k++) {
            if (row->cells[k].good) {
                panels_reach(&panels, &row->cells[k].value);
            }
        }
    }
    return panels;
}

/* 1: the base is faster, -1: the strategy is, 0: neither, or it cannot be told. What a file itself
 * gives reason to doubt is no verdict. */
static int cell_verdict(const struct compare_cell *cell, double margin)
{
    const struct estimate *ratio = &cell->value;

    if (cell_suspect(cell)) {
        return 0;
    }
    return ratio->low > 1 && ratio->value > 1 + margin          ? 1
           : ratio->high < 1 && ratio->value < 1 / (1 + margin) ? -1
                                                                : 0;
}

const char *cell_look(const struct panels *panels, const struct compare_cell *cell, double margin)
{
    int verdict = cell_verdict(cell, margin);

    return verdict == 0 ? "muted" : strategy_look(verdict > 0 ? panels->base : panels->strategy);
}

void panels_words(const struct chart_source *source, const struct panels *panels,
                  struct plot_words *words)
{
    const struct comparison *comparison = source->comparison;
    size_t slower = 0, faster = 0, cells = 0;
    char strategy[ROW_NAME_SIZE], base[ROW_NAME_SIZE];

    strategy_name(panels->strategy, 0, strategy);
    strategy_name(panels->base, 0, base);
    for (size_t i = 0; i < panels->count; i++) {
        for (size_t k = 0; k < comparison->column_count; k++) {
            const struct compare_cell *cell = &panels->rows[i]->cells[k];

            if (cell->good) {
                int verdict = cell_verdict(cell, comparison->settings.threshold);
                cells++;
                slower += verdict > 0;
                faster += verdict < 0;
            }
        }
    }
    label_add(words->title, sizeof(words->title),
              "%s is slower than %s in %zu of %zu cases, faster in %zu", strategy, base, slower,
              cells, faster);
    label_add(words->method, sizeof(words->method),
              "%s of %s ÷ %s in the same file" DOT "bar: 95\u00a0%% interval, each by itself" DOT
              "strip: ±%g %%" DOT "colour: the faster of the two, triangle: neither or cannot tell",
              plot_metric_words(comparison->settings.metric), strategy, base,
              100 * comparison->settings.threshold);
    if (panels->left_out > 0) {
        label_add(words->method, sizeof(words->method), DOT "%zu\u00a0more workloads not shown",
                  panels->left_out);
    }
    label_add(words->description, sizeof(words->description), "%s.", words->title);
}
