/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence for the whole machine: workloads are sorted by how they came out, not by what
 * they are believed to be. */
#include "base/units.h"
#include "output/text.h"
#include "output/verdict_parts.h"
#include "output/words.h"
#include "record/epochs.h"

#include <inttypes.h>
#include <math.h>

static size_t summary_count(const struct summary *summary, enum answer answer)
{
    size_t count = 0;

    for (size_t i = 0; i < summary->groups->count; i++) {
        count += contest_answer(&summary->contests[i]) == answer;
    }
    return count;
}

static void write_labels(FILE *out, const struct summary *summary, enum answer answer)
{
    size_t count = summary_count(summary, answer), n = 0;

    for (size_t i = 0; i < summary->groups->count; i++) {
        if (contest_answer(&summary->contests[i]) == answer) {
            fputs(list_separator(n++, count), out);
            write_label(out, summary->groups, &summary->groups->items[i]);
        }
    }
}

/* The contests with the least and the most extreme ratio of an answer. */
struct extremes {
    const struct contest *least, *most;
};

static double contest_size(const struct contest *contest, enum answer answer)
{
    switch (answer) {
    case ANSWER_UNSURE:
        return contest->ratio.high / contest->ratio.low;
    case ANSWER_FEW:
        return (double)contest->ratio.count;
    default:
        return fabs(log(contest->ratio.value));
    }
}

static struct extremes summary_extremes(const struct summary *summary, enum answer answer)
{
    struct extremes found = {NULL, NULL};

    for (size_t i = 0; i < summary->groups->count; i++) {
        const struct contest *contest = &summary->contests[i];

        if (contest_answer(contest) != answer) {
            continue;
        }
        double size = contest_size(contest, answer);
        if (!found.least || size < contest_size(found.least, answer)) {
            found.least = contest;
        }
        if (!found.most || size > contest_size(found.most, answer)) {
            found.most = contest;
        }
    }
    return found;
}

static void write_ratios(FILE *out, const struct extremes *found, bool inverse)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): an answer is that of a group */
    struct estimate ratio = found->most->ratio;
    double least = exp(fabs(log(found->least->ratio.value)));
    double most = exp(fabs(log(ratio.value)));
    char text[UNITS_SIZE];

    if (found->least != found->most) {
        fprintf(out, "%s to ", format_ratio(least, text));
        write_times(out, most);
        return;
    }
    if (inverse) {
        ratio = (struct estimate){1 / ratio.value, 1 / ratio.high, 1 / ratio.low, ratio.count};
    }
    write_times(out, ratio.value);
    write_interval(out, &ratio);
}

static void write_why(FILE *out, const struct summary *summary, enum answer answer)
{
    struct extremes found = summary_extremes(summary, answer);

    switch (answer) {
    case ANSWER_EITHER:
        fprintf(out, "no difference beyond %.0f" GLUE "%%", MARGIN * 100);
        return;
    case ANSWER_THREADS:
    case ANSWER_PROCESSES:
        fputs(answer == ANSWER_THREADS ? "processes take " : "threads take ", out);
        write_ratios(out, &found, answer == ANSWER_PROCESSES);
        fputs(" as long", out);
        return;
    case ANSWER_NEITHER:
        fputs("no gain over serial is shown", out);
        return;
    case ANSWER_UNSURE:
        write_doubt(out, &found.least->ratio);
        if (found.least != found.most) {
            fputs(" to ", out);
            write_doubt(out, &found.most->ratio);
        }
        return;
    case ANSWER_UNPROVEN:
        fputs("unproven: serial differs from itself", out);
        return;
    case ANSWER_LOUD:
        fputs("others disturbed most epochs", out);
        return;
    case ANSWER_FEW:
        write_count_range(out, found.least->ratio.count, found.most->ratio.count, "epoch");
        fputs(found.most->ratio.count == 1 ? " gives" : " give", out);
        fputs(" no interval, 6 are needed", out);
        return;
    case ANSWER_ONE_SIDED:
    case ANSWER_COUNT:
        fputs("no times of both threads and processes", out);
        return;
    }
}

/* Where the answer holds; what makes it doubtful as a whole comes first. */
static void write_place(FILE *out, const struct record *record)
{
    const char *label = record_text(record, "machine.label");
    int64_t cores = record_number(record, "machine.cpu.cores", 0);
    size_t epochs, loud;

    if (json_is_true(json_object_get(record->head, "synthetic"))) {
        fputs("In synthetic data, which nobody measured, labelled ", out);
    } else {
        fputs("On ", out);
    }
    fputs(label ? label : "a machine without a label", out);
    if (cores > 0) {
        fputs(" (", out);
        write_count(out, (uint64_t)cores, "core");
        fputc(')', out);
    }
    if (!record_complete(record)) {
        fputs(", from an incomplete run", out);
    }
    record_count_loud(record, &epochs, &loud);
    if (2 * loud > epochs) {
        fputs(", which others disturbed", out);
    }
    fputs(": ", out);
}

int summary_write(FILE *out, const struct record *record, const struct summary *summary,
                  const struct style *style)
{
    static const char *const words[] = {
        [ANSWER_EITHER] = "either",           [ANSWER_THREADS] = "threads",
        [ANSWER_PROCESSES] = "processes",     [ANSWER_NEITHER] = "neither",
        [ANSWER_UNSURE] = "cannot tell",      [ANSWER_UNPROVEN] = "cannot tell",
        [ANSWER_LOUD] = "cannot tell",        [ANSWER_FEW] = "cannot tell",
        [ANSWER_ONE_SIDED] = "no comparison",
    };
    struct paragraph paragraph;
    const char *separator = "";
    int r = paragraph_begin(&paragraph);

    if (r < 0) {
        return r;
    }
    fputs("Threads or processes? ", paragraph.file);
    write_place(paragraph.file, record);
    for (enum answer answer = 0; answer < ANSWER_COUNT; answer++) {
        if (summary_count(summary, answer) > 0) {
            fprintf(paragraph.file, "%s%s for ", separator, words[answer]);
            write_labels(paragraph.file, summary, answer);
            fputs(" (", paragraph.file);
            write_why(paragraph.file, summary, answer);
            fputc(')', paragraph.file);
            separator = "; ";
        }
    }
    fputs(separator[0] ? "." : "nothing was measured.", paragraph.file);
    fputs(style_bold(style), out);
    r = paragraph_end(&paragraph, out, style, 0, 0);
    fputs(style_plain(style), out);
    return r;
}
