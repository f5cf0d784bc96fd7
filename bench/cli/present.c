/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/present.h"

#include "cli/command.h"
#include "cli/pictures.h"
#include "output/article.h"
#include "output/claims_text.h"
#include "output/counters_table.h"
#include "output/isolation_text.h"
#include "output/memory_table.h"
#include "output/stopping_text.h"
#include "output/sweep_words.h"
#include "output/table.h"
#include "output/timeline_text.h"
#include "output/verdict.h"
#include "output/words.h"

#include <errno.h>
#include <string.h>

#define TIMELINE_TASKS 16u /* more do not fit into 80 columns */

/* The group with the fewest tasks that is worth a timeline, or NULL. */
static const struct group *choose_timeline(const struct groups *groups)
{
    const struct group *chosen = NULL;

    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];

        if (group->tasks <= TIMELINE_TASKS && group->tasks > 1 &&
            (!chosen || group->tasks < chosen->tasks)) {
            chosen = group;
        }
    }
    return chosen;
}

/* A timeline calls its group by the workload alone; where several have that, this tells which. */
static int write_heading(FILE *out, const struct groups *groups, const struct group *group,
                         const struct style *style)
{
    struct paragraph heading;
    int r = paragraph_begin(&heading);

    if (r < 0) {
        return r;
    }
    write_label(heading.file, groups, group);
    return paragraph_end(&heading, out, style, 0, 2);
}

/* All groups of a workload. */
static int write_timelines(FILE *out, const struct groups *groups, const char *workload,
                           const struct style *style)
{
    size_t count = 0;
    int r = 0;

    for (size_t i = 0; i < groups->count; i++) {
        count += strcmp(groups->items[i].workload, workload) == 0;
    }
    for (size_t i = 0; i < groups->count && r == 0; i++) {
        const struct group *group = &groups->items[i];

        if (strcmp(group->workload, workload) == 0) {
            fputc('\n', out);
            r = count > 1 ? write_heading(out, groups, group, style) : 0;
            r = r < 0 ? r : timeline_write(out, group, style);
        }
    }
    return r;
}

static int write_all(FILE *out, const struct record *record, const struct groups *groups,
                     const struct groups *warm, const struct presentation *what,
                     const struct style *style)
{
    if (what->counters) {
        return counters_table_write(out, record, groups, style);
    }
    if (what->claims) {
        return claims_write(out, groups, style);
    }
    int r = verdict_write(out, record, groups, warm, style);

    if (r < 0 || what->brief) {
        return r;
    }
    if (article_fits(record)) {
        fputc('\n', out);
        r = article_write(out, groups, style);
    }
    fputc('\n', out);
    r = r < 0 ? r : table_write(out, record, groups, what->metric, style);
    r = r < 0 ? r : sweep_words_write(out, record, groups, what->metric, style);
    if (r == 0 && what->metric == METRIC_COLD) {
        r = stopping_write(out, record, groups, style);
    }
    r = r < 0 ? r : isolation_write(out, groups, style);
    r = r < 0 ? r : memory_table_write(out, groups, style);
    if (r == 0 && what->timeline) {
        return write_timelines(out, groups, what->timeline, style);
    }
    const struct group *group = choose_timeline(groups);
    if (r == 0 && group) {
        fputc('\n', out);
        r = timeline_write(out, group, style);
    }
    return r;
}

int present_record(FILE *out, const struct record *record, const struct presentation *what,
                   const struct style *style)
{
    struct groups groups = {0}, warm = {0};
    bool with_warm = what->metric == METRIC_COLD;
    int r = groups_make(record, what->metric, &groups);

    if (r == 0 && with_warm) {
        r = groups_make(record, METRIC_WARM, &warm);
    }
    r = r < 0 ? r : write_all(out, record, &groups, with_warm ? &warm : NULL, what, style);
    groups_release(&groups);
    groups_release(&warm);
    return r;
}

int present_pictures(const struct record *record, unsigned formats, const char *folder,
                     int *ret_failed, char *why)
{
    const struct pictures pictures = {.kinds = KINDS_ALL & ~KIND_BIT(PLOT_ORDER),
                                      .formats = formats,
                                      .metric = METRIC_COLD,
                                      .folder = folder};

    return pictures_draw(record, &pictures, ret_failed, why);
}

int present_status(const struct record *record)
{
    struct groups groups;
    size_t good = 0, bad = 0;

    if (groups_make(record, METRIC_COLD, &groups) < 0) {
        return STATUS_FAILED;
    }
    for (size_t i = 0; i < groups.count; i++) {
        for (size_t j = 0; j < groups.items[i].row_count; j++) {
            const struct row *row = &groups.items[i].rows[j];

            good += row_has_time(row);
            bad += !row_has_time(row) && !row->series->skipped;
        }
    }
    groups_release(&groups);
    return bad > 0 ? STATUS_TASKS : good > 0 ? STATUS_DONE : STATUS_NOTHING;
}
