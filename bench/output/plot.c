/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/plot.h"

#include "output/gnuplot.h"
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
#define PICTURE_BYTES_MAX (64u << 20)

const char *const plot_format_names[] = {"svg", "png", "pdf", NULL};
const char *const plot_theme_names[] = {"light", "dark", NULL};

/* Names that belong to one picture; all owned. */
struct plot_paths {
    char *stem;   /* out_path without its ending, as gnuplot must see it */
    char *part;   /* what gnuplot writes, beside out_path */
    char *script; /* as gnuplot must see it */
};

static void paths_release(struct plot_paths *paths)
{
    free(paths->stem);
    free(paths->part);
    free(paths->script);
}

static int paths_make(const struct plot_request *request, struct plot_paths *ret_paths)
{
    struct plot_paths paths = {.stem = gnuplot_path(request->out_path)};
    char *script = NULL;

    if (!paths.stem) {
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

static int file_read(const char *path, char **ret_text)
{
    FILE *file = fopen(path, "re");
    int r = -EIO;

    if (!file) {
        return -errno;
    }
    if (fseek(file, 0, SEEK_END) != 0) {
        goto close_file;
    }
    long size = ftell(file);
    if (size <= 0 || size > (long)PICTURE_BYTES_MAX || fseek(file, 0, SEEK_SET) != 0) {
        goto close_file;
    }
    char *text = malloc((size_t)size + 1);
    if (!text) {
        r = -ENOMEM;
        goto close_file;
    }
    if (fread(text, 1, (size_t)size, file) != (size_t)size) {
        free(text);
        goto close_file;
    }
    text[size] = '\0';
    *ret_text = text;
    r = 0;
close_file:
    fclose(file);
    return r;
}

static int file_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    if (!file) {
        return -errno;
    }
    fputs(text, file);
    return data_close(file);
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
    int r = file_read(paths->part, &drawn);
    if (r < 0) {
        return r;
    }
    const struct svg_words texts = {id, words->title, words->description};
    r = svg_theme(drawn, &texts, &themed);
    free(drawn);
    if (r == 0) {
        r = file_write(paths->part, themed);
        free(themed);
    }
    return r;
}

static int chart_data_write(const struct record *record, const struct groups *groups,
                            const struct plot_request *request, const char *stem,
                            struct plot_words *ret_words)
{
    struct chart chart = {.items = NULL};
    int r = plot_chart(record, groups, request, &chart, ret_words);

    if (r == 0) {
        r = chart_write(&chart, ret_words, stem);
    }
    chart_release(&chart);
    return r;
}

static int data_write(const struct record *record, const struct groups *groups,
                      const struct plot_request *request, const char *stem,
                      struct plot_words *ret_words)
{
    struct plot_words words = {.title = ""};
    int r;

    if (plot_kinds[request->kind].chart) {
        r = chart_data_write(record, groups, request, stem, &words);
    } else if (request->kind == PLOT_TIME) {
        plot_words_time(record, groups, request->metric, &words);
        r = plot_data_time(groups, &words, request->metric, stem);
    } else if (request->group < groups->count) {
        plot_words_timeline(record, &groups->items[request->group], &words);
        words.group = request->group + 1;
        r = plot_data_timeline(&groups->items[request->group], &words, stem);
    } else {
        r = -ENODATA;
    }
    if (r == 0) {
        /* gnuplot's files are cleaned line by line; these two go straight into the SVG. */
        *ret_words = words;
        label_clean(words.title, ret_words->title, sizeof(ret_words->title));
        label_clean(words.description, ret_words->description, sizeof(ret_words->description));
    }
    return r;
}

static int picture_make(const struct plot_request *request, const struct plot_paths *paths,
                        const struct plot_words *words, char *why)
{
    bool svg = request->format == PLOT_SVG;
    const char *const arguments[] = {plot_format_names[request->format],
                                     plot_theme_names[svg ? PLOT_LIGHT : request->theme],
                                     paths->part, paths->stem, NULL};
    const struct gnuplot_run run = {paths->script, arguments, LIMIT_NS};

    if (access(paths->script, R_OK) < 0) {
        snprintf(why, PLOT_WHY_SIZE, "cannot read %.200s: %s", paths->script, strerror(errno));
        return -EIO; /* not -ENOENT, which speaks of gnuplot */
    }
    int r = gnuplot_run(&run, why, PLOT_WHY_SIZE);
    if (r < 0) {
        goto remove_part;
    }
    if (svg) {
        r = part_theme(paths, words);
    }
    if (r == 0 && rename(paths->part, request->out_path) < 0) {
        r = -errno;
    }
    if (r == 0) {
        return 0;
    }
    snprintf(why, PLOT_WHY_SIZE, "cannot write %.200s: %s", request->out_path, strerror(-r));
    r = r == -ENOENT ? -EIO : r;
remove_part:
    (void)unlink(paths->part);
    return r;
}

int plot_draw(const struct record *record, const struct groups *groups,
              const struct plot_request *request, char *why)
{
    struct plot_paths paths;
    struct plot_words words;

    int r = paths_make(request, &paths);
    if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "%s", strerror(-r));
        return r;
    }
    r = data_write(record, groups, request, paths.stem, &words);
    if (r == -ENODATA) {
        plot_why_nothing(request->kind, why);
    } else if (r < 0) {
        snprintf(why, PLOT_WHY_SIZE, "cannot write the data of %.200s: %s", request->out_path,
                 strerror(-r));
        r = r == -ENOENT ? -EIO : r;
    } else {
        r = picture_make(request, &paths, &words, why);
    }
    paths_release(&paths);
    return r;
}
