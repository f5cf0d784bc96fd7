/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Below the numbers: what is not known and why, and medians that no run had. */
#include "output/table_parts.h"
#include "output/words.h"

int table_note_end(struct paragraph *note, FILE *out, const struct style *style)
{
    return paragraph_end(note, out, style, TABLE_NOTE_INDENT, TABLE_NOTE_INDENT + 2);
}

static const struct row *next_unsure(const struct group *group, const struct row *row)
{
    while (row < group->rows + group->row_count && row->standing != STANDING_UNSURE) {
        row++;
    }
    return row < group->rows + group->row_count ? row : NULL;
}

/* A width is that of one row; all other reasons are written once for neighbours that share them. */
static bool shares_reason(const struct row *row, const struct row *next)
{
    return row->unsure == next->unsure && row->unsure != UNSURE_WIDE &&
           row->unsure != UNSURE_MARGIN;
}

/* "cannot tell: pthread (±6 %, about 40 more epochs), fork, process-pool (fewer than 6 epochs)" */
static int unsure_note(FILE *out, const struct group *group, const struct style *style)
{
    const struct row *row = next_unsure(group, group->rows);
    struct paragraph note;
    int r = row ? paragraph_begin(&note) : 0;

    if (!row || r < 0) {
        return r;
    }
    fprintf(note.file, "%s: ", standing_word(STANDING_UNSURE));
    while (row) {
        const struct row *next = next_unsure(group, row + 1);

        write_row_short(note.file, group, row);
        if (!next || !shares_reason(row, next)) {
            fputs(" (", note.file);
            write_group_unsure(note.file, group, &row->to_best, row->unsure, row->more_epochs);
            fputc(')', note.file);
        }
        fputs(next ? ", " : "", note.file);
        row = next;
    }
    return table_note_end(&note, out, style);
}

/* "fork runs at 7.00 ms (7 epochs) or 31.0 ms (5 epochs)" */
static void write_modes(FILE *out, const struct group *group, const struct row *row)
{
    write_row_short(out, group, row);
    fputs(" runs at ", out);
    write_duration(out, row->modes.low);
    fputs(" (", out);
    write_count(out, row->modes.low_count, "epoch");
    fputs(") or ", out);
    write_duration(out, row->modes.high);
    fputs(" (", out);
    write_count(out, row->modes.high_count, "epoch");
    fputs(")", out);
}

/* Of a loud group the others who used the machine are cause enough. */
static int modes_note(FILE *out, const struct group *group, const struct style *style)
{
    struct paragraph note;
    size_t count = 0, rows = 0;
    int r = paragraph_begin(&note);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < group->row_count && !group->loud; i++) {
        const struct row *row = &group->rows[i];

        rows += row_has_time(row);
        if (row_has_time(row) && row->modes.low_count > 0) {
            fputs(count++ ? "; " : "two speeds: ", note.file);
            write_modes(note.file, group, row);
        }
    }
    if (count > 0) {
        fputs(count > 1 && count == rows ? ": so the machine itself had two; see tvp check"
                                         : ": probably by where its workers were placed; try --pin",
              note.file);
    }
    return table_note_end(&note, out, style);
}

int table_doubts_write(FILE *out, const struct group *group, const struct style *style)
{
    int r = unsure_note(out, group, style);

    return r < 0 ? r : modes_note(out, group, style);
}
