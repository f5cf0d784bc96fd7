/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as the data files of scripts/plots/chart.gp. */
#include "output/chart.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static const char *const kind_files[] = {[CHART_AREA] = "areas",
                                         [CHART_LINE] = "lines",
                                         [CHART_MARK] = "marks",
                                         [CHART_LABEL] = "labels",
                                         [CHART_LEADER] = "leaders"};
static const char *const kind_columns[] = {
    [CHART_AREA] = "x\ty\tx2\ty2\tlook",
    [CHART_LINE] = "x\ty\tstyle (0 curve, 1 ideal, 2 drop, 3 bar, 4 strong, 5 thin, 6 grid)\t"
                   "look",
    [CHART_MARK] = "x\ty\tstyle (0 sample, 1 median, 2 ring, 3 mean)\tlook\tvalue",
    [CHART_LABEL] = "x\ty\tpage (1: pixels)\tside (0 left, 1 center, 2 right)\t"
                    "font (0 note, 1 plain, 2 bold, 3 small)\tangle\tlook\ttext",
    [CHART_LEADER] = "x\ty\tx2\ty2 (pixels)\tlook"};

/* A line that goes on where the one before ended is drawn in one stroke with it. */
static bool goes_on(const struct chart_item *item, const struct chart_item *before)
{
    return before && before->style == item->style && before->look == item->look &&
           /* NOLINTNEXTLINE(bugprone-suspicious-memory*,cert-*): the same bits are meant */
           memcmp(&before->x2, &item->x, sizeof(item->x)) == 0 &&
           /* NOLINTNEXTLINE(bugprone-suspicious-memory*,cert-*): the same bits are meant */
           memcmp(&before->y2, &item->y, sizeof(item->y)) == 0;
}

static void put_line(FILE *file, const struct chart_item *item, const struct chart_item *before)
{
    if (!goes_on(item, before)) {
        fprintf(file, "%s%.10g\t%.10g\t%d\t%s\n", before ? "\n" : "", item->x, item->y, item->style,
                item->look);
    }
    fprintf(file, "%.10g\t%.10g\t%d\t%s\n", item->x2, item->y2, item->style, item->look);
}

static void put_item(FILE *file, const struct chart_item *item, const struct chart_item *before)
{
    switch (item->kind) {
    case CHART_AREA:
    case CHART_LEADER:
        fprintf(file, "%.10g\t%.10g\t%.10g\t%.10g\t%s\n", item->x, item->y, item->x2, item->y2,
                item->look);
        break;
    case CHART_LINE:
        put_line(file, item, before);
        break;
    case CHART_MARK:
        fprintf(file, "%.10g\t%.10g\t%d\t%s\t%.6g\n", item->x, item->y, item->style, item->look,
                isnan(item->value) ? item->y : item->value);
        break;
    case CHART_LABEL:
        fprintf(file, "%.10g\t%.10g\t%d\t%d\t%d\t%.4g\t%s\t", item->x, item->y, item->on_page,
                (int)item->side, item->style, item->angle, item->look);
        label_put(file, item->text ? item->text : "");
        fputc('\n', file);
    }
}

static int write_kind(const struct chart *chart, enum chart_kind kind, const char *stem)
{
    const struct chart_item *before = NULL;
    FILE *file;
    int r = data_open(stem, kind_files[kind], kind_columns[kind], &file);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < chart->count; i++) {
        if (chart->items[i].kind == kind) {
            put_item(file, &chart->items[i], before);
            before = &chart->items[i];
        }
    }
    return data_close(file);
}

static void put_axis(FILE *file, const struct chart_axis *axis, const char *names[3])
{
    data_put_number(file, names[0], axis->min);
    data_put_number(file, names[1], axis->max);
    data_put_number(file, names[2], axis->log);
}

int chart_write(const struct chart *chart, const struct plot_words *words, const char *stem)
{
    FILE *file = NULL;
    int r = chart->lost ? -ENOMEM : data_open(stem, "words", "name\tvalue", &file);

    if (r < 0) {
        return r;
    }
    (void)data_put_head(file, words);
    data_put_number(file, "width", PLOT_WIDTH);
    data_put_number(file, "height", chart->height);
    data_put_number(file, "left", chart->x.from);
    data_put_number(file, "right", chart->x.to);
    data_put_number(file, "bottom", chart->y.from);
    data_put_number(file, "top", chart->y.to);
    size_t leaders = 0;
    for (size_t i = 0; i < chart->count; i++) {
        leaders += chart->items[i].kind == CHART_LEADER;
    }
    data_put_number(file, "leaders", (double)leaders); /* gnuplot cannot count what is not there */
    put_axis(file, &chart->x, (const char *[]){"xmin", "xmax", "xlog"});
    put_axis(file, &chart->y, (const char *[]){"ymin", "ymax", "ylog"});
    r = data_close(file);
    for (int kind = CHART_AREA; r == 0 && kind <= CHART_LEADER; kind++) {
        r = write_kind(chart, (enum chart_kind)kind, stem);
    }
    return r;
}
