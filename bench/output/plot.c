/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/plot.h"

#include "output/gnuplot.h"
#include "output/picture_file.h"
#include "output/plot_data.h"
#include "output/plot_kinds.h"
#include "output/plot_label.h"
#include "output/svg_theme.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_NS 20000000000u

const char *const plot_format_names[] = {"svg", "png", "pdf", NULL};
const char *const plot_theme_names[] = {"light", "dark", NULL};

/* Names that belong to one picture; all owned. */
struct plot_paths {
    char *out;    /* where it is to appear */
    char *stem;   /* that without its ending, as gnuplot must see it */
    char *part;   /* what gnuplot writes, beside it */
    char *script; /* as gnuplot must see it */
};

/* One format of a picture. */
struct sheet {
    struct plot_paths paths;
    struct gnuplot_child child;
    bool themed;
};

struct plot_drawing {
    struct plot_words words;
    struct sheet sheets[PLOT_FORMATS];
    size_t count; /* of those that gnuplot draws */
};

static void paths_release(struct plot_paths *paths)
{
    free(paths->out);
    free(paths->stem);
    free(paths->part);
    free(paths->script);
}

static int paths_make(const struct plot_request *request, struct plot_paths *ret_paths)
{
    struct plot_paths paths = {.out = strdup(request->out_path),
                               .stem = gnuplot_path(request->out_path)};
    char *script = NULL;

    if (!paths.out || !paths.stem) {
        paths_release(&paths);
        return -ENOMEM;
    }
    if (asprintf(&paths.part, "%s.part", paths.stem) < 0) {
        paths.part = NULL;
    }
    char *name = strrchr(paths.stem, '/') + 1, *dot = strrchr(name, '.');
    if (dot && dot != name) {
        *dot = '\0';
    }
    if (asprintf(&script, "%s/%s.gp", request->scripts_dir,
                 plot_kinds[request->kind].chart ? "chart" : plot_kind_names[request->kind]) >= 0) {
        paths.script = gnuplot_path(script);
        free(script);
    }
    if (!paths.part || !paths.script) {
        paths_release(&paths);
        return -ENOMEM;
    }
    *ret_paths = paths;
    return 0;
}

/* "tvp-timeline-sleep": made of the file's name, so that two pictures of a page differ. */
static void picture_id(const char *stem, char *id, size_t size)
{
    id[0] = '\0';
    label_add(id, size, "tvp-%s", strrchr(stem, '/') + 1);
    for (char *p = id; *p; p++) {
        *p = isascii((unsigned char)*p) && isalnum((unsigned char)*p) ? *p : '-';
    }
}

static int part_theme(const struct plot_paths *paths, const struct plot_words *words)
{
    char id[80], *drawn = NULL, *themed = NULL;

    picture_id(paths->stem, id, sizeof(id));
    int r = picture_read(paths->part, &drawn);
    if (r < 0) {
        return r;
    }
    const struct svg_words texts = {id, words->title, words->description};
    r = svg_theme(drawn, &texts, &themed);
    free(drawn);
    if (r == 0) {
        r = picture_write(paths->part, themed);
        free(themed);
    }
    return r;
}

static int sheet_start(const struct plot_request *request, struct sheet *sheet, char *why)
{
    const struct plot_paths *paths = &sheet->paths;

    sheet->themed = request->format == PLOT_SVG;
    const char *const arguments[] = {plot_format_names[request->format],
                                     plot_theme_names[sheet->themed ? PLOT_LIGHT : request->theme],
                                     paths->part, paths->stem, NULL};
    const struct gnuplot_run run = {paths->script, arguments, LIMIT_NS};

    if (access(paths->script, R_OK) < 0) {
        snprintf(why, PLOT_WHY_SIZE, "cannot read %.200s: %s", paths->script, strerror(errno));
        return -EIO; /* not -ENOENT, which speaks of gnuplot */
    }
    return gnuplot_start(&run, &sheet->child, why, PLOT_WHY_SIZE);
}

static int sheet_end(const struct sheet *sheet, const struct plot_words *words, char *why)
{
    const struct plot_paths *paths = &sheet->paths;
    int r = gnuplot_wait(&sheet->child, why, PLOT_WHY_SIZE);

    if (r < 0) {
        goto remove_part;
    }
    if (sheet->themed) {
        r = part_theme(paths, words);
    }
    if (r == 0 && rename(paths->part, paths->out) < 0) {
        r = -errno;
    }
    if (r == 0) {
        return 0;
    }
    snprintf(why, PLOT_WHY_SIZE, "cannot write %.200s: %s", paths->out, strerror(-r));
    r = r == -ENOENT ? -EIO : r;
remove_part:
    (void)unlink(paths->part);
    return r;
}

/* The data are written with the first sheet, and are those of all. */
static int sheet_begin(struct plot_drawing *drawing, const struct record *record,
                       const struct groups *groups, const struct plot_request *request, char *why)
{
    struct sheet sheet;
    int r = paths_make(request, &sheet.paths);

    if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
        return r;
    }
    if (drawing->count == 0) {
        r = plot_data_write(record, groups, request, sheet.paths.stem, &drawing->words);
    }
    if (r == -ENODATA) {
        plot_why_nothing(request->kind, why);
    } else if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "cannot write the data of %.200s: %s", request->out_path,
                 strerror(-r));
        r = r == -ENOENT ? -EIO : r;
    } else {
        r = sheet_start(request, &sheet, why);
    }
    if (r < 0) {
        paths_release(&sheet.paths);
        return r;
    }
    drawing->sheets[drawing->count++] = sheet;
    return 0;
}

int plot_begin(const struct record *record, const struct groups *groups,
               const struct plot_request *requests, size_t count, struct plot_drawing **ret_drawing,
               char *why)
{
    struct plot_drawing *drawing = calloc(1, sizeof(*drawing));
    char unheard[PLOT_WHY_SIZE];
    int r = drawing ? 0 : -ENOMEM;

    if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
        return r;
    }
    for (size_t i = 0; i < count && i < PLOT_FORMATS && r == 0; i++) {
        r = sheet_begin(drawing, record, groups, &requests[i], why);
    }
    if (r < 0) {
        (void)plot_end(drawing, unheard);
        return r;
    }
    *ret_drawing = drawing;
    return 0;
}

int plot_end(struct plot_drawing *drawing, char *why)
{
    char later[PLOT_WHY_SIZE];
    int r = 0;

    for (size_t i = 0; i < drawing->count; i++) {
        int ended = sheet_end(&drawing->sheets[i], &drawing->words, r < 0 ? later : why);

        r = r < 0 ? r : ended;
        paths_release(&drawing->sheets[i].paths);
    }
    free(drawing);
    return r;
}

int plot_draw(const struct record *record, const struct groups *groups,
              const struct plot_request *request, char *why)
{
    struct plot_drawing *drawing;
    int r = plot_begin(record, groups, request, 1, &drawing, why);

    return r < 0 ? r : plot_end(drawing, why);
}
