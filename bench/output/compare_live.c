/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/compare_live.h"

#include "base/units.h"
#include "output/compare_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define NAME_WIDTH 23u
#define TIME_WIDTH 10u
#define LAYOUT_MATTERS                                                                             \
    0.02 /* below it, where the linker put a loop can be the whole difference                      \
          */

static void write_doubt_of(FILE *out, const struct live *live, const struct live_pair *pair)
{
    fprintf(out, "%s: ", change_word(CHANGE_UNSURE));
    write_unsure(out, &(struct doubt){
                          .why = pair->unsure,
                          .ratio = &pair->ratio,
                          .group = pair->group,
                          .margin = live->threshold,
                          .epochs = pair->epochs,
                          .comparisons = live->good,
                      });
}

void write_pair_reason(FILE *out, const struct live *live, const struct live_pair *pair)
{
    switch (pair->state) {
    case PAIR_GOOD:
        if (pair->change == CHANGE_UNSURE) {
            write_doubt_of(out, live, pair);
        }
        break;
    case PAIR_FAILED_A:
    case PAIR_FAILED_B:
        fprintf(out, "%s: ", pair->state == PAIR_FAILED_A ? live->a : live->b);
        write_reason(out, pair->state == PAIR_FAILED_A ? pair->a : pair->b);
        break;
    case PAIR_WORK:
        fputs("not comparable: the two did other work (arguments or number of tasks)", out);
        break;
    case PAIR_ANSWER:
        fputs("not comparable: the two came to different values", out);
        break;
    case PAIR_MISSING:
        fprintf(out, "not in %s", live->b);
        break;
    }
}

static double percent_of(double ratio)
{
    return 100 * (ratio - 1);
}

static void write_verdict(FILE *out, const struct live_pair *pair)
{
    const struct estimate *ratio = &pair->ratio;

    if (pair->state != PAIR_GOOD) {
        fputs(pair->state == PAIR_WORK || pair->state == PAIR_ANSWER ? "other work" : "failed",
              out);
        return;
    }
    fprintf(out, "%s %+.1f" GLUE "%%", change_word(pair->change), percent_of(ratio->value));
    if (estimate_has_interval(ratio)) {
        fprintf(out, " [%+.1f, %+.1f]", percent_of(ratio->low), percent_of(ratio->high));
    }
}

static int write_name(FILE *out, const struct live_pair *pair, const struct style *style)
{
    struct paragraph paragraph;

    if (paragraph_begin(&paragraph) < 0) {
        return -ENOMEM;
    }
    write_row_short(paragraph.file, pair->group, pair->a);
    char *name = paragraph_take(&paragraph, style);
    if (!name) {
        return -ENOMEM;
    }
    unsigned width = text_width(name);
    fprintf(out, "  %s", name);
    if (width > NAME_WIDTH) {
        fputs("\n  ", out);
    }
    fprintf(out, "%*s", width > NAME_WIDTH ? (int)NAME_WIDTH : (int)(NAME_WIDTH - width), "");
    free(name);
    return 0;
}

static void write_time(FILE *out, const struct row *row)
{
    char text[UNITS_SIZE] = "-";

    if (row && row_has_time(row)) {
        format_duration(row->time.value, text);
    }
    fprintf(out, "%*s", (int)TIME_WIDTH, text);
}

static int write_pair(FILE *out, const struct live *live, const struct live_pair *pair,
                      const struct style *style)
{
    struct paragraph paragraph;
    int r = write_name(out, pair, style);

    if (r == 0) {
        write_time(out, pair->a);
        write_time(out, pair->b);
        r = paragraph_begin(&paragraph);
    }
    if (r == 0) {
        write_verdict(paragraph.file, pair);
        r = paragraph_end(&paragraph, out, style, 2, 4);
    }
    r = r < 0 ? r : paragraph_begin(&paragraph);
    if (r == 0) {
        write_pair_reason(paragraph.file, live, pair);
        r = paragraph_end(&paragraph, out, style, 4, 4);
    }
    return r;
}

static int write_title(FILE *out, const struct live_pair *pair, const struct style *style)
{
    struct paragraph title;
    char parent[PARENT_TEXT_SIZE];
    int r = paragraph_begin(&title);

    if (r == 0) {
        const struct group *group = pair->group;

        fprintf(title.file, "%s%s%s, ", group->workload, group->arguments[0] ? " " : "",
                group->arguments);
        if (group->parent.bytes > 0) {
            fprintf(title.file, "%s, ", parent_text(&group->parent, parent));
        }
        write_count(title.file, group->tasks, "task");
        fputc('\n', out);
        r = paragraph_end(&title, out, style, 0, 2);
    }
    return r;
}

static bool has_small(const struct live *live)
{
    for (size_t i = 0; i < live->count; i++) {
        const struct live_pair *pair = &live->pairs[i];

        if ((pair->change == CHANGE_SLOWER || pair->change == CHANGE_FASTER) &&
            fabs(log(pair->ratio.value)) < log(1 + LAYOUT_MATTERS)) {
            return true;
        }
    }
    return false;
}

static int write_legend(FILE *out, const struct live *live, const struct style *style)
{
    struct paragraph legend;
    int r = paragraph_begin(&legend);

    if (r == 0) {
        fputc('\n', out);
        fprintf(legend.file,
                "%zu pair%s, measured side by side in the same blocks. In brackets what 95" GLUE
                "%% of such intervals would hold, all rows together (Holm). Differences of less "
                "than %.3g" GLUE "%% are none.",
                live->good, live->good == 1 ? "" : "s", 100 * live->threshold);
        if (has_small(live)) {
            fputs(" A difference below 2" GLUE "% is one of these two files, not yet of the "
                  "change between them: where the linker puts a loop can cost as much.",
                  legend.file);
        }
        r = paragraph_end(&legend, out, style, 0, 0);
    }
    return r;
}

static int write_head(FILE *out, const struct live *live, enum metric metric,
                      const struct style *style)
{
    struct paragraph head;
    int r = paragraph_begin(&head);

    if (r == 0) {
        fprintf(head.file, "A is %s, B is %s. Times, %s; then B against A.", live->a, live->b,
                metric_names[metric]);
        r = paragraph_end(&head, out, style, 0, 2);
    }
    return r;
}

int compare_live_write(FILE *out, const struct live *live, enum metric metric,
                       const struct style *style)
{
    int r = write_head(out, live, metric, style);

    for (size_t i = 0; r == 0 && i < live->count; i++) {
        const struct live_pair *pair = &live->pairs[i];

        if (i == 0 || pair->group != live->pairs[i - 1].group) {
            r = write_title(out, pair, style);
            if (r == 0) {
                fprintf(out, "%*s%*s%*s\n", (int)NAME_WIDTH + 2, "", (int)TIME_WIDTH, "A",
                        (int)TIME_WIDTH, "B");
            }
        }
        r = r < 0 ? r : write_pair(out, live, pair, style);
    }
    if (r == 0 && live->good > 0) {
        r = write_legend(out, live, style);
    }
    return r < 0 ? r : text_done(out);
}
