/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind a picture as tables. Those of the kinds known here are made from the record;
 * of any other, what was written for gnuplot is shown as it is. */
#include "base/units.h"
#include "output/report_parts.h"
#include "output/words.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int time_write(const struct page *page)
{
    static const char *const headers[] = {"workload", "strategy", "median", "from", "to", NULL};
    int r = 0;

    page_table_begin(page->out, "Medians and their 95 % intervals", headers);
    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        const struct group *group = &page->cold.items[i];
        char *label = label_text(&page->cold, group, &page_style);

        r = label ? 0 : -ENOMEM;
        for (size_t n = 0; n < group->row_count && r == 0; n++) {
            const struct row *row = &group->rows[n];

            if (row_has_time(row)) {
                page_row_begin(page->out, label);
                html_element(page->out, "td", "name", row->series->strategy);
                page_cell_duration(page->out, row->time.value);
                page_cell_duration(page->out, row->time.low);
                page_cell_duration(page->out, row->time.high);
                fputs("</tr>\n", page->out);
            }
        }
        free(label);
    }
    page_table_end(page->out);
    return r;
}

static void spans_write(FILE *out, const struct series *series)
{
    for (size_t i = 0; i < series->timeline.count; i++) {
        const struct span *span = &series->timeline.items[i];

        page_row_begin(out, series->strategy);
        fprintf(out, "<td>%u</td><td>%u</td>", span->task + 1, span->worker + 1);
        page_cell_duration(out, (double)span->start_ns);
        page_cell_duration(out, (double)span->end_ns);
        fprintf(out, "<td>%s</td></tr>\n", span->failed ? "failed" : "done");
    }
}

#define PLAIN_MAX 63u /* characters of a workload in the name of a picture */

/* Pictures are named after workloads, with "_" for all that is no plain letter, and a number at
 * the end where that is not enough: all workloads that fit are told. */
static bool is_named_after(const char *name, const char *workload)
{
    size_t i = 0;

    for (; i < PLAIN_MAX && workload[i] && name[i]; i++) {
        const bool plain = isascii((unsigned char)workload[i]) &&
                           (isalnum((unsigned char)workload[i]) || strchr("-_", workload[i]));

        if (name[i] != (plain ? workload[i] : '_')) {
            return false;
        }
    }
    return (i == PLAIN_MAX || !workload[i]) && (!name[i] || name[i] == '-');
}

static void timeline_write_all(const struct page *page, const char *name)
{
    static const char *const headers[] = {"strategy", "task", "worker", "begin",
                                          "end",      "how",  NULL};

    for (size_t i = 0; i < page->cold.count; i++) {
        const struct group *group = &page->cold.items[i];

        if (!is_named_after(name, group->workload)) {
            continue;
        }
        page_table_begin(page->out,
                         "Tasks in the order in which they ended, since the first submit", headers);
        for (size_t n = 0; n < group->row_count; n++) {
            spans_write(page->out, group->rows[n].series);
        }
        page_table_end(page->out);
    }
}

/* One line of a data file: tabs separate, and the first cell names the row. */
static void line_write(FILE *out, char *line)
{
    char *state = line, *cell = strsep(&state, "\t\n");

    page_row_begin(out, cell);
    while ((cell = strsep(&state, "\t\n")) && (state || *cell)) {
        html_element(out, "td", NULL, cell);
    }
    fputs("</tr>\n", out);
}

static void header_write(FILE *out, char *line, const char *what)
{
    char *state = line + strspn(line, "# "), *cell;

    fputs("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n"
          "<table><caption>",
          out);
    html_text(out, what);
    fputs("</caption>\n<thead><tr>", out);
    while ((cell = strsep(&state, "\t\n")) && (state || *cell)) {
        fputs("<th scope=\"col\">", out);
        html_text(out, cell);
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n<tbody>\n", out);
}

static int data_write(FILE *out, const char *folder, const char *name, const char *what)
{
    char path[PATH_MAX], *line = NULL, *head = NULL;
    size_t size = 0, head_size = 0, lines = 0;

    if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path)) {
        return -ENAMETOOLONG;
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        return -errno;
    }
    /* A table of nothing but headers is none. */
    bool any = getline(&head, &head_size, file) > 0;
    while (any && getline(&line, &size, file) > 0) {
        if (lines++ == 0) {
            header_write(out, head, what);
        }
        line_write(out, line);
    }
    if (lines > 0) {
        page_table_end(out);
    }
    free(line);
    free(head);
    fclose(file);
    return 0;
}

/* Every data file of the picture but its words, which it shows. */
static int data_write_all(FILE *out, const char *folder, const char *stem)
{
    const size_t length = strlen(stem);
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort), r = 0;

    if (count < 0) {
        return -errno;
    }
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name, *what = name + length + 1;

        if (r == 0 && strncmp(name, stem, length) == 0 && name[length] == '.' && strlen(what) > 4 &&
            strcmp(what + strlen(what) - 4, ".tsv") == 0 && strcmp(what, "words.tsv") != 0) {
            char title[NAME_MAX + 1];

            snprintf(title, sizeof(title), "%.*s", (int)strlen(what) - 4, what);
            r = data_write(out, folder, name, title);
        }
        free(entries[i]);
    }
    free(entries);
    return r;
}

int report_numbers_write(const struct page *page, const char *folder, const char *stem)
{
    if (strcmp(stem, "time") == 0) {
        return time_write(page);
    }
    if (strncmp(stem, "timeline-", 9) == 0) {
        timeline_write_all(page, stem + 9);
        return 0;
    }
    return data_write_all(page->out, folder, stem);
}
