/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture as a list of marks: what is drawn is decided by the plot_*.c of its kind, and either
 * written to data files for scripts/plots/chart.gp or drawn with letters. Places are in the units
 * of the axes; the page is PLOT_WIDTH pixels wide and counted from its upper left corner. Texts
 * are copied and need not be clean. Adding to a chart never fails at once: chart_write and
 * chart_text tell if memory ran out on the way. */
#ifndef TVP_CHART_H
#define TVP_CHART_H

#include "output/plot_data.h"
#include "output/style.h"

enum chart_kind { CHART_AREA, CHART_LINE, CHART_MARK, CHART_LABEL, CHART_LEADER };
enum line_style { LINE_CURVE, LINE_IDEAL, LINE_DROP, LINE_BAR, LINE_STRONG, LINE_THIN, LINE_GRID };
enum mark_style { MARK_SAMPLE, MARK_MEDIAN, MARK_RING, MARK_MEAN };
enum label_font { FONT_NOTE, FONT_PLAIN, FONT_BOLD, FONT_SMALL };
enum label_side { SIDE_LEFT, SIDE_CENTER, SIDE_RIGHT };

/* look: a name that style.gp knows (row_look), or "text", "muted", "grid", "band", or "on-" and a
 * strategy: words on its colour. A string that lives as long as the chart. */
struct chart_item {
    enum chart_kind kind;
    int style;
    const char *look;
    double x, y, x2, y2; /* x2, y2: of areas and lines */
    double value;        /* what a mark stands for, where its place is not that itself; or NaN */
    bool on_page;        /* a label's place is in pixels */
    enum label_side side;
    double angle; /* of a label, in degrees */
    char *text;   /* of a label; owned */
};

struct chart_axis {
    double min, max; /* the values at either end; y may run downwards */
    double from, to; /* pixels of the page: left and right, or bottom and top */
    bool log;
};

struct chart {
    struct chart_axis x, y;
    double height; /* of the page */
    struct chart_item *items;
    size_t count, capacity;
    bool lost; /* out of memory */
};

/* Where the drawing may begin below title and method. */
double chart_head(const struct plot_words *words);
void chart_release(struct chart *chart);
/* The pixel of a value, and the other way. */
double axis_pixel(const struct chart_axis *axis, double value);
double axis_value(const struct chart_axis *axis, double pixel);

void chart_area(struct chart *chart, double x, double y, double x2, double y2, const char *look);
void chart_line(struct chart *chart, double x, double y, double x2, double y2,
                enum line_style style, const char *look);
void chart_mark(struct chart *chart, double x, double y, enum mark_style style, const char *look);
void chart_mark_value(struct chart *chart, double x, double y, enum mark_style style,
                      const char *look, double value);
/* A thin line from a name to what it names, which may leave the axes: in pixels. */
void chart_leader(struct chart *chart, double x, double y, double x2, double y2, const char *look);
/* A place for words. */
struct label_place {
    double x, y;
    bool on_page;
    enum label_side side;
    enum label_font font;
    const char *look;
    double angle;
};
/* In pixels, upright. */
struct label_place page_place(double x, double y, enum label_side side, enum label_font font,
                              const char *look);
/* What the axes are called: below the middle of x, above the upper end of y. */
void chart_axis_names(struct chart *chart, const char *x, const char *y);
__attribute__((format(printf, 3, 4))) void chart_label(struct chart *chart,
                                                       struct label_place place, const char *format,
                                                       ...);
/* A line across and its label outside: of the x axis below, of the y axis at the left. */
enum chart_side { AXIS_X, AXIS_Y };
void chart_tick(struct chart *chart, enum chart_side side, double value, const char *text);
/* Ticks at 1, 2, 4, ...; at powers of ten of nanoseconds ("10 µs"). */
void chart_ticks_doubling(struct chart *chart, enum chart_side side);
void chart_ticks_durations(struct chart *chart, enum chart_side side);

/* Names beside the right edge, where their lines end, pushed apart as far as their two lines of
 * text need; each line is led to its name. */
struct chart_end {
    double y; /* where the line ends, a value */
    const char *look;
    char name[ROW_NAME_SIZE], note[80];
};
void chart_ends(struct chart *chart, struct chart_end *ends, size_t count);
/* The height that a drawing needs for so many, and at least. */
double chart_ends_height(size_t count, double least);

/* stem.words.tsv, .areas.tsv, .lines.tsv, .marks.tsv, .labels.tsv, .leaders.tsv. 0 or -errno. */
int chart_write(const struct chart *chart, const struct plot_words *words, const char *stem);
/* The same with letters, style->width columns wide. 0, -ENOMEM or -EIO. */
int chart_text(FILE *out, const struct chart *chart, const struct plot_words *words,
               const struct style *style);

#endif
