/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a folder, each with a sentence on how to read it and its numbers. */
#include "output/report_parts.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What comes first, and how to read it. A picture is named after its kind: "timeline-sleep". */
static const struct {
    const char *kind, *title, *reading;
} kinds[] = {
    {"time", "Time by strategy",
     "How to read it: further left is faster; the mark is the median of the ratios to the fastest "
     "in the same epoch, the bar its 95 % interval, the faint dots the epochs. A bar that reaches "
     "the line of the fastest leaves open which of the two is faster."},
    {"timeline", "When each task ran",
     "How to read it: each line is a worker, each bar a task from begin to end, all on one clock. "
     "Bars side by side are work done at the same time; blank is waiting."},
    {"speedup", "Speed-up by workers",
     "How to read it: on the dotted line twice the workers are twice as fast; where a curve leaves "
     "it, more workers bring less, and where it falls, they cost."},
    {"cost", "Cost of a task by its length",
     "How to read it: the diagonal is serial; where a curve crosses below it, at the ring, tasks "
     "are long enough for that strategy to pay."},
    {"winners", "Who wins where",
     "How to read it: each cell names the fastest strategy for tasks that long on so many workers; "
     "a blank cell is a tie."},
    {"machines", "On other machines",
     "How to read it: each dot is the ratio of processes to threads on one machine with its "
     "interval; right of 1, threads are faster."},
    {"order", "In the order taken",
     "How to read it: samples from left to right as they were taken; a slope is drift, a step is "
     "something that happened to the machine."},
    {"memory", "Memory",
     "How to read it: longer bars are more memory for each worker; what is shared is counted "
     "once."},
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

static size_t kind_find(const char *name)
{
    const size_t length = strcspn(name, "-.");

    for (size_t i = 0; i < KINDS; i++) {
        if (strlen(kinds[i].kind) == length && memcmp(name, kinds[i].kind, length) == 0) {
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

static int figure_write(const struct page *page, const char *name)
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
    html_text(page->out, kind < KINDS ? kinds[kind].reading : stem);
    fputs("</figcaption>\n<details><summary>The same in numbers", page->out);
    html_format(page->out, ": %s", stem);
    fputs("</summary>\n", page->out);
    r = r < 0 ? r : report_numbers_write(page, page->file->pictures, stem);
    fputs("</details>\n</figure>\n", page->out);
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
            page_heading(page, 1, NULL, kind < KINDS ? kinds[kind].title : "More pictures");
            last = kind;
        }
        r = r < 0 ? r : figure_write(page, entries[i]->d_name);
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
