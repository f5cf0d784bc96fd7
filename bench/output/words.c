/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/words.h"

#include "base/units.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *list_separator(size_t i, size_t count)
{
    return i == 0 ? "" : i + 1 == count ? " and " : ", ";
}

void write_count(FILE *out, uint64_t count, const char *noun)
{
    char text[UNITS_SIZE];

    fprintf(out, "%s" GLUE "%s%s", format_count(count, text), noun, count == 1 ? "" : "s");
}

void write_count_range(FILE *out, uint64_t least, uint64_t most, const char *noun)
{
    char text[UNITS_SIZE];

    if (least < most) {
        fprintf(out, "%s to ", format_count(least, text));
    }
    write_count(out, most, noun);
}

void write_duration(FILE *out, double ns)
{
    char text[UNITS_SIZE];

    for (const char *p = format_duration(ns, text); *p; p++) {
        fputc(*p == ' ' ? GLUE[0] : *p, out);
    }
}

void write_times(FILE *out, double ratio)
{
    char text[UNITS_SIZE];

    fprintf(out, "%s" GLUE "×", format_ratio(ratio, text));
}

void write_interval(FILE *out, const struct estimate *ratio)
{
    char low[UNITS_SIZE], high[UNITS_SIZE];

    if (estimate_has_interval(ratio)) {
        fprintf(out, " [%s," GLUE "%s]", format_ratio(ratio->low, low),
                format_ratio(ratio->high, high));
    }
}

static bool is_serial(const struct series *series)
{
    return strcmp(series->strategy, "serial") == 0 || strategy_is_control(series->strategy);
}

void write_row(FILE *out, const struct row *row)
{
    fputs(row->series->strategy, out);
    if (is_serial(row->series)) {
        return;
    }
    if (row->series->workers == 0) {
        fputs(" with a worker for each task", out);
        return;
    }
    fputs(" with ", out);
    write_count(out, row->series->workers, "worker");
}

void write_row_short(FILE *out, const struct group *group, const struct row *row)
{
    unsigned same = 0;

    for (size_t i = 0; i < group->row_count; i++) {
        same += strcmp(group->rows[i].series->strategy, row->series->strategy) == 0;
    }
    if (same > 1) {
        write_row(out, row);
    } else {
        fputs(row->series->strategy, out);
    }
}

void write_failures(FILE *out, const struct series *series)
{
    if (series->failure_count == 0) {
        return;
    }
    fputs(series->failures[0].text, out);
    if (series->failure_count > 1) {
        bool same = true;

        for (size_t i = 1; i < series->failure_count; i++) {
            same = same && strcmp(series->failures[i].text, series->failures[0].text) == 0;
        }
        fprintf(out, same ? " (%zu" GLUE "times)" : " (the first of %zu" GLUE "failures)",
                series->failure_count);
    }
}

void write_reason(FILE *out, const struct row *row)
{
    const struct series *series = row->series;

    if (series->skipped) {
        fprintf(out, "skipped: %s", series->skipped);
    } else if (series->samples.count == 0) {
        fputs("no sample", out);
        fputs(series->failure_count ? ": " : "", out);
        write_failures(out, series);
    } else if (!row->wrong_answer && series_fails(series)) {
        fputs("every task failed", out);
    } else if (!row->wrong_answer) {
        fputs("below the clock's step", out);
    } else {
        fputs(series->consistent ? "wrong answer" : "answers that change from sample to sample",
              out);
    }
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool same_reason(const struct row *a, const struct row *b)
{
    const struct series *left = a->series, *right = b->series;
    const char *left_text = left->failure_count ? left->failures[0].text : NULL;
    const char *right_text = right->failure_count ? right->failures[0].text : NULL;

    return same_text(left->skipped, right->skipped) &&
           (left->samples.count == 0) == (right->samples.count == 0) &&
           left->consistent == right->consistent && left->failure_count == right->failure_count &&
           same_text(left_text, right_text);
}

const char *group_skipped(const struct group *group)
{
    const char *reason = group->row_count ? group->rows[0].series->skipped : NULL;

    for (size_t i = 1; reason && i < group->row_count; i++) {
        const char *other = group->rows[i].series->skipped;

        if (!other || strcmp(other, reason) != 0) {
            return NULL;
        }
    }
    return reason;
}

/* The fewest tasks that failed in one timed sample of any row with a time. The most is the same
 * for all of them, for a row that differs in it has no time. */
static uint64_t least_failed_tasks(const struct group *group)
{
    uint64_t least = group->failed_tasks;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct sample_list *samples = &group->rows[i].series->samples;

        for (size_t n = 0; n < samples->count && row_has_time(&group->rows[i]); n++) {
            least = samples->items[n].failed < least ? samples->items[n].failed : least;
        }
    }
    return least;
}

void write_failed_tasks(FILE *out, const struct group *group)
{
    bool always = least_failed_tasks(group) == group->failed_tasks;

    fprintf(out, "%s%" PRIu64 " of ", always ? "" : "up to ", group->failed_tasks);
    write_count(out, group->tasks, "task");
    fputs(always ? " failed in every sample" : " failed in a sample", out);
}
