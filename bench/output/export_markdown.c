/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdict and tables as tvp show has them, in GitHub flavoured Markdown. */
#include "base/stream.h"
#include "output/export_cells.h"
#include "output/table_parts.h"
#include "output/text.h"
#include "output/verdict.h"
#include "output/words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WIDE 1000000u /* lines are broken by whoever renders them */
static const struct style wide = {.width = WIDE};

/* Whether a byte could begin something other than itself where it stands. Any punctuation may be
 * escaped and then means itself, but escaping all of it would be hard to read. */
static bool needs_escape(const char *text, size_t i)
{
    if (strchr("\\`*_[]<>&|~$", text[i])) {
        return true;
    }
    if (i == 0) {
        return ispunct((unsigned char)text[i]); /* a list, a heading */
    }
    if (text[i] == '.' || text[i] == ')') { /* "1. " and "1) " begin lists, "www." a link */
        bool number = strspn(text, "0123456789") == i && (!text[i + 1] || text[i + 1] == ' ');

        return number || (i >= 3 && strncasecmp(text + i - 3, "www", 3) == 0);
    }
    return text[i] == ':' && text[i + 1] == '/';
}

/* The comment keeps GitHub from calling a person by name; it shows nowhere. */
static void write_escaped(FILE *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '@') {
            fputs("@<!-- -->", out);
        } else {
            fputs(needs_escape(text, i) ? "\\" : "", out);
            fputc(text[i], out);
        }
    }
}

/* Lines that were written for a terminal, each a paragraph, or after mark an item of a list. What
 * two blanks set off at the beginning of an item is a name, as in the verdict on a group. */
static void write_lines(FILE *out, char *text, const char *mark)
{
    char *rest = text, *line;

    while ((line = strsep(&rest, "\n"))) {
        line += strspn(line, " ");
        const char *gap = strstr(line, "  ");

        if (!*line) {
            continue;
        }
        fputs(mark, out);
        if (gap && *mark) {
            fputs("**", out);
            write_escaped(out, line, (size_t)(gap - line));
            fputs("** ", out);
            line += (size_t)(gap - line);
            line += strspn(line, " ");
        }
        write_escaped(out, line, strlen(line));
        fputs(*mark ? "\n" : "\n\n", out);
    }
}

/* What others write for a terminal, in memory. */
struct captured {
    FILE *file;
    char *bytes;
    size_t size;
};

static int capture_end(struct captured *captured, int r)
{
    int ended = stream_end(captured->file, &captured->bytes);

    return r < 0 ? r : ended;
}

static int write_verdict(FILE *out, const struct record *record, const struct groups *groups,
                         const struct groups *warm)
{
    struct captured captured = {.bytes = NULL};
    int r;

    captured.file = open_memstream(&captured.bytes, &captured.size);
    r = captured.file ? verdict_write(captured.file, record, groups, warm, &wide) : -ENOMEM;
    r = capture_end(&captured, r);
    if (r == 0) {
        /* The first paragraph is the answer, then comes a line for each group. */
        char *groups_text = strstr(captured.bytes, "\n\n");

        if (groups_text) {
            *groups_text = '\0';
        }
        write_lines(out, captured.bytes, "");
        if (groups_text) {
            write_lines(out, groups_text + 1, "- ");
            fputc('\n', out);
        }
    }
    free(captured.bytes);
    return r;
}

static int write_title(FILE *out, const struct groups *groups, const struct group *group)
{
    char *label = label_text(groups, group, &wide);
    char *summary = export_text(group->summary);
    int r = label && summary ? 0 : -ENOMEM;

    if (r == 0) {
        fputs("### ", out);
        write_escaped(out, label, strlen(label));
        fputs(*summary ? " · " : "", out);
        write_escaped(out, summary, strlen(summary));
        fputs("\n\n", out);
    }
    free(label);
    free(summary);
    return r;
}

static bool is_shown(enum metric metric, enum column column)
{
    return metric != METRIC_CPU || (column != COLUMN_SPEEDUP && column != COLUMN_CPU);
}

static void write_head(FILE *out, enum metric metric)
{
    fputs("| strategy |", out);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        if (is_shown(metric, column)) {
            fprintf(out, " %s |", column_header(metric, column));
        }
    }
    fputs("\n|:---|", out);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        fputs(is_shown(metric, column) ? "---:|" : "", out);
    }
    fputc('\n', out);
}

static int write_row_line(FILE *out, const struct layout *layout, const struct row *row)
{
    char cell[CELL_SIZE], *name = export_text(row->series->strategy);

    if (!name) {
        return -ENOMEM;
    }
    fputs("| ", out);
    write_escaped(out, name, strlen(name));
    fputs(" |", out);
    free(name);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        if (is_shown(layout->metric, column)) {
            cell_format(layout, row, column, cell);
            size_t length = strlen(cell);

            while (length > 0 && cell[length - 1] == ' ') {
                length--;
            }
            fputc(' ', out);
            write_escaped(out, cell, length);
            fputs(" |", out);
        }
    }
    fputc('\n', out);
    return 0;
}

static int write_notes(FILE *out, const struct group *group)
{
    struct captured captured = {.bytes = NULL};
    int r;

    captured.file = open_memstream(&captured.bytes, &captured.size);
    r = captured.file ? table_notes_write(captured.file, group, &wide) : -ENOMEM;
    r = capture_end(&captured, r);
    fputc('\n', out);
    if (r == 0 && captured.size > 0) {
        write_lines(out, captured.bytes, "- ");
        fputc('\n', out);
    }
    free(captured.bytes);
    return r;
}

static int write_group(FILE *out, const struct groups *groups, const struct group *group,
                       enum metric metric)
{
    const struct layout layout = {.metric = metric, .style = &wide};
    int r = write_title(out, groups, group);

    if (r == 0) {
        write_head(out, metric);
    }
    for (size_t i = 0; i < group->row_count && r == 0; i++) {
        r = write_row_line(out, &layout, &group->rows[i]);
    }
    return r < 0 ? r : write_notes(out, group);
}

static int write_run(FILE *out, const struct record *record, enum metric metric)
{
    struct groups groups = {0}, warm = {0};
    bool with_warm = metric == METRIC_COLD;
    int r = groups_make(record, metric, &groups);

    if (r == 0 && with_warm) {
        r = groups_make(record, METRIC_WARM, &warm);
    }
    r = r < 0 ? r : write_verdict(out, record, &groups, with_warm ? &warm : NULL);
    for (size_t i = 0; i < groups.count && r == 0; i++) {
        r = write_group(out, &groups, &groups.items[i], metric);
    }
    if (r == 0 && !record_complete(record)) {
        fputs("The run is not complete: it was interrupted, or it still goes on.\n\n", out);
    }
    groups_release(&groups);
    groups_release(&warm);
    return r;
}

static int markdown_write(const struct export_job *job)
{
    int r = 0;

    for (size_t i = 0; i < job->count && r == 0; i++) {
        r = write_run(job->out, job->records[i], job->metric);
    }
    return r < 0 ? r : text_done(job->out);
}

const struct export_format export_markdown = {
    .name = "markdown",
    .summary = "verdict and tables as tvp show has them, GitHub flavoured",
    .write = markdown_write,
};
