/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/isolation_text.h"

#include "base/units.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define INDENT 2u
#define NAME_WIDTH 24u
#define CELL_WIDTH 16u
#define CELL_SIZE ISOLATION_CELL_SIZE

static void survived_text(const struct isolation *isolation, char cell[CELL_SIZE])
{
    char survived[UNITS_SIZE], others[UNITS_SIZE];

    snprintf(cell, CELL_SIZE, "%s of %s", format_count(isolation->survived, survived),
             format_count(isolation->others, others));
}

/* A trial that was lost is noticed by whoever waits for it; there is no time to tell of. */
static void noticed_text(const struct isolation *isolation, char cell[CELL_SIZE])
{
    char noticed[UNITS_SIZE];

    if (isolation->trial_lost) {
        snprintf(cell, CELL_SIZE, "trial lost");
    } else if (isnan(isolation->noticed_ns)) {
        snprintf(cell, CELL_SIZE, "-");
    } else {
        snprintf(cell, CELL_SIZE, "%s", format_duration(isolation->noticed_ns, noticed));
    }
}

const char *const isolation_headers[ISOLATION_CELLS] = {"others survived", "noticed after",
                                                        "could be stopped"};

unsigned isolation_columns(const struct group *group)
{
    return isolation_hangs(group) ? ISOLATION_CELLS : ISOLATION_CELLS - 1;
}

void isolation_cells(const struct isolation *isolation,
                     char cells[ISOLATION_CELLS][ISOLATION_CELL_SIZE])
{
    survived_text(isolation, cells[0]);
    noticed_text(isolation, cells[1]);
    snprintf(cells[2], CELL_SIZE, "%s", isolation->trial_lost ? "no" : "yes");
}

/* The name comes from a file, so it is made safe; the cells are ours and ASCII. */
static int line_write(FILE *out, const char *name, const char *const *cells, size_t count,
                      const struct style *style)
{
    char *clean = strdup(name);
    int r = clean ? 0 : -ENOMEM;

    if (r == 0) {
        int width = (int)text_width(text_clean(clean, style));

        fprintf(out, "%*s%s%*s", (int)INDENT, "", clean,
                width < (int)NAME_WIDTH ? (int)NAME_WIDTH - width : 0, "");
        for (size_t i = 0; i < count; i++) {
            fprintf(out, "  %*s", (int)CELL_WIDTH, cells[i]);
        }
        fputc('\n', out);
    }
    free(clean);
    return r;
}

static int row_write(FILE *out, const struct row *row, unsigned columns, const struct style *style)
{
    char cells[ISOLATION_CELLS][CELL_SIZE];
    struct isolation isolation;

    if (!isolation_of(row, &isolation)) {
        return 0;
    }
    isolation_cells(&isolation, cells);
    return line_write(out, row->series->strategy,
                      (const char *const[ISOLATION_CELLS]){cells[0], cells[1], cells[2]}, columns,
                      style);
}

static int group_write(FILE *out, const struct groups *groups, const struct group *group,
                       const struct style *style)
{
    const unsigned columns = isolation_columns(group);
    struct paragraph title;
    int r = paragraph_begin(&title);

    if (r < 0) {
        return r;
    }
    fputc('\n', out);
    fputs("isolation · ", title.file);
    write_label(title.file, groups, group);
    fprintf(title.file, ", %s: one bad task, and what is left of the others",
            group->summary ? group->summary : "");
    fputs(style_bold(style), out);
    r = paragraph_end(&title, out, style, 0, INDENT);
    fputs(style_plain(style), out);
    r = r < 0 ? r : line_write(out, "strategy", isolation_headers, columns, style);
    for (size_t i = 0; i < group->row_count && r == 0; i++) {
        r = row_write(out, &group->rows[i], columns, style);
    }
    return r;
}

int isolation_write(FILE *out, const struct groups *groups, const struct style *style)
{
    int r = 0;

    for (size_t i = 0; i < groups->count && r == 0; i++) {
        if (isolation_fits(&groups->items[i])) {
            r = group_write(out, groups, &groups->items[i], style);
        }
    }
    return r < 0 ? r : text_done(out);
}
