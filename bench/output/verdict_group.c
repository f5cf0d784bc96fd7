/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one group answers, and everything that limits the answer. */
#include "output/text.h"
#include "output/verdict_parts.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* "; no difference: pthread, fork": the rows that stand there. */
static void write_standing(FILE *out, const struct group *group, enum standing standing)
{
    const char *separator = "; ";

    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];

        if (row->standing == standing) {
            fprintf(out, "%s%s", separator, separator[0] == ';' ? standing_word(standing) : "");
            fputs(separator[0] == ';' ? ": " : "", out);
            write_row_short(out, group, row);
            separator = ", ";
        }
    }
}

/* "thread-pool with 2 workers, 15.8 ms, 1.78 × serial [1.75, 1.80]; no difference: pthread" */
static void write_fastest(FILE *out, const struct group *group)
{
    const struct row *best = &group->rows[group->best];

    write_row(out, best);
    fputs(", ", out);
    write_duration(out, best->time.value);
    if (!isnan(best->to_serial.value) && best->series != group_find(group, "serial")->series) {
        fputs(", ", out);
        write_times(out, best->to_serial.value);
        fputs(GLUE "serial", out);
        write_interval(out, &best->to_serial);
    }
    write_standing(out, group, STANDING_SAME);
    /* Of a whole group that cannot tell, the reason is told, and names would say nothing. */
    if (!group->loud && !group->unproven && estimate_has_interval(&best->time)) {
        write_standing(out, group, STANDING_UNSURE);
    }
}

static void write_loser(FILE *out, const struct contest *contest)
{
    bool threads = contest->outcome == CONTEST_PROCESSES;
    const struct row *row = threads ? contest->threads : contest->processes;
    struct estimate ratio = contest->ratio;

    if (threads) {
        ratio = (struct estimate){1 / ratio.value, 1 / ratio.high, 1 / ratio.low, ratio.count};
    }
    fprintf(out, "%s (%s) take ", threads ? "threads" : "processes", row->series->strategy);
    write_times(out, ratio.value);
    write_interval(out, &ratio);
    fputs(" as long", out);
    if (contest->outcome == CONTEST_UNSURE && ((ratio.low > 1 && ratio.low < 1 + MARGIN) ||
                                               (ratio.high < 1 && ratio.high > 1 / (1 + MARGIN)))) {
        fprintf(out, ", perhaps less than the %.0f" GLUE "%% that matter", MARGIN * 100);
    }
}

static void write_of_the_two(FILE *out, const struct group *group, const struct contest *contest)
{
    fputs(" Of the two, ", out);
    if (contest->outcome == CONTEST_EITHER) {
        fprintf(out, "either: no difference beyond %.0f" GLUE "%%.", MARGIN * 100);
        return;
    }
    if (contest->outcome == CONTEST_UNSURE) {
        fputs("cannot tell (", out);
        write_group_unsure(out, group, &contest->ratio, contest->unsure, contest->more_epochs);
        fputs("): ", out);
    } else {
        fputs(contest->outcome == CONTEST_THREADS ? "threads: " : "processes: ", out);
    }
    write_loser(out, contest);
    fputc('.', out);
}

static void write_one_sided(FILE *out, const struct group *group, const struct contest *contest)
{
    const char *skipped = group_skipped(group);

    if (skipped) {
        fprintf(out, "skipped: %s.", skipped);
        return;
    }
    fprintf(out, "no comparison: %s.",
            contest->threads     ? "processes have no time"
            : contest->processes ? "threads have no time"
                                 : "neither threads nor processes have a time");
    if (group->best < group->row_count) {
        fputs(" Smallest median: ", out);
        write_fastest(out, group);
        fputc('.', out);
    }
}

/* Without an interval the two medians are all there is to say. */
static void write_other_kind(FILE *out, const struct group *group, const struct contest *contest)
{
    const struct row *rows[] = {contest->threads, contest->processes};
    const char *const kinds[] = {"threads", "processes"};

    for (size_t i = 0; i < 2; i++) {
        if (rows[i] != &group->rows[group->best]) {
            fprintf(out, "; of %s: %s, ", kinds[i], rows[i]->series->strategy);
            write_duration(out, rows[i]->time.value);
        }
    }
}

static void write_answer(FILE *out, const struct group *group, const struct contest *contest)
{
    switch (contest_answer(contest)) {
    case ANSWER_EITHER:
        fprintf(out, "either (no difference beyond %.0f" GLUE "%%): ", MARGIN * 100);
        break;
    case ANSWER_THREADS:
        fputs("threads: ", out);
        break;
    case ANSWER_PROCESSES:
        fputs("processes: ", out);
        break;
    case ANSWER_NEITHER:
        fputs("neither (no gain over serial is shown): ", out);
        write_fastest(out, group);
        fputc('.', out);
        write_of_the_two(out, group, contest);
        return;
    case ANSWER_UNSURE:
        if (!contest->pays) {
            fputs("cannot tell whether any beats serial: ", out);
            write_fastest(out, group);
            fputc('.', out);
            write_of_the_two(out, group, contest);
            return;
        }
        /* fall through */
    case ANSWER_UNPROVEN:
    case ANSWER_LOUD:
        fputs("cannot tell (", out);
        write_group_unsure(out, group, &contest->ratio, contest->unsure, contest->more_epochs);
        fputs("): ", out);
        break;
    case ANSWER_FEW:
        fputs("cannot tell from ", out);
        write_count(out, contest->ratio.count, "epoch");
        fputs(". Smallest median: ", out);
        break;
    case ANSWER_ONE_SIDED:
    case ANSWER_COUNT:
        write_one_sided(out, group, contest);
        return;
    }
    write_fastest(out, group);
    if (contest->outcome == CONTEST_FEW) {
        write_other_kind(out, group, contest);
    } else if (contest->outcome != CONTEST_EITHER) {
        fputs("; ", out);
        write_loser(out, contest);
    }
    fputc('.', out);
}

static void write_warm(FILE *out, const struct group *warm)
{
    static const char *const words[] = {
        [ANSWER_EITHER] = "either",
        [ANSWER_THREADS] = "threads",
        [ANSWER_PROCESSES] = "processes",
        [ANSWER_NEITHER] = "neither",
    };
    struct contest contest = warm->contest;

    fprintf(out, " Without open and close: %s, fastest is ", words[contest_answer(&contest)]);
    write_fastest(out, warm);
    fputc('.', out);
}

static const struct row *next_left_out(const struct group *group, const struct row *row)
{
    size_t i = group->row_count ? (size_t)(row - group->rows) : 0; /* perhaps a placebo alone */

    while (i < group->row_count && row_has_time(&group->rows[i])) {
        i++;
    }
    return i < group->row_count ? &group->rows[i] : NULL;
}

/* A reason is written once for neighbours that share it. */
static void write_left_out(FILE *out, const struct group *group)
{
    const struct row *row = next_left_out(group, group->rows);

    fputs(row ? " Left out: " : "", out);
    while (row) {
        const struct row *next = next_left_out(group, row + 1);

        write_row_short(out, group, row);
        if (!next || !same_reason(row, next)) {
            fputs(" (", out);
            write_reason(out, row);
            fputc(')', out);
        }
        fputs(next ? ", " : ".", out);
        row = next;
    }
}

int verdict_group_write(FILE *out, const struct groups *groups, const struct group *group,
                        const struct group *warm, unsigned indent, const struct style *style)
{
    struct contest contest = group->contest;
    struct paragraph paragraph;
    char *label = label_text(groups, group, style);
    int r = label ? paragraph_begin(&paragraph) : -ENOMEM;

    if (r < 0) {
        goto free_label;
    }
    fputs(label, paragraph.file);
    for (unsigned i = text_width(label); i < indent; i++) {
        fputs(GLUE, paragraph.file);
    }
    fputs(text_width(label) + 2 > indent ? ": " : "", paragraph.file);
    write_answer(paragraph.file, group, &contest);
    if (warm && warm_changes(group, warm)) {
        write_warm(paragraph.file, warm);
    }
    if (group->failed_tasks > 0) {
        fputc(' ', paragraph.file);
        write_failed_tasks(paragraph.file, group);
        fputs(": these are times of runs with failures.", paragraph.file);
    }
    if (!group_skipped(group)) {
        write_left_out(paragraph.file, group);
    }
    r = paragraph_end(&paragraph, out, style, 0, indent);
free_label:
    free(label);
    return r;
}
