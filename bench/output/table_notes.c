/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the numbers. A note that holds for all rows is written once. */
#include "base/units.h"
#include "output/table_parts.h"
#include "output/text.h"
#include "output/why_words.h"
#include "output/words.h"

#include <inttypes.h>
#include <string.h>

#define ERRORS_SHOWN 5u

static void write_errors(FILE *out, const struct series *series)
{
    for (size_t i = 0; i < series->error_count && i < ERRORS_SHOWN; i++) {
        fprintf(out, "%stask" GLUE "%" PRIu64 " %s", i ? "; " : "",
                (uint64_t)series->errors[i].task + 1, series->errors[i].text);
    }
    if (series->error_count > ERRORS_SHOWN) {
        fprintf(out, "; and %zu more", series->error_count - ERRORS_SHOWN);
    }
}

static bool same_errors(const struct series *a, const struct series *b)
{
    if (a->error_count != b->error_count) {
        return false;
    }
    for (size_t i = 0; i < a->error_count; i++) {
        bool found = false;

        for (size_t n = 0; n < b->error_count && !found; n++) {
            found = a->errors[i].task == b->errors[n].task &&
                    strcmp(a->errors[i].text, b->errors[n].text) == 0;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* The failures that all rows share, as those of the fastest. */
static int failed_note(FILE *out, const struct group *group, const struct style *style)
{
    struct paragraph note;
    int r = paragraph_begin(&note);

    if (r < 0) {
        return r;
    }
    if (group->failed_tasks > 0) {
        write_failed_tasks(note.file, group);
        fputs(": these are times of runs with failures", note.file);
        if (group->rows[group->best].series->error_count > 0) {
            fputs(" (", note.file);
            write_errors(note.file, group->rows[group->best].series);
            fputc(')', note.file);
        }
    }
    return table_note_end(&note, out, style);
}

struct findings {
    uint64_t least, most;
};

static struct findings series_findings(const struct series *series)
{
    struct findings findings = {UINT64_MAX, 0};

    for (size_t i = 0; i < series->samples.count; i++) {
        uint64_t value = series->samples.items[i].finding;

        findings.least = value < findings.least ? value : findings.least;
        findings.most = value > findings.most ? value : findings.most;
    }
    return findings;
}

static void write_finding(FILE *out, const struct group *group, const struct row *row)
{
    struct findings findings = series_findings(row->series);
    char text[UNITS_SIZE];

    write_row_short(out, group, row);
    fprintf(out, " %s", format_count(findings.least, text));
    if (findings.most > findings.least) {
        fprintf(out, GLUE "–" GLUE "%s", format_count(findings.most, text));
    }
}

static int finding_note(FILE *out, const struct group *group, const struct style *style)
{
    const char *separator = NULL;
    uint64_t most = 0;
    struct paragraph note;
    int r = paragraph_begin(&note);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct series *series = group->rows[i].series;

        most += series->finding && series_findings(series).most > 0;
    }
    for (size_t i = 0; i < group->row_count; i++) {
        const struct series *series = group->rows[i].series;

        if (!series->finding || series->samples.count == 0) {
            continue;
        }
        if (!separator) {
            fprintf(note.file, most ? "%s a sample: " : "%s: none", series->finding);
        }
        if (most) {
            fputs(separator ? separator : "", note.file);
            write_finding(note.file, group, &group->rows[i]);
        }
        separator = ", ";
    }
    return table_note_end(&note, out, style);
}

/* What concerns one row only. */
static int row_note(FILE *out, const struct group *group, const struct row *row,
                    const struct style *style)
{
    const struct series *series = row->series;
    const struct row *best = group->failed_tasks ? &group->rows[group->best] : NULL;
    bool told = series->error_count == 0 || (best && same_errors(series, best->series));
    struct paragraph note;
    int r = 0;

    if (row_has_time(row) && series->failure_count == 0 && told) {
        return 0;
    }
    r = paragraph_begin(&note);
    if (r < 0) {
        return r;
    }
    write_row_short(note.file, group, row);
    const char *separator = ": ";
    if (!row_has_time(row)) {
        fputs(separator, note.file);
        write_reason(note.file, row);
        fputs(row->wrong_answer ? ", so its time is not shown" : "", note.file);
        separator = "; ";
    }
    if (series->failure_count > 0 && series->samples.count > 0) {
        fprintf(note.file, "%strials without a sample: ", separator);
        write_failures(note.file, series);
        separator = "; ";
    }
    if (!told) {
        fputs(separator, note.file);
        write_errors(note.file, series);
    }
    return table_note_end(&note, out, style);
}

static int skipped_note(FILE *out, const char *reason, const struct style *style)
{
    struct paragraph note;
    int r = paragraph_begin(&note);

    if (r < 0) {
        return r;
    }
    fprintf(note.file, "skipped: %s", reason);
    return table_note_end(&note, out, style);
}

int table_notes_write(FILE *out, const struct group *group, const struct style *style)
{
    if (group_skipped(group)) {
        return skipped_note(out, group_skipped(group), style);
    }
    int r = table_doubts_write(out, group, style);

    if (r == 0) {
        r = failed_note(out, group, style);
    }
    if (r == 0) {
        r = finding_note(out, group, style);
    }
    if (r == 0) {
        r = why_notes_write(out, group, TABLE_NOTE_INDENT, style);
    }
    for (size_t i = 0; i < group->row_count && r == 0; i++) {
        r = row_note(out, group, &group->rows[i], style);
    }
    return r;
}
