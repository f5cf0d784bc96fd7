/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between a record and gnuplot: the words and the data files of a picture. All places across the
 * page are pixels of a page PLOT_WIDTH wide, counted from its upper left corner. */
#ifndef TVP_PLOT_DATA_H
#define TVP_PLOT_DATA_H

#include "output/plot.h"
#include "output/plot_label.h"

#include <stdio.h>

#define PLOT_WIDTH 960
#define PLOT_MARGIN 20
#define PLOT_FONT 16.0 /* pixels; factors below are of this */
/* A dot between blanks that SVG does not collapse; a line may be broken behind it. */
#define DOT "\u00a0\u00a0·\u00a0 "
#define PLOT_FACTOR_TITLE 1.3
#define PLOT_FACTOR_METHOD 0.88
#define PLOT_FACTOR_ROW 0.95
#define PLOT_FACTOR_NOTE 0.85
#define PLOT_ROOM(pixels, factor, is_bold)                                                         \
    (&(const struct label_room){(pixels), PLOT_FONT * (factor), (is_bold)})

/* Written by plot_words.c. */
struct plot_words {
    char title[400];        /* the finding, with its doubt */
    char method[600];       /* how it was measured */
    char description[4000]; /* the numbers, for those who cannot see the picture */
    size_t group;           /* the number of the one that is shown, from 1; 0: not one alone */
};
void plot_words_time(const struct record *record, const struct groups *groups, enum metric metric,
                     struct plot_words *ret_words);
void plot_words_timeline(const struct record *record, const struct group *group,
                         struct plot_words *ret_words);
/* What a reader must know about the whole record, behind dots: label, loud, not complete. */
void plot_words_record(const struct record *record, char *text, size_t size);
const char *plot_metric_words(enum metric metric); /* "time from open to close" */
const char *plot_best_word(enum metric metric);    /* "fastest", or of CPU time "least" */
/* Their titles: plot_title.c and plot_lanes.c. */
void plot_title_time(const struct groups *groups, char *text, size_t size);
void plot_title_timeline(const struct group *group, char *text, size_t size);

/* "fork:channel=pipe (4)"; the number of workers only where the group has that strategy with
 * several. */
#define ROW_NAME_SIZE 80u
void row_name(const struct group *group, const struct row *row, char name[ROW_NAME_SIZE]);
bool row_varies(const struct group *group, const struct row *row); /* it has several */
/* What style.gp knows: one of the five names, or "other". */
const char *strategy_look(const char *strategy);
const char *row_look(const struct row *row);
/* Why it has no time, in the words of the table. */
void row_excuse(const struct row *row, char *text, size_t size);
#define GROUP_NAME_SIZE 80u
/* Its parent and variant, "" if it has none. */
void group_rare(const struct group *group, char text[GROUP_NAME_SIZE]);
/* Workload, and where two groups share it, the summary that tells them apart; then the above. */
void group_name(const struct groups *groups, const struct group *group, char name[GROUP_NAME_SIZE]);

/* A median and its interval in one unit, with three digits, or four where that tells its
 * ends apart. An interval that is none gives "–". */
#define TIME_TEXT_SIZE 48u
void time_texts(const struct estimate *time, char value[TIME_TEXT_SIZE],
                char range[TIME_TEXT_SIZE]);

/* The data file stem.what.tsv; its first line names its columns. data_close: 0 or -errno. */
int data_open(const char *stem, const char *what, const char *columns, FILE **ret_file);
int data_close(FILE *file);
/* One line of the words file; a NaN is a programming error. */
void data_put_text(FILE *words, const char *name, const char *value);
void data_put_number(FILE *words, const char *name, double value);
/* Lines "name1" and "name2" of a text that may be too long for one; returns how many. */
size_t data_put_lines(FILE *words, const char *name, const char *text,
                      const struct label_room *room);
/* Title and method as numbered lines. Returns where the drawing may begin. */
double data_put_head(FILE *words, const struct plot_words *text);

/* Of the longest name of a row, in pixels. */
double rows_width(const struct groups *groups);
/* Ratios above this are written at the edge and not drawn; INFINITY if all are drawn. */
double axis_limit(const struct groups *groups);
/* What its ends are called. */
void data_put_directions(FILE *words, enum metric metric);
/* The marks of an axis of ratios that is `width` pixels long. */
int data_write_ticks(const char *stem, double min, double max, double width);

/* Write the data files of a picture. 0 or a negative errno; -ENODATA: nothing to draw. */
int plot_data_time(const struct groups *groups, const struct plot_words *words, enum metric metric,
                   const char *stem);
int plot_data_timeline(const struct group *group, const struct plot_words *words, const char *stem);

/* What one strategy's timeline amounts to. */
struct lanes {
    size_t count;    /* of workers */
    double wall_ns;  /* first submit .. the caller knew that the last task had ended */
    double busy;     /* share of wall_ns in which the workers had a task */
    double begun_ns; /* when the last of the workers began its first task */
    size_t failed;   /* tasks */
};
void lanes_measure(const struct series *series, struct lanes *ret_lanes);
/* The serial row that others are compared with; NULL without one that has a timeline. */
const struct row *lanes_serial(const struct group *group);
/* "2.0× faster", "1.3× slower", "as fast as serial". */
void lanes_compare(double serial_ns, double wall_ns, char *text, size_t size);
/* What to write into the bar of a task that is so many pixels wide; "" if nothing fits. */
void span_label(const struct group *group, const struct series *series, const struct span *span,
                double width, char *text, size_t size);

#endif
