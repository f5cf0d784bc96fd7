/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a record, drawn by gnuplot. What is drawn, and every word in it, is decided here
 * and written to data files; the scripts of scripts/plots only place it. Text of a result file
 * is untrusted: it reaches gnuplot in data files only and never as part of a script. */
#ifndef TVP_PLOT_H
#define TVP_PLOT_H

#include "analysis/analysis.h"
#include "record/record.h"

enum plot_kind {
    PLOT_TIMELINE, /* when each task of one group ran, and on which worker */
    PLOT_TIME,     /* time by strategy, for every group */
};
extern const char *const plot_kind_names[]; /* "timeline", "time", NULL */

enum plot_format { PLOT_SVG, PLOT_PNG };
extern const char *const plot_format_names[]; /* "svg", "png", NULL */

enum plot_theme { PLOT_LIGHT, PLOT_DARK };
extern const char *const plot_theme_names[]; /* "light", "dark", NULL */

struct plot_request {
    enum plot_kind kind;
    enum plot_format format;
    enum plot_theme theme;   /* PNG only: an SVG follows its reader's preference */
    enum metric metric;      /* the one that the groups were made with */
    size_t group;            /* PLOT_TIMELINE: index into groups */
    const char *out_path;    /* the picture; its folder must exist */
    const char *scripts_dir; /* where style.gp, time.gp and timeline.gp are */
};

#define PLOT_WHY_SIZE 400u

/* True if at least one strategy of the group kept the times of its tasks. */
bool plot_has_timeline(const struct group *group);

/* Draw one picture. It appears at out_path whole or not at all. Beside it stay its data, for
 * redrawing by hand (each script says how); for "x.svg" as for "x.png" these are
 *
 *   x.words.tsv  name and value: title, method, sizes in pixels, range of the axis
 *   time:        x.groups.tsv  x.rows.tsv  x.epochs.tsv  x.ticks.tsv
 *   timeline:    x.blocks.tsv  x.lanes.tsv  x.spans.tsv
 *
 * Returns 0; -ENOENT: gnuplot is not installed (say it once and go on); -ENODATA: nothing of
 * that kind to draw; -ETIMEDOUT: gnuplot was stopped; another negative errno. On failure why
 * (PLOT_WHY_SIZE bytes) holds one sentence, and the data files may be there. The same record
 * and request give the same bytes on the same gnuplot. */
int plot_draw(const struct record *record, const struct groups *groups,
              const struct plot_request *request, char *why);

#endif
