/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a record, drawn by gnuplot. What is drawn, and every word in it, is decided here
 * and written to data files; the scripts of scripts/plots only place it. Text of a result file
 * is untrusted: it reaches gnuplot in data files only and never as part of a script. */
#ifndef TVP_PLOT_H
#define TVP_PLOT_H

#include "analysis/analysis.h"
#include "analysis/compare.h"
#include "output/style.h"
#include "record/record.h"

#include <stdio.h>

enum plot_kind {
    PLOT_TIMELINE, /* when each task of one group ran, and on which worker */
    PLOT_TIME,     /* time by strategy, for every group */
    PLOT_SPEEDUP,  /* of one group, against workers */
    PLOT_COST,     /* per task, against the length of a task */
    PLOT_MACHINES, /* ratios in several result files */
    PLOT_WINNERS,  /* map over length of a task x workers */
    PLOT_ORDER,    /* samples of one group in the order taken */
    PLOT_MEMORY,   /* of one worker, by kind of page */
    PLOT_KINDS,
};
extern const char *const plot_kind_names[]; /* "timeline", "time", ..., NULL */

enum plot_format { PLOT_SVG, PLOT_PNG, PLOT_PDF, PLOT_FORMATS };
extern const char *const plot_format_names[]; /* "svg", "png", "pdf", NULL */

enum plot_theme { PLOT_LIGHT, PLOT_DARK };
extern const char *const plot_theme_names[]; /* "light", "dark", NULL */

struct plot_request {
    enum plot_kind kind;
    enum plot_format format;
    enum plot_theme theme; /* PNG and PDF: an SVG follows its reader's preference */
    enum metric metric;    /* the one that the groups were made with */
    size_t group;          /* index, for kinds that show one group: plot_group_has() */
    const struct comparison *comparison; /* PLOT_MACHINES: of the files; else not looked at */
    const char *out_path;                /* the picture; its folder must exist */
    const char *scripts_dir;             /* where style.gp, chart.gp, time.gp, timeline.gp are */
};

#define PLOT_WHY_SIZE 400u

/* Whether a kind is drawn group by group, and whether this group has what it shows. */
bool plot_is_of_group(enum plot_kind kind);
bool plot_group_has(enum plot_kind kind, const struct group *group);
/* True if at least one strategy of the group kept the times of its tasks. */
bool plot_has_timeline(const struct group *group);
/* One line about a kind, and the command that would measure what it shows. */
const char *plot_summary(enum plot_kind kind);
const char *plot_remedy(enum plot_kind kind);

/* Draw one picture. It appears at out_path whole or not at all. Beside it stay its data, for
 * redrawing by hand (each script says how); for "x.svg" as for "x.png" these are
 *
 *   x.words.tsv  name and value: title, method, sizes in pixels, range of the axis
 *   time:        x.groups.tsv  x.rows.tsv  x.epochs.tsv  x.ticks.tsv
 *   timeline:    x.blocks.tsv  x.lanes.tsv  x.spans.tsv
 *   the others:  x.areas.tsv  x.lines.tsv  x.marks.tsv  x.labels.tsv  x.leaders.tsv
 *
 * Returns 0; -ENOENT: gnuplot is not installed (say it once and go on); -ENODATA: nothing of
 * that kind to draw; -ETIMEDOUT: gnuplot was stopped; another negative errno. On failure why
 * (PLOT_WHY_SIZE bytes) holds one sentence, and the data files may be there. The same record
 * and request give the same bytes on the same gnuplot. */
int plot_draw(const struct record *record, const struct groups *groups,
              const struct plot_request *request, char *why);

/* The same for `count` requests that differ in their formats and the endings of their paths alone,
 * so that they share the data. plot_begin() returns while gnuplot draws; plot_end() waits, whatever
 * comes of it, and tells of the first that failed. On failure of plot_begin() nothing goes on. */
struct plot_drawing;
int plot_begin(const struct record *record, const struct groups *groups,
               const struct plot_request *requests, size_t count, struct plot_drawing **ret_drawing,
               char *why);
int plot_end(struct plot_drawing *drawing, char *why);

/* The same with letters, without gnuplot; out_path, format, theme and scripts_dir are not looked
 * at. 0, -ENODATA with why, -ENOMEM or -EIO. */
int plot_text(FILE *out, const struct record *record, const struct groups *groups,
              const struct plot_request *request, const struct style *style, char *why);

#endif
