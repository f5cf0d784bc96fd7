/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/verdict.h"

#include "output/text.h"
#include "output/verdict_parts.h"
#include "output/words.h"
#include "record/epochs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Said only if it was looked at and nothing changed; changes are told group by group. */
static bool warm_is_the_same(const struct summary *summary, const struct groups *warm)
{
    bool looked = false;

    for (size_t i = 0; i < summary->groups->count; i++) {
        struct contest contest = warm->items[i].contest;

        if (warm_changes(&summary->groups->items[i], &warm->items[i])) {
            return false;
        }
        looked = looked || contest_answer(&contest) <= ANSWER_NEITHER;
    }
    return looked;
}

#define LABEL_WIDTH 16u /* longer labels stand in the text, so that the text keeps its room */

static int summary_indent(const struct summary *summary, const struct style *style,
                          unsigned *ret_indent)
{
    unsigned most = 0;

    for (size_t i = 0; i < summary->groups->count; i++) {
        char *label = label_text(summary->groups, &summary->groups->items[i], style);

        if (!label) {
            return -ENOMEM;
        }
        unsigned width = text_width(label);
        most = width > most && width <= LABEL_WIDTH ? width : most;
        free(label);
    }
    *ret_indent = most + 2;
    return 0;
}

static int groups_lines_write(FILE *out, const struct summary *summary, const struct groups *warm,
                              const struct style *style)
{
    unsigned indent = 0;
    int r = summary_indent(summary, style, &indent);

    for (size_t i = 0; i < summary->groups->count && r == 0; i++) {
        r = verdict_group_write(out, summary->groups, &summary->groups->items[i],
                                warm ? &warm->items[i] : NULL, indent, style);
    }
    if (r == 0 && warm && warm_is_the_same(summary, warm)) {
        fputs("Leaving out open and close changes none of these answers.\n", out);
    }
    return r;
}

/* Epochs that others disturbed, and for which workloads they could not be left out. */
static void write_loud(FILE *out, const struct record *record, const struct groups *groups)
{
    size_t epochs, loud, named = 0, count = 0;

    const char *stopped = record_text(record, "stopped_by");
    if (stopped && strcmp(stopped, "budget") == 0) {
        fprintf(out, "Time was up before all %" PRId64 " epochs. ",
                record_number(record, "config.epochs", 0));
    }
    record_count_loud(record, &epochs, &loud);
    if (loud == 0) {
        return;
    }
    for (size_t i = 0; i < groups->count; i++) {
        count += groups->items[i].loud;
    }
    fprintf(out, "Others disturbed %zu of %zu epochs", loud, epochs);
    if (count == 0) {
        fputs(", which are left out.", out);
        return;
    }
    if (count == groups->count) {
        fputs(": this run is loud, and nothing is concluded; measure again without them.", out);
        return;
    }
    fputs(". They are left out, but not for ", out);
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].loud) {
            fputs(list_separator(named++, count), out);
            write_label(out, groups, &groups->items[i]);
        }
    }
    fputs(", where they are more than half: that is loud, and nothing is concluded.", out);
}

/* What makes every sentence above doubtful: equal code that came out unequal, and others who used
 * the machine for most of the time. */
int verdict_doubts_write(FILE *out, const struct record *record, const struct groups *groups,
                         const struct style *style)
{
    struct paragraph paragraph;
    int r = paragraph_begin(&paragraph);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].unproven) {
            fputs("Unproven: serial and serial again, the same code, came out unequal for ",
                  paragraph.file);
            write_label(paragraph.file, groups, &groups->items[i]);
            write_interval(paragraph.file, &groups->items[i].placebo_ratio);
            fputs(". ", paragraph.file);
        }
    }
    write_loud(paragraph.file, record, groups);
    return paragraph_end(&paragraph, out, style, 0, 0);
}

int verdict_write(FILE *out, const struct record *record, const struct groups *cold,
                  const struct groups *warm, const struct style *style)
{
    struct summary summary = {.groups = cold,
                              .contests = calloc(cold->count + 1, sizeof(*summary.contests))};

    if (!summary.contests) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < cold->count; i++) {
        summary.contests[i] = cold->items[i].contest;
    }
    int r = summary_write(out, record, &summary, style);
    if (r == 0 && cold->count > 0) {
        fputc('\n', out);
        r = groups_lines_write(out, &summary, warm, style);
    }
    r = r < 0 ? r : verdict_doubts_write(out, record, cold, style);
    free(summary.contests);
    return r < 0 ? r : text_done(out);
}
