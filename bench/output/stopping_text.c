/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/stopping_text.h"

#include "analysis/precision.h"
#include "output/words.h"

#include <math.h>
#include <string.h>

/* Why one workload was measured no longer, as the file tells it. */
struct ending {
    const char *reason; /* "" if it does not */
    json_int_t epochs;
};

/* Files from before these members were there say no more than workload and arguments. */
static bool entry_is_of(const json_t *entry, const struct group *group)
{
    const char *workload = json_string_value(json_object_get(entry, "workload"));
    const char *arguments = json_string_value(json_object_get(entry, "arguments"));
    const char *pages = json_string_value(json_object_get(entry, "parent_pages"));
    const json_t *tasks = json_object_get(entry, "tasks");
    const struct parent parent = {
        .bytes = (uint64_t)json_integer_value(json_object_get(entry, "parent_bytes")),
        .huge = pages && strcmp(pages, "huge") == 0,
    };

    return workload && arguments && strcmp(workload, group->workload) == 0 &&
           strcmp(arguments, group->arguments) == 0 &&
           (!json_is_integer(tasks) || ((uint64_t)json_integer_value(tasks) == group->tasks &&
                                        parent_same(&parent, &group->parent)));
}

static struct ending group_ending(const struct record *record, const struct group *group)
{
    const json_t *entry;
    size_t i;

    json_array_foreach(json_object_get(record->head, "stopping"), i, entry)
    {
        const char *reason = json_string_value(json_object_get(entry, "reason"));

        if (reason && entry_is_of(entry, group)) {
            return (struct ending){
                .reason = reason,
                .epochs = json_integer_value(json_object_get(entry, "epochs")),
            };
        }
    }
    return (struct ending){.reason = ""};
}

static void write_percent(FILE *out, double log_half)
{
    double percent = 100 * expm1(log_half);

    fprintf(out, percent < 9.95 ? "±%.2g" GLUE "%%" : "±%.0f" GLUE "%%", percent);
}

struct told {
    const struct record *record;
    const struct groups *groups;
    double margin;
    FILE *out;
};

/* Those that a look ended. */
static void write_precise(const struct told *told)
{
    size_t count = 0;

    for (size_t i = 0; i < told->groups->count; i++) {
        const struct group *group = &told->groups->items[i];
        struct ending ending = group_ending(told->record, group);

        if (strcmp(ending.reason, "precision") == 0) {
            fputs(count++ ? ", " : "Precise enough, and so ended early: ", told->out);
            write_label(told->out, told->groups, group);
            fputs(" after ", told->out);
            write_count(told->out, (uint64_t)ending.epochs, "epoch");
        }
    }
    fputs(count ? ". " : "", told->out);
}

/* The others, if they have intervals at all. */
static void write_imprecise(const struct told *told)
{
    size_t count = 0;

    for (size_t i = 0; i < told->groups->count; i++) {
        const struct group *group = &told->groups->items[i];
        struct precision precision;

        if (group_ending(told->record, group).reason[0] == '\0' ||
            !group_precision(told->groups, group, METRIC_COLD, told->margin, &precision) ||
            precision_reached(&precision) || !isfinite(precision.half)) {
            continue;
        }
        if (count++ > 0) {
            fputs(", ", told->out);
        } else {
            fputs("Ratios are wanted to ", told->out);
            write_percent(told->out, log1p(told->margin / 2));
            fputs(", large ones less exactly; not reached: ", told->out);
        }
        write_label(told->out, told->groups, group);
        fputs(GLUE, told->out);
        write_percent(told->out, precision.half);
        if (precision.wanted > told->margin / 2) {
            fputs(" (wanted ", told->out);
            write_percent(told->out, precision.wanted);
            fputc(')', told->out);
        }
    }
    fputs(count ? "." : "", told->out);
}

int stopping_write(FILE *out, const struct record *record, const struct groups *groups,
                   const struct style *style)
{
    int64_t until_ppm = record_number(record, "config.until_ppm", 0);
    struct paragraph paragraph;

    if (until_ppm <= 0 || groups->count == 0) {
        return 0;
    }
    int r = paragraph_begin(&paragraph);
    if (r < 0) {
        return r;
    }
    struct told told = {
        .record = record,
        .groups = groups,
        .margin = (double)until_ppm / 1e6,
        .out = paragraph.file,
    };
    write_precise(&told);
    write_imprecise(&told);
    fputs(style_dim(style), out);
    r = paragraph_end(&paragraph, out, style, 0, 0);
    fputs(style_plain(style), out);
    return r;
}
