/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grey line under a title, which says how it was measured, and the description of a picture
 * for those who cannot see it. */
#include "output/plot_data.h"
#include "output/plot_label.h"
#include "record/epochs.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* The least and the most of something over all rows. */
struct extent {
    uint64_t low, high;
    bool any;
};

static void extent_reach(struct extent *extent, uint64_t value)
{
    extent->low = extent->any && extent->low < value ? extent->low : value;
    extent->high = extent->any && extent->high > value ? extent->high : value;
    extent->any = true;
}

/* "12 epochs", "10 to 12 epochs" */
static void extent_add(const struct extent *extent, const char *one, const char *many, char *text,
                       size_t size)
{
    if (extent->low < extent->high) {
        label_add(text, size, "%" PRIu64 " to ", extent->low);
    }
    label_add(text, size, "%" PRIu64 "\u00a0%s", extent->high, extent->high == 1 ? one : many);
}

static void add_workers(const struct extent *workers, bool unbounded, char *text, size_t size)
{
    if (workers->any) {
        label_add(text, size, DOT);
        extent_add(workers, "worker", "workers", text, size);
    }
    if (unbounded) {
        label_add(text, size, "%sa worker for every task", workers->any ? " or " : DOT);
    }
}

void plot_words_record(const struct record *record, char *text, size_t size)
{
    const char *label = record_text(record, "machine.label");
    size_t epochs, loud;

    if (label) {
        label_add(text, size, DOT "%.64s", label);
    }
    if (!record_complete(record)) {
        label_add(text, size, DOT "RUN NOT COMPLETE");
    }
    record_count_loud(record, &epochs, &loud);
    if (2 * loud > epochs) {
        label_add(text, size, DOT "LOUD: OTHERS DISTURBED IT");
    }
    if (record->head && json_is_true(json_object_get(record->head, "synthetic"))) {
        label_add(text, size, DOT "SYNTHETIC\u00a0DATA");
    }
}

const char *plot_metric_words(enum metric metric)
{
    static const char *const metric_words[] = {
        [METRIC_COLD] = "time from open to close",
        [METRIC_WARM] = "time in an open pool",
        [METRIC_CPU] = "CPU time of all workers",
    };

    return metric_words[metric];
}

const char *plot_best_word(enum metric metric)
{
    return metric == METRIC_CPU ? "least" : "fastest";
}

static void method_time(const struct record *record, const struct groups *groups,
                        enum metric metric, char *text, size_t size)
{
    struct extent epochs = {0}, samples = {0}, workers = {0};
    bool unbounded = false, intervals = false;

    for (size_t i = 0; i < groups->count; i++) {
        for (size_t k = 0; k < groups->items[i].row_count; k++) {
            const struct row *row = &groups->items[i].rows[k];

            if (!row_has_time(row)) {
                continue;
            }
            extent_reach(&epochs, row->time.count);
            intervals = intervals ||
                        (row->standing != STANDING_FASTEST && estimate_has_interval(&row->to_best));
            extent_reach(&samples, series_used_samples(row->series));
            if (strcmp(row_look(row), "serial") == 0) {
                continue;
            }
            if (row->series->workers > 0) {
                extent_reach(&workers, row->series->workers);
            } else {
                unbounded = true;
            }
        }
    }
    label_add(text, size, "%s, as a multiple of the %s in the same epoch",
              plot_metric_words(metric), plot_best_word(metric));
    if (epochs.any) {
        label_add(text, size, DOT "mark: median of ");
        extent_add(&epochs, "epoch", "epochs", text, size);
        label_add(text, size, " (");
        extent_add(&samples, "sample", "samples", text, size);
        label_add(text, size, "), %sfaint: each epoch",
                  !intervals          ? ""
                  : groups->corrected ? "bar: its 95\u00a0% interval, all rows together, "
                                      : "bar: its 95\u00a0% interval, ");
    }
    add_workers(&workers, unbounded, text, size);
    plot_words_record(record, text, size);
}

static void describe_row(const struct group *group, const struct row *row, char *text, size_t size)
{
    char name[ROW_NAME_SIZE], value[TIME_TEXT_SIZE], range[TIME_TEXT_SIZE];

    row_name(group, row, name);
    if (!row_has_time(row)) {
        label_add(text, size, " %s no time", name);
        return;
    }
    time_texts(&row->time, value, range);
    label_add(text, size, " %s %s", name, value);
    const char *best = plot_best_word(group->metric);
    if (row->standing == STANDING_FASTEST) {
        label_add(text, size, " (%s)", best);
    } else if (row->standing == STANDING_SAME) {
        label_add(text, size, " (no difference from the %s)", best);
    } else if (row->standing == STANDING_UNSURE) {
        label_add(text, size, " (cannot tell it from the %s)", best);
    }
}

void plot_words_time(const struct record *record, const struct groups *groups, enum metric metric,
                     struct plot_words *ret_words)
{
    struct plot_words words = {.description = "Median times."};

    plot_title_time(groups, words.title, sizeof(words.title));
    method_time(record, groups, metric, words.method, sizeof(words.method));
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->items[i];
        char name[GROUP_NAME_SIZE];

        group_name(groups, group, name);
        label_add(words.description, sizeof(words.description), " %s:", name);
        for (size_t k = 0; k < group->row_count; k++) {
            describe_row(group, &group->rows[k], words.description, sizeof(words.description));
            label_add(words.description, sizeof(words.description), "%s",
                      k + 1 < group->row_count ? "," : ".");
        }
    }
    *ret_words = words;
}

void plot_words_timeline(const struct record *record, const struct group *group,
                         struct plot_words *ret_words)
{
    struct plot_words words = {.description = "When each task ran."};
    char *text = words.description;

    plot_title_timeline(group, words.title, sizeof(words.title));
    label_add(words.method, sizeof(words.method),
              "%.120s" DOT "one bar: one task on one worker" DOT "one sample of each strategy",
              group->summary ? group->summary : "");
    plot_words_record(record, words.method, sizeof(words.method));
    for (size_t i = 0; i < group->row_count; i++) {
        const struct row *row = &group->rows[i];
        struct lanes lanes;
        char name[ROW_NAME_SIZE], value[TIME_TEXT_SIZE], range[TIME_TEXT_SIZE];

        if (row->series->timeline.count == 0) {
            continue;
        }
        lanes_measure(row->series, &lanes);
        row_name(group, row, name);
        time_texts(&(struct estimate){.value = lanes.wall_ns, .low = NAN, .high = NAN}, value,
                   range);
        label_add(text, sizeof(words.description), " %s: %s with %zu worker%s", name, value,
                  lanes.count, lanes.count == 1 ? "" : "s");
        if (lanes.failed > 0) {
            label_add(text, sizeof(words.description), ", %zu failed tasks", lanes.failed);
        }
        label_add(text, sizeof(words.description), ".");
    }
    *ret_words = words;
}
