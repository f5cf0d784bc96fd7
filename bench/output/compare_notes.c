/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why there is no number, or no verdict, and what would help. Rows of one title with the same
 * reason share a line. */
#include "base/units.h"
#include "output/compare_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOTE_INDENT 2u

/* Where a refused unit's work differs from that of the row's first. */
static void write_refusal(FILE *out, const struct comparison *comparison,
                          const struct compare_row *row, const struct unit *unit)
{
    const struct unit *first = NULL;

    for (size_t i = 0; i < comparison->column_count && !first; i++) {
        for (size_t j = 0; j < row->cells[i].count && !first; j++) {
            const struct unit *other = row->cells[i].members[j];

            first = other->state == UNIT_GOOD &&
                            strcmp(other->group->workload, unit->group->workload) == 0
                        ? other
                        : NULL;
        }
    }
    const char *arguments = unit->group->arguments, *theirs = first ? first->group->arguments : "";

    if (first && !parent_same(&unit->group->parent, &first->group->parent)) {
        char own[PARENT_TEXT_SIZE], other[PARENT_TEXT_SIZE];

        fprintf(out, "another parent: %s, not %s", parent_text(&unit->group->parent, own),
                parent_text(&first->group->parent, other));
    } else if (unit->state == UNIT_ARGUMENTS) {
        fprintf(out, "other arguments: %s, not %s", arguments && arguments[0] ? arguments : "none",
                theirs && theirs[0] ? theirs : "none");
    } else if (unit->state == UNIT_TASKS) {
        char count[UNITS_SIZE];

        fputs("other work: ", out);
        write_count(out, unit->group->tasks, "task");
        fprintf(out, ", not %s", format_count(first ? first->group->tasks : 0, count));
    } else {
        fputs("another answer to the same tasks", out);
    }
}

static void write_state(FILE *out, const struct comparison *comparison,
                        const struct compare_row *row, const struct unit *unit)
{
    fputs("not compared: ", out);
    switch (unit->state) {
    case UNIT_FAILED:
        write_reason(out, unit->row);
        break;
    case UNIT_BASE_FAILED:
        fprintf(out, "%s: ", unit->base->series->strategy);
        write_reason(out, unit->base);
        break;
    case UNIT_NO_BASE:
        fprintf(out, "there is no %s", comparison->settings.base);
        break;
    case UNIT_NO_EPOCHS:
        fprintf(out,
                comparison->settings.absolute ? "no time above 0" : "no epoch in common with %s",
                comparison->settings.base);
        break;
    default:
        write_refusal(out, comparison, row, unit);
    }
}

static void write_doubt_of(FILE *out, const struct comparison *comparison,
                           const struct compare_row *row, const struct compare_cell *cell)
{
    const struct unit *suspect = cell_suspect(&row->cells[0]);

    suspect = suspect ? suspect : cell_suspect(cell);
    fprintf(out, "%s: ", change_word(CHANGE_UNSURE));
    write_unsure(out, &(struct doubt){
                          .why = cell->unsure,
                          .ratio = &cell->difference,
                          .group = suspect ? suspect->group : NULL,
                          .where = suspect ? comparison->files[suspect->file].name : "each file",
                          .margin = comparison->settings.threshold,
                          .epochs = cell->epochs,
                          .comparisons = comparison->tested,
                          .spread = sqrt(cell->spread.between),
                      });
}

void write_cell_reason(FILE *out, const struct comparison *comparison,
                       const struct compare_row *row, size_t column)
{
    const struct compare_cell *cell = &row->cells[column];

    if (cell->count == 0) {
        fputs("not in this file", out);
        return;
    }
    for (size_t i = 0; i < cell->count; i++) {
        if (cell->members[i]->state != UNIT_GOOD) {
            write_state(out, comparison, row, cell->members[i]);
            return;
        }
    }
    if (cell->change == CHANGE_UNSURE) {
        write_doubt_of(out, comparison, row, cell);
    } else if (cell->change == CHANGE_NONE && !estimate_has_interval(&cell->value)) {
        fprintf(out, "no interval: fewer than %zu" GLUE "epochs", evidence_needed(CONFIDENCE));
    }
}

/* Clean text of the reason, to be freed; NULL without memory. */
static char *reason_text(const struct comparison *comparison, const struct compare_row *row,
                         size_t column, const struct style *style)
{
    struct paragraph paragraph;

    if (paragraph_begin(&paragraph) < 0) {
        return NULL;
    }
    write_cell_reason(paragraph.file, comparison, row, column);
    return paragraph_take(&paragraph, style);
}

/* The rows of a section and their reasons in one column. */
struct reasons {
    const struct compare_row *rows;
    char **texts;
    size_t count;
};

static int reason_write(FILE *out, const struct reasons *reasons, size_t index, const char *column,
                        const struct style *style)
{
    struct paragraph note;
    int r = paragraph_begin(&note);
    size_t same = 0, written = 0;

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < reasons->count; i++) {
        same += strcmp(reasons->texts[i], reasons->texts[index]) == 0;
    }
    for (size_t i = 0; i < reasons->count; i++) {
        if (strcmp(reasons->texts[i], reasons->texts[index]) == 0) {
            fprintf(note.file, "%s%s", list_separator(written, same), reasons->rows[i].name);
            written++;
        }
    }
    bool named = reasons->rows[index].name[0];
    fprintf(note.file, "%s%s%s", named && column[0] ? " (" : "", column,
            named && column[0] ? "): " : ": ");
    fputs(reasons->texts[index], note.file);
    return paragraph_end(&note, out, style, NOTE_INDENT, 2 * NOTE_INDENT);
}

static int reasons_write(FILE *out, const struct reasons *reasons, const char *column,
                         const struct style *style)
{
    int r = 0;

    for (size_t i = 0; i < reasons->count && r == 0; i++) {
        bool told = !reasons->texts[i][0];

        for (size_t j = 0; j < i && !told; j++) {
            told = strcmp(reasons->texts[i], reasons->texts[j]) == 0;
        }
        r = told ? 0 : reason_write(out, reasons, i, column, style);
    }
    return r;
}

int compare_notes_write(FILE *out, const struct comparison *comparison, size_t first, size_t last,
                        const struct style *style)
{
    struct reasons reasons = {.rows = &comparison->rows[first],
                              .texts = calloc(last - first + 1, sizeof(char *)),
                              .count = last - first + 1};
    int r = reasons.texts ? 0 : -ENOMEM;

    for (size_t i = 0; i < comparison->column_count && r == 0; i++) {
        for (size_t j = 0; j < reasons.count; j++) {
            reasons.texts[j] = reason_text(comparison, &reasons.rows[j], i, style);
            r = reasons.texts[j] ? r : -ENOMEM;
        }
        bool alone = comparison->column_count == 1;
        r = r < 0 ? r
                  : reasons_write(out, &reasons, alone ? "" : comparison->columns[i].name, style);
        for (size_t j = 0; j < reasons.count; j++) {
            free(reasons.texts[j]);
            reasons.texts[j] = NULL;
        }
    }
    free(reasons.texts);
    return r;
}
