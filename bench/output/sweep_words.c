/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/sweep_words.h"

#include "analysis/scaling.h"
#include "output/plot_cost.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 12u /* of speed-ups; files can hold hundreds of groups */

/* The strategy with the largest speed-up. -ENODATA: none. */
static int best_scaling(const struct group *group, enum metric metric, struct scaling *ret_best)
{
    struct scaling *scaling = calloc(1, sizeof(*scaling));
    bool any = false;
    int r = scaling ? 0 : -ENOMEM;

    for (const char *name = scaling_next(group, NULL); r == 0 && name;
         name = scaling_next(group, name)) {
        r = scaling_make(group, name, metric, false, scaling);
        if (r == 0 && (!any || scaling->speedup[scaling->best].value >
                                   ret_best->speedup[ret_best->best].value)) {
            *ret_best = *scaling; /* without a fit it owns nothing */
            any = true;
        }
        r = r == -ENODATA ? 0 : r;
    }
    free(scaling);
    return r < 0 ? r : any ? 0 : -ENODATA;
}

static void write_scaling(FILE *out, const struct scaling *scaling)
{
    const struct estimate *gain = &scaling->speedup[scaling->enough];
    double most = scaling->workers[scaling->count - 1], enough = scaling->workers[scaling->enough];

    fprintf(out, " under %s: ", scaling->rows[0]->series->strategy);
    if (scaling->doubt != UNSURE_NOT) {
        fputs("cannot tell (", out);
        write_group_unsure(out, scaling->group, gain, scaling->doubt, 0);
        fputs(")", out);
        return;
    }
    if (scaling->trend == SCALING_UNKNOWN) {
        fputs("too few epochs to tell", out);
        return;
    }
    write_times(out, gain->value);
    write_interval(out, gain);
    fprintf(out, " at %g" GLUE "worker%s, ", enough, enough > 1 ? "s" : "");
    if (scaling->trend == SCALING_RISING) {
        fprintf(out, "still rising at %g", most);
    } else if (scaling->trend == SCALING_FALLING) {
        fprintf(out, "falls after %g", enough);
    } else {
        fprintf(out, "no more up to %g", most);
    }
}

static int speedup_line(FILE *out, const struct groups *groups, const struct group *group,
                        const struct scaling *scaling, const struct style *style)
{
    struct paragraph paragraph;
    int r = paragraph_begin(&paragraph);

    if (r < 0) {
        return r;
    }
    fputs("speed-up of ", paragraph.file);
    write_label(paragraph.file, groups, group);
    write_scaling(paragraph.file, scaling);
    return paragraph_end(&paragraph, out, style, 0, 2);
}

/* Unbreakable blanks are two bytes in UTF-8. */
static void write_glued(FILE *out, const char *text)
{
    for (; *text; text++) {
        bool blank = strncmp(text, "\u00a0", 2) == 0;

        fputc(blank ? GLUE[0] : *text, out);
        text += blank;
    }
}

static int cost_line(FILE *out, const struct record *record, const struct groups *groups,
                     enum metric metric, const struct style *style)
{
    struct cost_table table;
    struct paragraph paragraph;
    char text[400] = "";
    int r = cost_table_make(record, groups, metric, &table);

    if (r < 0) {
        return r == -ENODATA ? 0 : r;
    }
    cost_finding(&table, text, sizeof(text));
    r = paragraph_begin(&paragraph);
    if (r == 0) {
        fprintf(paragraph.file, "cost of %s: ", table.lengths.groups[0]->workload);
        write_glued(paragraph.file, text);
        r = paragraph_end(&paragraph, out, style, 0, 2);
    }
    cost_table_release(&table);
    return r;
}

int sweep_words_write(FILE *out, const struct record *record, const struct groups *groups,
                      enum metric metric, const struct style *style)
{
    struct scaling *best = calloc(1, sizeof(*best));
    size_t lines = 0;
    int r = best ? 0 : -ENOMEM;

    for (size_t i = 0; i < groups->count && r == 0 && lines < LINES_MAX; i++) {
        int found = best_scaling(&groups->items[i], metric, best);

        if (found == 0) {
            fputs(lines++ == 0 ? "\n" : "", out);
            r = speedup_line(out, groups, &groups->items[i], best, style);
        }
        r = found < 0 && found != -ENODATA ? found : r;
    }
    free(best);
    if (r == 0 && lengths_workload(groups)) {
        fputs(lines == 0 ? "\n" : "", out);
        r = cost_line(out, record, groups, metric, style);
    }
    return r;
}
