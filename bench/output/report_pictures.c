/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a folder, each with a sentence on how to read it and its numbers. */
#include "output/plot_kinds.h"
#include "output/report_parts.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What comes first. A picture is named after its kind: "timeline-sleep". */
static const enum plot_kind order[] = {
    PLOT_TIME,    PLOT_TIMELINE, PLOT_SPEEDUP, PLOT_COST,
    PLOT_WINNERS, PLOT_MACHINES, PLOT_ORDER,   PLOT_MEMORY,
};
#define KINDS (sizeof(order) / sizeof(*order))
_Static_assert(KINDS == PLOT_KINDS, "each kind has its place");

/* Of the place in this order. */
static const struct plot_kind_info *kind_at(size_t place)
{
    return &plot_kinds[order[place]];
}

static size_t kind_find(const char *name)
{
    const size_t length = strcspn(name, "-.");

    for (size_t i = 0; i < KINDS; i++) {
        if (strlen(kind_at(i)->name) == length && memcmp(name, kind_at(i)->name, length) == 0) {
            return i;
        }
    }
    return KINDS;
}

static int is_picture(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);

    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".svg") == 0;
}

static int by_kind(const struct dirent **a, const struct dirent **b)
{
    const size_t left = kind_find((*a)->d_name), right = kind_find((*b)->d_name);

    return left != right ? (left > right) - (left < right) : strcmp((*a)->d_name, (*b)->d_name);
}

/* The group that a picture is of, as its words say; NULL if it is of all, or not known. */
static const struct group *group_shown(const struct page *page, const char *stem)
{
    char path[PATH_MAX], *line = NULL;
    const struct group *group = NULL;
    size_t size = 0, number;

    if (snprintf(path, sizeof(path), "%s/%s.words.tsv", page->file->pictures, stem) >=
        (int)sizeof(path)) {
        return NULL;
    }
    FILE *file = fopen(path, "re");
    while (file && !group && getline(&line, &size, file) > 0) {
        if (sscanf(line, "group\t%zu", &number) == 1 && number > 0 && number <= page->cold.count) {
            group = &page->cold.items[number - 1];
        }
    }
    free(line);
    if (file) {
        fclose(file);
    }
    return group;
}

static int numbers_write(const struct page *page, enum plot_kind kind, const char *stem)
{
    const char *elsewhere = report_numbers_elsewhere(kind);

    if (elsewhere) {
        html_element(page->out, "p", "below", elsewhere);
        fputc('\n', page->out);
        return 0;
    }
    fputs("<details><summary>The same in numbers", page->out);
    html_format(page->out, ": %s", stem);
    fputs("</summary>\n", page->out);
    int r = report_numbers_write(page, kind, group_shown(page, stem));
    fputs("</details>\n", page->out);
    return r;
}

int report_figure_write(const struct page *page, const char *name)
{
    char path[PATH_MAX], stem[NAME_MAX + 1];
    const size_t kind = kind_find(name);

    if (snprintf(path, sizeof(path), "%s/%s", page->file->pictures, name) >= (int)sizeof(path)) {
        return -ENAMETOOLONG;
    }
    snprintf(stem, sizeof(stem), "%.*s", (int)(strlen(name) - 4), name);
    /* Wider than a phone: it scrolls by itself, so it must be reachable by keyboard. */
    fputs("<figure>\n<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"Picture: ",
          page->out);
    html_text(page->out, stem);
    fputs("\">\n", page->out);
    int r = report_svg_write(page->out, path, page->number);
    fputs("</div>\n<figcaption>", page->out);
    html_format(page->out, "How to read it: %s", kind < KINDS ? kind_at(kind)->reading : stem);
    fputs("</figcaption>\n", page->out);
    r = r < 0 || kind == KINDS ? r : numbers_write(page, order[kind], stem);
    fputs("</figure>\n", page->out);
    return r;
}

static int figures_write(const struct page *page)
{
    struct dirent **entries = NULL;
    int count = scandir(page->file->pictures, &entries, is_picture, by_kind), r = 0;
    size_t last = KINDS + 1;

    if (count < 0) {
        return -errno;
    }
    for (int i = 0; i < count; i++) {
        const size_t kind = kind_find(entries[i]->d_name);

        if (r == 0 && kind != last) {
            page_heading(page, 1, NULL, kind < KINDS ? kind_at(kind)->title : "More pictures");
            last = kind;
        }
        r = r < 0 ? r : report_figure_write(page, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return r;
}

int report_pictures_write(const struct page *page)
{
    int r = 0;

    fputs("<section>\n", page->out);
    page_heading(page, 0, "pictures", "Pictures");
    if (page->file->pictures) {
        r = figures_write(page);
    } else {
        fputs("<p>", page->out);
        html_format(page->out,
                    "No pictures: %s. The bars of the tables below show the same medians.",
                    page->no_pictures ? page->no_pictures : "they were not asked for");
        fputs("</p>\n", page->out);
    }
    fputs("</section>\n", page->out);
    return r;
}
