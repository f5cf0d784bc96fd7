/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/verdict.h"

#include "output/text.h"
#include "output/verdict_parts.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>

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
        fputs("Keeping workers open between samples changes none of these answers.\n", out);
    }
    return r;
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
    free(summary.contests);
    return r < 0 ? r : text_done(out);
}
